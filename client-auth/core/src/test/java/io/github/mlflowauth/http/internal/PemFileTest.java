package io.github.mlflowauth.http.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.mlflowauth.http.TlsSettings;
import io.github.mlflowauth.http.TransportSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that can't be used, and the sentence that each of them gets. */
class PemFileTest {
    private static HeldCertificate rsa;
    private static HeldCertificate ec;

    @TempDir
    Path folder;

    @BeforeAll
    static void makeCertificates() {
        rsa = new HeldCertificate.Builder().rsa2048().build();
        ec = new HeldCertificate.Builder().build();
    }

    @Test
    void aMissingFileIsNamed() {
        Path missing = folder.resolve("missing.pem");
        assertThat(caBundleError(missing))
                .isEqualTo("The CA bundle " + missing + " doesn't exist: correct the path, or unset it.");
    }

    @Test
    void aFolderIsNoBundle() {
        assertThat(caBundleError(folder))
                .isEqualTo("The CA bundle " + folder + " is a folder: give one PEM file with all certificates in it.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "not PEM", "-----BEGIN CERTIFICATE-----\nMII"})
    void aFileWithoutCertificatesIsTold(String text) throws IOException {
        Path file = write(text);
        assertThat(caBundleError(file))
                .isEqualTo("The CA bundle " + file + " has no certificate: it must be a PEM file with a block from"
                        + " -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"!!!", "AAAA", ""})
    void aDamagedCertificateIsToldByItsNumber(String body) throws IOException {
        String damaged = "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
        Path file = write(ec.certificatePem() + damaged);
        assertThat(caBundleError(file))
                .isEqualTo("The CA bundle " + file
                        + " is damaged: its certificate number 2 can't be read. Copy the file again.");
    }

    @Test
    void aCertificateWithoutItsKeyIsTold() throws IOException {
        Path file = write(ec.certificatePem());
        assertThat(clientCertificateError(file))
                .startsWith(
                        "The client certificate " + file + " has no private key: put the certificate and its key into")
                .contains("cat client.crt client.key > client.pem");
    }

    @Test
    void aKeyWithoutItsCertificateIsTold() throws IOException {
        Path file = write(ec.privateKeyPkcs8Pem());
        assertThat(clientCertificateError(file)).contains("has no certificate");
    }

    @Test
    void anotherCertificatesKeyIsTold() throws IOException {
        HeldCertificate other = new HeldCertificate.Builder().build();
        assertThat(clientCertificateError(write(ec.certificatePem() + other.privateKeyPkcs8Pem())))
                .contains("has a private key that doesn't belong to its first certificate");
        assertThat(clientCertificateError(write(ec.certificatePem() + rsa.privateKeyPkcs8Pem())))
                .contains("has a private key that can't be read: it is damaged, or no EC key");
    }

    @Test
    void theLineInTheErrorConvertsAnOldFormat() throws Exception {
        Path file = write(rsa.certificatePem() + rsa.privateKeyPkcs1Pem());
        String message = clientCertificateError(file);
        assertThat(message)
                .startsWith("The client certificate " + file + " has its key in an old format (BEGIN RSA PRIVATE KEY)."
                        + " Write it as plain PKCS#8 with the line below");
        requireOpenssl();
        assertThat(shell(message.lines().skip(1).findFirst().orElseThrow())).isZero();
        TlsSettings converted = TlsSettings.builder()
                .clientCertificate(folder.resolve("client-pkcs8.pem"))
                .build();
        assertThatCode(() -> HttpPools.open(
                                TransportSettings.builder().tls(converted).build())
                        .close())
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "EC PRIVATE KEY,        'MHQC',                               has its key in an old format (BEGIN EC PRIVATE KEY)",
        "ENCRYPTED PRIVATE KEY, 'MIIF',                               has an encrypted private key",
        "RSA PRIVATE KEY,       'Proc-Type: 4,ENCRYPTED',             has an encrypted private key",
        "PRIVATE KEY,           'topsecret!',                         has a private key that can't be read",
        "PRIVATE KEY,           'dG9wc2VjcmV0',                       has a private key that can't be read",
    })
    void aKeyThatCannotBeReadIsToldWithoutItsText(String type, String body, String what) throws IOException {
        Path file =
                write(rsa.certificatePem() + "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----");
        assertThat(clientCertificateError(file)).contains(what).doesNotContain(body, "topsecret");
    }

    private String caBundleError(Path file) {
        return error(TlsSettings.builder().caBundle(file).build());
    }

    private String clientCertificateError(Path file) {
        return error(TlsSettings.builder().clientCertificate(file).build());
    }

    private static String error(TlsSettings tls) {
        TransportSettings settings = TransportSettings.builder().tls(tls).build();
        return assertThatIllegalArgumentException()
                .isThrownBy(() -> HttpPools.open(settings))
                .actual()
                .getMessage();
    }

    private void requireOpenssl() throws Exception {
        boolean there = shell("openssl version") == 0;
        String hint = "openssl isn't installed: apt-get install openssl";
        if ("true".equals(System.getenv("CI"))) {
            assertThat(there).as(hint).isTrue();
        }
        assumeTrue(there, hint);
    }

    private int shell(String line) throws Exception {
        return new ProcessBuilder("sh", "-c", line)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("file.pem"), text);
    }
}
