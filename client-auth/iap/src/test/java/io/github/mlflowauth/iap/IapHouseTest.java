package io.github.mlflowauth.iap;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.io.Serializable;

/** What this module may know, and what of it may be seen. */
@AnalyzeClasses(packages = "io.github.mlflowauth.iap", importOptions = ImportOption.DoNotIncludeTests.class)
class IapHouseTest {

    @ArchTest
    static final ArchRule OF_CORE_ONLY_THE_AUTH_ROOM = noClasses()
            .that()
            .doNotBelongToAnyOf(GoogleProxy.class) // which asks the same proxy variables as core does
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.github.mlflowauth",
                    "io.github.mlflowauth.http..",
                    "io.github.mlflowauth.artifacts..",
                    "io.github.mlflowauth.logging..",
                    "okhttp3..",
                    "org.apache.spark..");

    @ArchTest
    static final ArchRule NO_GOOGLE_TYPE_IS_SEEN = ArchRuleDefinition.members()
            .that()
            .areDeclaredInClassesThat()
            .arePublic()
            .and()
            .arePublic()
            .should(new ArchCondition<>("show no Google type") {
                @Override
                public void check(JavaMember member, ConditionEvents events) {
                    member.getAllInvolvedRawTypes().stream()
                            .map(JavaClass::getName)
                            .filter(name -> name.startsWith("com.google"))
                            .forEach(name -> events.add(
                                    SimpleConditionEvent.violated(member, member.getFullName() + " shows " + name)));
                }
            });

    @ArchTest
    static final ArchRule WHAT_HOLDS_A_SECRET_IS_NOT_SERIALIZABLE = classes()
            .that()
            .areNotAssignableTo(Throwable.class)
            .and()
            .areNotEnums()
            .should()
            .notBeAssignableTo(Serializable.class);
}
