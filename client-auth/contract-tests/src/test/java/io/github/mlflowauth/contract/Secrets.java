package io.github.mlflowauth.contract;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Every secret of this module's tests, so that one test can look for all of them where none may be. */
final class Secrets {
    static final String USER = "ada";
    static final String PASSWORD = "pa55-Kq7vWz é:\"secret";
    static final String WRONG_PASSWORD = "wr0ng-Tz81Lmq-secret";
    static final String ADMIN = "admin";
    static final String ADMIN_PASSWORD = "adm1n-Rg42Xbn-secret";
    static final String READER = "reader";
    static final String READER_PASSWORD = "read3r-Hj93Vcd-secret";
    static final String GATE_TOKEN = "gate-t0ken-Yb65Nse-secret";
    static final String NEXT_GATE_TOKEN = "gate-t0ken-Mp28Qru-secret";
    static final String WRONG_TOKEN = "wr0ng-t0ken-Fd77Gkx-secret";

    private Secrets() {}

    /** The secrets as they are, and as Basic auth encodes them. */
    static List<String> all() {
        return List.of(
                PASSWORD,
                WRONG_PASSWORD,
                ADMIN_PASSWORD,
                READER_PASSWORD,
                GATE_TOKEN,
                NEXT_GATE_TOKEN,
                WRONG_TOKEN,
                basic(USER, PASSWORD),
                basic(USER, WRONG_PASSWORD),
                basic(ADMIN, ADMIN_PASSWORD),
                basic(ADMIN, WRONG_PASSWORD),
                basic(READER, READER_PASSWORD));
    }

    private static String basic(String user, String password) {
        return Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }
}
