package io.github.mlflowauth.http.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.security.CodeSource;
import java.util.Properties;
import okhttp3.OkHttp;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Finds an older OkHttp that comes first on the class path, where it would fail later and without a clear text. Maven
 * takes a direct dependency on {@code okhttp:4.x} beside our {@code okhttp-jvm:5.x} without a word.
 */
final class OkHttpVersion {
    private static final int OLDEST_MAJOR = 5;

    private OkHttpVersion() {}

    static void check() {
        requireNew(found(), place());
    }

    static void requireNew(String found, String place) {
        if (major(found) < OLDEST_MAJOR) {
            String needed = needed();
            throw new IllegalStateException("OkHttp " + found + " comes first on the class path (" + place
                    + "), but mlflow-client-auth needs OkHttp " + needed
                    + ". Add both of these to your build, so that the"
                    + " old version is left out:\n" + dependency("okhttp", needed) + "\n"
                    + dependency("okhttp-jvm", needed));
        }
    }

    private static String dependency(String artifact, String version) {
        return "<dependency><groupId>com.squareup.okhttp3</groupId><artifactId>" + artifact + "</artifactId><version>"
                + version + "</version></dependency>";
    }

    private static String found() {
        try {
            // In 5.x no constant of the compiler, so this is what the JVM really loaded.
            return OkHttp.VERSION;
        } catch (NoClassDefFoundError beforeFour) {
            return "older than 4.0";
        }
    }

    private static String place() {
        CodeSource source = OkHttpClient.class.getProtectionDomain().getCodeSource();
        @Nullable URL place = source == null ? null : source.getLocation();
        return place == null ? "place unknown" : place.toString();
    }

    /** The version that this library was built and tested with. */
    private static String needed() {
        Properties properties = new Properties();
        try (InputStream in = OkHttpVersion.class.getResourceAsStream("okhttp.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            throw new IllegalStateException("Can't read okhttp.properties from the mlflow-client-auth jar.", e);
        }
        return properties.getProperty("version", "5");
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
