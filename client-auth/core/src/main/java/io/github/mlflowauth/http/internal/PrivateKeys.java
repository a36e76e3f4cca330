package io.github.mlflowauth.http.internal;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;

/** Reads the private key of a client certificate. The JDK knows PKCS#8 only; for the rest the error has the remedy. */
final class PrivateKeys {
    private PrivateKeys() {}

    /**
     * @param owner the public key of the certificate that the private key must belong to
     * @throws IllegalArgumentException if there is no key, or it isn't a plain PKCS#8 one, or another's
     */
    static PrivateKey of(PemFile file, PublicKey owner) {
        PemFile.Block block = file.privateKey()
                .orElseThrow(
                        () -> file.wrong("has no private key: put the certificate and its key into the one file, for"
                                + " example with: cat client.crt client.key > client.pem"));
        if (block.isEncrypted()) {
            throw file.wrong(
                    "has an encrypted private key, which can't be read without its password" + conversion(file));
        }
        if (!block.type().equals("PRIVATE KEY")) {
            throw file.wrong("has its key in an old format (BEGIN " + block.type() + ")" + conversion(file));
        }
        PrivateKey key = parse(file, block, owner.getAlgorithm());
        requirePair(file, key, owner);
        return key;
    }

    /** What to do, with a line for a shell that writes key and certificates to a new file. */
    private static String conversion(PemFile file) {
        String in = "'" + file.path() + "'";
        return ". Write it as plain PKCS#8 with the line below, and use client-pkcs8.pem, which only you may read:\n"
                + "(umask 077; { openssl pkcs8 -topk8 -nocrypt -in " + in + "; openssl crl2pkcs7 -nocrl -certfile " + in
                + " | openssl pkcs7 -print_certs; } > client-pkcs8.pem)\n";
    }

    private static PrivateKey parse(PemFile file, PemFile.Block block, String algorithm) {
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(block.decode()));
        } catch (InvalidKeySpecException | IllegalArgumentException e) {
            // Without the cause: its text may show parts of the key.
            throw file.wrong("has a private key that can't be read: it is damaged, or no " + algorithm
                    + " key as its first certificate says. Copy the file again");
        } catch (GeneralSecurityException e) {
            throw file.wrong("has a key of the kind " + algorithm + ", which this JVM doesn't know: use RSA or EC");
        }
    }

    private static void requirePair(PemFile file, PrivateKey key, PublicKey owner) {
        boolean pair;
        try {
            byte[] message = {1, 2, 3};
            Signature signature = Signature.getInstance(signatureFor(key.getAlgorithm()));
            signature.initSign(key);
            signature.update(message);
            byte[] signed = signature.sign();
            signature.initVerify(owner);
            signature.update(message);
            pair = signature.verify(signed);
        } catch (GeneralSecurityException e) {
            pair = false;
        }
        if (!pair) {
            throw file.wrong("has a private key that doesn't belong to its first certificate: put the client's own"
                    + " certificate before those of its authorities");
        }
    }

    private static String signatureFor(String algorithm) {
        switch (algorithm) {
            case "RSA":
                return "SHA256withRSA";
            case "EC":
                return "SHA256withECDSA";
            default:
                return algorithm;
        }
    }
}
