package liquibase.ext.backfill;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import liquibase.ext.backfill.pipelineruns.SystemAnnotationMirror;
import org.junit.jupiter.api.Test;

/** The borders that this code keeps, and which a reader may rely on. */
class ArchitectureTest {
    private static final String OURS = "liquibase.ext.backfill";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(new ImportOption.DoNotIncludeJars())
            .importPackages(OURS);

    private static final DescribedPredicate<JavaClass> LIQUIBASE = resideInAPackage("liquibase..")
            .and(resideOutsideOfPackage(OURS + ".."))
            .as("classes of Liquibase");

    @Test
    void dependencies_point_one_way() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .ensureAllClassesAreContainedInArchitecture()
                .layer("commands")
                .definedBy(OURS + ".commands")
                .layer("pipelineruns")
                .definedBy(OURS + ".pipelineruns")
                .layer("spring")
                .definedBy(OURS + ".spring")
                .layer("startup")
                .definedBy(OURS + ".startup")
                .layer("surface")
                .definedBy(OURS)
                .layer("engine")
                .definedBy(OURS + ".engine")
                .layer("definitions")
                .definedBy(OURS + ".definitions")
                .layer("dialects")
                .definedBy(OURS + ".dialects")
                .whereLayer("commands")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("pipelineruns")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("startup")
                .mayOnlyBeAccessedByLayers("spring")
                .whereLayer("spring")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("spring")
                .mayOnlyAccessLayers("startup")
                .whereLayer("surface")
                .mayOnlyBeAccessedByLayers("commands", "pipelineruns", "startup")
                .whereLayer("engine")
                .mayOnlyBeAccessedByLayers("surface", "commands", "pipelineruns", "startup")
                .whereLayer("definitions")
                .mayNotAccessAnyLayer()
                .whereLayer("dialects")
                .mayNotAccessAnyLayer()
                .check(CLASSES);
    }

    @Test
    void Liquibase_stops_at_the_surface() {
        noClasses()
                .that()
                .resideInAnyPackage(OURS + ".engine..", OURS + ".definitions..", OURS + ".dialects..")
                .should()
                .dependOnClassesThat(LIQUIBASE)
                .because("a service runs the engine directly, and a test drives it chunk by chunk")
                .check(CLASSES);
    }

    @Test
    void the_jar_needs_no_other_jar_than_Liquibase() {
        classes()
                .that()
                .resideOutsideOfPackage(OURS + ".spring")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "javax.sql..", "liquibase..", "org.jspecify.annotations..")
                .because("whoever runs Liquibase has what it needs, and an optional jar would be missing there")
                .check(CLASSES);
    }

    @Test
    void the_mirror_needs_no_Liquibase() {
        noClasses()
                .that()
                .haveNameMatching(SystemAnnotationMirror.class.getPackageName() + ".*")
                .and()
                .haveSimpleNameNotEndingWith("Backfill")
                .should()
                .dependOnClassesThat(LIQUIBASE)
                .because("a service that writes rows for new runs need not have Liquibase at run time")
                .check(CLASSES);
    }

    @Test
    void the_engine_takes_its_time_from_one_place() {
        noClasses()
                .that()
                .resideInAPackage(OURS + ".engine..")
                .and()
                .doNotHaveSimpleName("SystemTime")
                .should()
                .callMethodWhere(
                        target(owner(nameMatching("java\\.lang\\.Thread|java\\.lang\\.System|java\\.time\\.Instant")))
                                .and(target(nameMatching("sleep|nanoTime|currentTimeMillis|now"))))
                .because("a test stops the clock between any two statements")
                .check(CLASSES);
    }

    @Test
    void nothing_is_printed_or_logged_past_Liquibase() {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CLASSES);
        NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(CLASSES);
    }

    @Test
    void moments_are_of_java_time() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveNameMatching(
                        "java\\.util\\.(Date|Calendar|TimeZone)|java\\.sql\\.(Date|Time|Timestamp)|java\\.text\\..*")
                .check(CLASSES);
    }
}
