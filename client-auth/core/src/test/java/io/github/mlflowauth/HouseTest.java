package io.github.mlflowauth;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.stream.Stream;

/** The rooms of core, and which doors between them are open. */
@AnalyzeClasses(packages = "io.github.mlflowauth", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseTest {

    @ArchTest
    static final ArchRule CORE_KNOWS_NO_CLOUD = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "com.google..",
                    "software.amazon..",
                    "com.amazonaws..",
                    "org.apache.spark..",
                    "org.apache.hadoop..");

    @ArchTest
    static final ArchRule AUTH_KNOWS_NO_OTHER_ROOM = noClasses()
            .that()
            .resideInAPackage("io.github.mlflowauth.auth")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.github.mlflowauth", "io.github.mlflowauth.http..", "io.github.mlflowauth.artifacts..");

    @ArchTest
    static final ArchRule ENGINE_KNOWS_NO_FRONT_DOOR = noClasses()
            .that()
            .resideInAnyPackage("io.github.mlflowauth.http..", "io.github.mlflowauth.artifacts..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.github.mlflowauth");

    @ArchTest
    static final ArchRule OKHTTP_STAYS_IN_THE_ENGINE = noClasses()
            .that()
            .resideOutsideOfPackage("io.github.mlflowauth.http.internal")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("okhttp3..", "okio..");

    @ArchTest
    static final ArchRule PUBLIC_SIGNATURES_SHOW_NO_ENGINE = ArchRuleDefinition.methods()
            .that()
            .arePublic()
            .and()
            .areDeclaredInClassesThat()
            .arePublic()
            .and()
            .areDeclaredInClassesThat()
            .resideOutsideOfPackage("..internal..")
            .should(new ArchCondition<>("use no internal or OkHttp type") {
                @Override
                public void check(JavaMethod method, ConditionEvents events) {
                    Stream.concat(Stream.of(method.getRawReturnType()), method.getRawParameterTypes().stream())
                            .map(JavaClass::getPackageName)
                            .filter(name -> name.contains(".internal") || name.startsWith("okhttp3"))
                            .forEach(name -> events.add(
                                    SimpleConditionEvent.violated(method, method.getFullName() + " shows " + name)));
                }
            });

    @ArchTest
    static final ArchRule NO_UTIL_PACKAGE =
            classes().should().resideOutsideOfPackages("..util..", "..utils..", "..common..");

    @ArchTest
    static final ArchRule CLASSES_ARE_FINAL = classes()
            .that()
            .areNotInterfaces()
            .and()
            .areNotEnums()
            .and()
            .doNotHaveModifier(JavaModifier.ABSTRACT)
            .and()
            .areNotAnonymousClasses()
            .should()
            .haveModifier(JavaModifier.FINAL);
}
