package io.github.mlflowauth.http.internal;

import okhttp3.OkHttp;
import org.jspecify.annotations.Nullable;

/**
 * Finds an older OkHttp that comes first on the class path, where it would fail later and without a clear text. Maven
 * takes a direct dependency on {@code okhttp:4.x} beside our {@code okhttp-jvm:5.x} without a word.
 */
final class OkHttpVersion {
    private static final int OLDEST_MAJOR = 5;

    /** A constant of the compiler: the version that this library was built with. */
    private static final String BUILT_WITH = OkHttp.VERSION;

    private OkHttpVersion() {}

    static void check() {
        requireNew(found(), place());
    }

    static void requireNew(String found, String place) {
        if (major(found) < OLDEST_MAJOR) {
            throw new IllegalStateException("OkHttp " + found + " comes first on the class path (" + place
                    + "), but mlflow-client-auth needs OkHttp " + BUILT_WITH + ". Add both of these to your build, so"
                    + " that the old version is left out:\n" + dependency("okhttp") + "\n" + dependency("okhttp-jvm"));
        }
    }

    private static String dependency(String artifact) {
        return "<dependency><groupId>com.squareup.okhttp3</groupId><artifactId>" + artifact + "</artifactId><version>"
                + BUILT_WITH + "</version></dependency>";
    }

    /** Read by reflection: the compiler would put in the version that it sees. */
    private static String found() {
        try {
            @Nullable
            Object version = Class.forName("okhttp3.OkHttp").getField("VERSION").get(null);
            return String.valueOf(version);
        } catch (ReflectiveOperationException e) {
            return "older than 4.0";
        }
    }

    private static String place() {
        var source = okhttp3.OkHttpClient.class.getProtectionDomain().getCodeSource();
        return source == null || source.getLocation() == null
                ? "place unknown"
                : source.getLocation().toString();
    }

    private static int major(String version) {
        int dot = version.indexOf('.');
        try {
            return Integer.parseInt(dot < 0 ? version : version.substring(0, dot));
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }
}
