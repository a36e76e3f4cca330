package io.github.mlflowauth.deploy;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Skips a test whose component is missing, and says how to install it. With {@code CI=true} that is a failure. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(Requires.Condition.class)
public @interface Requires {
    Component[] value();

    /** Looks at the annotation of the class or of the method. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return context.getElement()
                    .flatMap(element -> AnnotationSupport.findAnnotation(element, Requires.class))
                    .map(requires -> check(requires.value()))
                    .orElse(ConditionEvaluationResult.enabled("nothing required"));
        }

        private static ConditionEvaluationResult check(Component[] components) {
            for (Component component : components) {
                if (component.present()) {
                    continue;
                }
                if (component.installable() && "true".equals(System.getenv("CI"))) {
                    throw new IllegalStateException(component.missing());
                }
                System.out.println("SKIPPED. " + component.missing());
                return ConditionEvaluationResult.disabled(component.missing());
            }
            return ConditionEvaluationResult.enabled("all there");
        }
    }
}
