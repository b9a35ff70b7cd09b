package liquibase.ext.backfill.values;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A stored content and what it says.
 *
 * @param title what the case is about
 * @param content what is stored: null, a text, or SQL
 * @param places where it is stored, each in a run of its own
 * @param value what it says, or null if that is no value
 * @param differing what it says on stores of which {@code value} is not true
 * @param refusedBy the stores that refuse to store it
 * @param unreadableOn the stores that refuse to give it back: the row gets {@code ''} and is reported
 */
record ValueCase(
        String title,
        Object content,
        List<Place> places,
        String value,
        Map<Store, String> differing,
        Set<Store> refusedBy,
        Set<Store> unreadableOn) {

    static ValueCase of(String title, Object content, Place... places) {
        return new ValueCase(title, content, List.of(places), null, Map.of(), Set.of(), Set.of());
    }

    /** Says a value. */
    ValueCase is(String newValue) {
        return new ValueCase(title, content, places, newValue, differing, refusedBy, unreadableOn);
    }

    /** Says something else on some stores; null for no value. */
    ValueCase on(String otherValue, Store... stores) {
        var more = new EnumMap<Store, String>(Store.class);
        more.putAll(differing);
        for (Store store : stores) {
            more.put(store, otherValue);
        }
        return new ValueCase(title, content, places, value, more, refusedBy, unreadableOn);
    }

    ValueCase refusedBy(Store... stores) {
        return new ValueCase(title, content, places, value, differing, Set.of(stores), unreadableOn);
    }

    ValueCase unreadableOn(Store... stores) {
        return new ValueCase(title, content, places, value, differing, refusedBy, Set.of(stores));
    }

    ValueCase onlyOn(Store store) {
        return refusedBy(EnumSet.complementOf(EnumSet.of(store)).toArray(Store[]::new));
    }

    boolean isRefusedBy(Store store) {
        return refusedBy.contains(store);
    }

    boolean isUnreadableOn(Store store) {
        return unreadableOn.contains(store);
    }

    /** What it says on a store; null for no value. */
    String valueOn(Store store) {
        return differing.containsKey(store) ? differing.get(store) : value;
    }

    /** Whether all stores say the same. */
    boolean isUniform() {
        return differing.isEmpty() && refusedBy.isEmpty() && unreadableOn.isEmpty();
    }
}
