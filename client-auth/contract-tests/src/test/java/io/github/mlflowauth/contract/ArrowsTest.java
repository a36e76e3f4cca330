package io.github.mlflowauth.contract;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the arrows between the modules, and what a public signature may show. */
@AnalyzeClasses(packages = "io.github.mlflowauth", importOptions = ImportOption.DoNotIncludeTests.class)
class ArrowsTest {
    private static final String[] CORE = {
        "io.github.mlflowauth",
        "io.github.mlflowauth.auth..",
        "io.github.mlflowauth.http..",
        "io.github.mlflowauth.artifacts..",
        "io.github.mlflowauth.logging.."
    };
    private static final String[] OTHER_MODULES = {
        "io.github.mlflowauth.iap..",
        "io.github.mlflowauth.s3..",
        "io.github.mlflowauth.gcs..",
        "io.github.mlflowauth.spark..",
        "io.github.mlflowauth.testkit..",
        "io.github.mlflowauth.contract.."
    };

    @ArchTest
    static final ArchRule testkitDependsOnNoOtherModule = noClasses()
            .that()
            .resideInAPackage("io.github.mlflowauth.testkit..")
            .should()
            .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("io.github.mlflowauth..")
                    .and(JavaClass.Predicates.resideOutsideOfPackage("io.github.mlflowauth.testkit..")))
            .because("a judge that shares code with the accused judges nothing");

    @ArchTest
    static final ArchRule coreKnowsNoOtherModule = noClasses()
            .that()
            .resideInAnyPackage(CORE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(OTHER_MODULES);

    @ArchTest
    static final ArchRule coreKnowsNoCloud = noClasses()
            .that()
            .resideInAnyPackage(CORE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.google..", "software.amazon..", "com.amazonaws..", "org.apache.spark..");

    @ArchTest
    static final ArchRule iapKnowsOnlyCore = noClasses()
            .that()
            .resideInAPackage("io.github.mlflowauth.iap..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.github.mlflowauth.s3..",
                    "io.github.mlflowauth.gcs..",
                    "io.github.mlflowauth.spark..",
                    "io.github.mlflowauth.testkit..",
                    "io.github.mlflowauth.contract..");

    @ArchTest
    static final ArchRule publicSignaturesShowNothingInternal = classes()
            .that()
            .arePublic()
            .and()
            .resideOutsideOfPackage("..internal..")
            .should(ShowOnly.noTypeOf("io.github.mlflowauth..internal..", "okhttp3..", "okio..", "com.google.."));

    @Test
    void examplesReachNoInternalPackage() throws IOException {
        try (Stream<Path> walk = Files.walk(Path.of("../../examples"))) {
            List<Path> offenders = walk.filter(file -> file.toString().matches(".*/src/main/java/.*\\.java"))
                    .filter(ArrowsTest::namesAnInternalPackage)
                    .toList();
            assertThat(offenders).isEmpty();
        }
    }

    private static boolean namesAnInternalPackage(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.anyMatch(line -> line.matches(".*\\bio\\.github\\.mlflowauth\\.([a-z0-9]+\\.)*internal\\b.*"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
