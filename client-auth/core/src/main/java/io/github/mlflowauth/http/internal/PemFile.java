package io.github.mlflowauth.http.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A PEM file's blocks. Every error names the file and what to do; none shows what is in it. */
final class PemFile {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

    private final Path path;
    private final String role;
    private final List<Block> blocks;

    private PemFile(Path path, String role, List<Block> blocks) {
        this.path = path;
        this.role = role;
        this.blocks = blocks;
    }

    /**
     * @param role what the file is for, as in "the CA bundle"
     */
    static PemFile read(Path path, String role) {
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text(path, role));
        while (matcher.find()) {
            blocks.add(new Block(matcher.group(1), matcher.group(2)));
        }
        return new PemFile(path, role, blocks);
    }

    /** All certificates, of which there is at least one. */
    List<X509Certificate> certificates() {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Block block : blocks) {
            if (block.type.endsWith("CERTIFICATE")) {
                certificates.add(certificate(block, certificates.size() + 1));
            }
        }
        if (certificates.isEmpty()) {
            throw wrong("has no certificate: it must be a PEM file with a block from -----BEGIN CERTIFICATE----- to"
                    + " -----END CERTIFICATE-----");
        }
        return certificates;
    }

    /** The first private key block. */
    Optional<Block> privateKey() {
        return blocks.stream()
                .filter(block -> block.type.endsWith("PRIVATE KEY"))
                .findFirst();
    }

    Path path() {
        return path;
    }

    /** The error for this file, saying what is wrong with it. */
    IllegalArgumentException wrong(String what) {
        String end = what.endsWith("\n") ? "" : ".";
        return new IllegalArgumentException("The " + role + " " + path + " " + what + end);
    }

    private X509Certificate certificate(Block block, int number) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(block.decode()));
        } catch (CertificateException | IllegalArgumentException e) {
            IllegalArgumentException wrong =
                    wrong("is damaged: its certificate number " + number + " can't be read. Copy the file again");
            wrong.initCause(e);
            throw wrong;
        }
    }

    private static String text(Path path, String role) {
        if (Files.isDirectory(path)) {
            throw new IllegalArgumentException(
                    "The " + role + " " + path + " is a folder: give one PEM file with all certificates in it.");
        }
        try {
            // Whatever isn't PEM may have any encoding; PEM is ASCII.
            return new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(
                    "The " + role + " " + path + " doesn't exist: correct the path, or unset it.", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "The " + role + " " + path + " can't be read (" + e + "): check who may read it.", e);
        }
    }

    /** What stands between a BEGIN and an END line. */
    static final class Block {
        private final String type;
        private final String body;

        private Block(String type, String body) {
            this.type = type;
            this.body = body;
        }

        String type() {
            return type;
        }

        boolean isEncrypted() {
            return type.startsWith("ENCRYPTED") || body.contains("Proc-Type: 4,ENCRYPTED");
        }

        /**
         * @throws IllegalArgumentException if it isn't base64
         */
        byte[] decode() {
            return Base64.getDecoder().decode(body.replaceAll("\\s", ""));
        }
    }
}
