package io.github.mlflowauth.contract;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget.MethodCallTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.mlflowauth.AuthMlflowClient;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.mlflow.tracking.ActiveRun;
import org.mlflow.tracking.MlflowContext;

/** Reads the suite's own byte code: a public method of the client that no part of the contract calls is an error. */
class EveryMethodIsCalledTest {
    private static final Set<String> CALLED = new TreeSet<>();

    static {
        for (JavaClass part : new ClassFileImporter().importClasses(ClientContract.class.getInterfaces())) {
            for (JavaMethodCall call : part.getMethodCallsFromSelf()) {
                CALLED.add(signature(call.getTarget()));
            }
        }
    }

    @Test
    void eachPublicMethodOfTheClientIsPartOfTheContract() {
        Set<String> methods = publicMethods(AuthMlflowClient.class);
        // The stock client's 57 (it has 3 constructors too), and 3 of our own.
        assertThat(methods).hasSize(60);

        methods.removeAll(CALLED);

        // Both only say where a client points to; the tests of the environment check them.
        assertThat(methods).containsExactlyInAnyOrder("trackingUri()", "toString()");
    }

    @Test
    void eachPublicMethodOfTheFluentSideIsPartOfTheContract() {
        Set<String> methods = publicMethods(MlflowContext.class);
        methods.addAll(publicMethods(ActiveRun.class));

        methods.removeAll(CALLED);

        assertThat(methods).isEmpty();
    }

    private static Set<String> publicMethods(Class<?> type) {
        return Stream.of(type.getMethods())
                .filter(method -> method.getDeclaringClass() != Object.class)
                .filter(method -> !Modifier.isStatic(method.getModifiers()) && !method.isBridge())
                .map(EveryMethodIsCalledTest::signature)
                .collect(toCollection(TreeSet::new));
    }

    private static String signature(Method method) {
        return method.getName()
                + Arrays.stream(method.getParameterTypes()).map(Class::getName).collect(joining(",", "(", ")"));
    }

    private static String signature(MethodCallTarget target) {
        return target.getName()
                + target.getRawParameterTypes().stream().map(JavaClass::getName).collect(joining(",", "(", ")"));
    }
}
