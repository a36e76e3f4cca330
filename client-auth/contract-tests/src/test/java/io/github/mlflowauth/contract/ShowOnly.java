package io.github.mlflowauth.contract;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Looks at what a class shows to its users: supertypes, and the types of its public and protected members. */
final class ShowOnly extends ArchCondition<JavaClass> {
    private final DescribedPredicate<JavaClass> hidden;

    private ShowOnly(DescribedPredicate<JavaClass> hidden, String description) {
        super(description);
        this.hidden = hidden;
    }

    static ShowOnly noTypeOf(String... packages) {
        return new ShowOnly(
                JavaClass.Predicates.resideInAnyPackage(packages),
                "show no type of " + String.join(", ", packages) + " in a signature");
    }

    @Override
    public void check(JavaClass shown, ConditionEvents events) {
        report(shown, shown.getName(), supertypes(shown), events);
        for (JavaMember member : shown.getMembers()) {
            Set<JavaModifier> modifiers = member.getModifiers();
            if (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED)) {
                report(shown, member.getFullName(), types(member), events);
            }
        }
    }

    private void report(JavaClass shown, String where, List<JavaType> types, ConditionEvents events) {
        for (JavaType type : types) {
            for (JavaClass raw : type.getAllInvolvedRawTypes()) {
                if (hidden.test(raw)) {
                    events.add(SimpleConditionEvent.violated(shown, where + " shows " + raw.getName()));
                }
            }
        }
    }

    private static List<JavaType> supertypes(JavaClass shown) {
        List<JavaType> types = new ArrayList<>(shown.getInterfaces());
        shown.getSuperclass().ifPresent(types::add);
        return types;
    }

    private static List<JavaType> types(JavaMember member) {
        List<JavaType> types = new ArrayList<>();
        if (member instanceof JavaCodeUnit unit) {
            types.add(unit.getReturnType());
            types.addAll(unit.getParameterTypes());
            types.addAll(unit.getExceptionTypes());
        } else if (member instanceof JavaField field) {
            types.add(field.getType());
        }
        return types;
    }
}
