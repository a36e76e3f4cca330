package io.github.mlflowauth.testkit.iap;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the JSON files that Google's tools write, with the emulator's addresses in them. */
final class CredentialFiles {
    private CredentialFiles() {}

    static Path serviceAccountKey(Path file, String email, RSAKey key, String project, String tokenUrl) {
        return write(file, serviceAccountKey(email, key, project, tokenUrl));
    }

    private static Map<String, Object> serviceAccountKey(String email, RSAKey key, String project, String tokenUrl) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", "service_account");
        json.put("project_id", project);
        json.put("private_key_id", key.getKeyID());
        json.put("private_key", pem(key));
        json.put("client_email", email);
        json.put("client_id", Mint.subject(email));
        json.put("auth_uri", "https://accounts.google.com/o/oauth2/auth");
        json.put("token_uri", tokenUrl);
        json.put("universe_domain", "googleapis.com");
        return json;
    }

    static Map<String, Object> user(String refreshToken, String tokenUrl) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", "authorized_user");
        json.put("client_id", Users.GCLOUD_CLIENT);
        json.put("client_secret", "not-a-secret");
        json.put("refresh_token", refreshToken);
        json.put("token_uri", tokenUrl);
        json.put("universe_domain", "googleapis.com");
        return json;
    }

    /** What {@code gcloud auth application-default login --impersonate-service-account} writes. */
    static Map<String, Object> impersonated(
            Map<String, Object> source, String iamCredentialsUrl, String target, List<String> delegates) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", "impersonated_service_account");
        json.put("service_account_impersonation_url", impersonationUrl(iamCredentialsUrl, target));
        json.put("delegates", delegates);
        json.put("source_credentials", source);
        return json;
    }

    static String impersonationUrl(String iamCredentialsUrl, String target) {
        return iamCredentialsUrl + "/v1/projects/-/serviceAccounts/" + target + ":generateAccessToken";
    }

    private static String pem(RSAKey key) {
        try {
            String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'})
                    .encodeToString(key.toRSAPrivateKey().getEncoded());
            return "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n";
        } catch (JOSEException e) {
            throw new IllegalStateException("A key made here has a private half", e);
        }
    }

    static Path write(Path file, Map<String, Object> json) {
        return write(file, JSONObjectUtils.toJSONString(json));
    }

    /** For its owner's eyes only. */
    static Path write(Path file, String text) {
        try {
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return Files.write(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }
}
