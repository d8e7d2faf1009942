package dev.drover;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** The fence: three rings, strangers beside each other, SQL in its place. */
final class ArchitectureTest {
    static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.drover");

    @Test
    void coreKnowsNeitherRingAroundIt() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.drover.core..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "dev.drover.api..", "dev.drover.provider..", "dev.drover.cli..", "dev.drover"))
                .because("the core says what Drover means; how others speak and what is reached depend on it"));
    }

    @Test
    void coreKnowsNoLibraryButSqlAndLogging() {
        check(classes()
                .that()
                .resideInAPackage("dev.drover.core..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "dev.drover.core..", "java..", "org.jspecify..", "org.slf4j..", "org.jdbi.."))
                .because("a core that names no vendor outlives all of them"));
    }

    @Test
    void apiAndProvidersAreStrangers() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.drover.api..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("dev.drover.provider..", "dev.drover.cli.."))
                .because("what we reach is behind an SPI that the core owns"));
        check(noClasses()
                .that()
                .resideInAPackage("dev.drover.provider..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("dev.drover.api..", "dev.drover.cli.."))
                .because("a provider answers the core, whoever asked it"));
    }

    @Test
    void theCommandLineIsAClient() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.drover.cli..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("dev.drover.api..", "dev.drover.provider.."))
                .because("it talks to a server as any client does; Main hands it one"));
    }

    @Test
    void dialectsAreStrangersToEachOther() {
        check(slices().matching("dev.drover.api.(*)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(
                        resideInAPackage("dev.drover.api.."),
                        resideInAnyPackage("dev.drover.api.http..", "dev.drover.api.page.."))
                .because("one dialect can be read, changed and dropped alone; api.http is what they share"));
    }

    @Test
    void providersAreStrangersToEachOther() {
        check(slices().matching("dev.drover.provider.(*).(*)..")
                .should()
                .notDependOnEachOther()
                .because("one technology can be read, changed and dropped alone"));
        check(slices().matching("dev.drover.provider.(*)..")
                .should()
                .notDependOnEachOther()
                .because("one technology can be read, changed and dropped alone"));
    }

    @Test
    void onlyStoresTouchSql() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("dev.drover.provider.database..")
                .and()
                .haveNameNotMatching(".*Stores?(\\$.*)?")
                .and()
                .doNotHaveFullyQualifiedName("dev.drover.Plane")
                .and()
                .doNotHaveFullyQualifiedName("dev.drover.Entrance")
                .and()
                .doNotHaveFullyQualifiedName("dev.drover.SecretRoom")
                .and()
                .doNotHaveFullyQualifiedName("dev.drover.WebhookRoom")
                .and()
                .doNotHaveFullyQualifiedName("dev.drover.RunLogLaboratory")
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.jdbi..", "java.sql..", "javax.sql.."))
                .because("a room owns its tables: whoever looks for SQL looks into its store"));
    }

    @Test
    void everyPackageIsNullMarked() {
        check(classes()
                .that()
                .haveSimpleName("package-info")
                .should()
                .beAnnotatedWith("org.jspecify.annotations.NullMarked")
                .because("null means absent, and only where it says so"));
    }

    private static void check(ArchRule rule) {
        rule.check(MAIN);
    }
}
