package liquibase.ext.backfill.properties;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Random documents: mostly with something where a name is looked for, and mostly a string there. */
final class Documents {
    private final Holding holding;

    Documents(Holding holding) {
        this.holding = holding;
    }

    Arbitrary<Document> extraData() {
        return documents(Arbitraries.frequencyOf(
                Tuple.of(5, objectWith("pipeline_name", value())), Tuple.of(1, objectWith("Pipeline_Name", value()))));
    }

    Arbitrary<Document> taskSpec() {
        Arbitrary<Json> spec = orOther(objectWith("name", value()));
        Arbitrary<Json> reference = orOther(objectWith("spec", spec));
        return documents(objectWith("componentRef", reference));
    }

    /** Text without what no database lets in where it is a plain column. */
    Arbitrary<String> plainText() {
        return text(Arbitraries.of(ORDINARY)).map(Json.Text::value);
    }

    private Arbitrary<Document> documents(Arbitrary<Json.Obj> objects) {
        Arbitrary<Document> wellFormed = orOther(objects).map(Document::of);
        return holding.admitsMalformedDocuments()
                ? Arbitraries.frequencyOf(Tuple.of(5, wellFormed), Tuple.of(1, brokenOff(objects)))
                : wellFormed;
    }

    private static Arbitrary<Document> brokenOff(Arbitrary<Json.Obj> objects) {
        return Combinators.combine(objects, Arbitraries.doubles().between(0, 0.99))
                .as(Document::brokenOff);
    }

    private static Arbitrary<Json> orOther(Arbitrary<Json.Obj> objects) {
        return Arbitraries.frequencyOf(Tuple.of(6, objects.map(object -> object)), Tuple.of(1, literal()));
    }

    private Arbitrary<Json> value() {
        return Arbitraries.frequencyOf(
                Tuple.of(6, text().map(text -> text)),
                Tuple.of(2, literal()),
                Tuple.of(1, Arbitraries.lazy(() -> nested(2))));
    }

    /** An object that has a key, among others. */
    private Arbitrary<Json.Obj> objectWith(String key, Arbitrary<Json> value) {
        Arbitrary<List<Json.Member>> others = members(Arbitraries.lazy(() -> nested(2)));
        return Combinators.combine(others, value, Arbitraries.integers().between(0, 3), space())
                .as((members, wanted, at, space) -> {
                    var all = new java.util.ArrayList<>(members);
                    all.removeIf(member -> member.key().equals(key));
                    all.add(Math.min(at, all.size()), new Json.Member(key, wanted));
                    return new Json.Obj(List.copyOf(all), space);
                });
    }

    private Arbitrary<Json> nested(int depth) {
        Arbitrary<Json> leaf = Arbitraries.oneOf(literal(), text().map(text -> text));
        if (depth == 0) {
            return leaf;
        }
        Arbitrary<Json> deeper = Arbitraries.lazy(() -> nested(depth - 1));
        Arbitrary<Json> array = deeper.list().ofMaxSize(3).map(Json.Array::new);
        Arbitrary<Json> object = Combinators.combine(members(deeper), space()).as(Json.Obj::new);
        return Arbitraries.oneOf(leaf, array, object);
    }

    private static Arbitrary<List<Json.Member>> members(Arbitrary<Json> values) {
        Arbitrary<String> keys = Arbitraries.of(
                "a", "pipeline_name", "Pipeline_Name", "pipeline_name ", "componentRef", "spec", "name", "é", "😀", "");
        return Combinators.combine(keys, values)
                .as(Json.Member::new)
                .list()
                .ofMaxSize(3)
                .uniqueElements(Json.Member::key);
    }

    private static Arbitrary<Json> literal() {
        return Arbitraries.of(
                        "null", "true", "false", "0", "-1", "1.0", "12345678901234567890", "1e5", "{}", "[]", "[null]")
                .map(Json.Literal::new);
    }

    private static Arbitrary<String> space() {
        return Arbitraries.of("", " ", "\n\t");
    }

    private Arbitrary<Json.Text> text() {
        Arbitrary<Integer> ordinary = Arbitraries.of(ORDINARY);
        Arbitrary<Integer> surrogates = holding.admitsLoneSurrogates() ? Arbitraries.of(0xd83d, 0xde00) : ordinary;
        return text(Arbitraries.frequencyOf(
                Tuple.of(20, ordinary), Tuple.of(1, Arbitraries.of(0)), Tuple.of(1, surrogates)));
    }

    private static Arbitrary<Json.Text> text(Arbitrary<Integer> codePoints) {
        Arbitrary<Json.Sign> sign = Combinators.combine(
                        codePoints, Arbitraries.frequency(Tuple.of(3, false), Tuple.of(1, true)))
                .as(Json.Sign::new);
        return Arbitraries.frequencyOf(
                        Tuple.of(9, sign.list().ofMaxSize(8)),
                        Tuple.of(1, sign.list().ofMinSize(250).ofMaxSize(260)))
                .map(Json.Text::new);
    }

    /** One and two bytes, three, four; what JSON, SQL and regular expressions treat in a way of their own. */
    private static final List<Integer> ORDINARY =
            "aZ09 _-./:'\"`\\%?${}[]()u\n\t\r\u0001\u0002\u0003\u007f\u0080é\u0301ß管ﷺ\u200b\u2028\ufffd\uffff😀👩𝔘\udbff\udfff"
                    .codePoints()
                    .boxed()
                    .toList();
}
