package io.github.mlflowauth.contract;

import io.github.mlflowauth.iap.IapAuth;
import io.github.mlflowauth.testkit.iap.IapEmulator;
import io.github.mlflowauth.testkit.iap.Role;
import java.nio.file.Path;
import java.util.Map;

/** Every way in which a program can be somebody to Google, with the roles that it needs for both kinds of token. */
enum IapIdentity {
    KEY_FILE {
        @Override
        Map<String, String> environment(IapEmulator iap, String account, Path folder) {
            return iap.environmentWithKeyFile(account, folder);
        }
    },
    METADATA_SERVER {
        @Override
        Map<String, String> environment(IapEmulator iap, String account, Path folder) {
            iap.grantRole(account, Role.TOKEN_CREATOR, account);
            return iap.environmentWithMetadata(account);
        }
    },
    IMPERSONATION {
        @Override
        Map<String, String> environment(IapEmulator iap, String account, Path folder) {
            String caller = iap.addServiceAccount("caller");
            iap.grantRole(caller, Role.TOKEN_CREATOR, account);
            return iap.environmentWithKeyFile(caller, folder);
        }

        @Override
        IapAuth auth(IapAuth plain, String account) {
            return plain.impersonating(account);
        }
    },
    IMPERSONATION_BY_GCLOUD {
        @Override
        Map<String, String> environment(IapEmulator iap, String account, Path folder) {
            iap.grantRole("ada@example.com", Role.TOKEN_CREATOR, account);
            return iap.environmentWithFile(iap.writeImpersonatedFile("ada@example.com", account, folder));
        }
    },
    FEDERATION {
        @Override
        Map<String, String> environment(IapEmulator iap, String account, Path folder) {
            String workload = iap.federatedPrincipal("build-17");
            iap.grantRole(workload, Role.WORKLOAD_IDENTITY_USER, account);
            iap.grantRole(workload, Role.TOKEN_CREATOR, account);
            return iap.environmentWithFile(iap.writeFederationFile("build-17", account, folder));
        }
    };

    /** The environment of a program that acts as this account. */
    abstract Map<String, String> environment(IapEmulator iap, String account, Path folder);

    /** What the program says besides. */
    IapAuth auth(IapAuth plain, String account) {
        return plain;
    }
}
