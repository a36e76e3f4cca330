package io.github.mlflowauth.testkit.iap;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Who exists, who may pass the proxy, and who may act as whom. Principals are named by email or principal URL. */
final class Principals {
    private final Map<String, KeyRing> serviceAccounts = new ConcurrentHashMap<>();
    private final Set<String> allowed = ConcurrentHashMap.newKeySet();
    private final Set<Grant> grants = ConcurrentHashMap.newKeySet();

    void addServiceAccount(String email) {
        serviceAccounts.computeIfAbsent(email, name -> new KeyRing());
    }

    Optional<KeyRing> keysOf(String email) {
        return Optional.ofNullable(serviceAccounts.get(email));
    }

    KeyRing existing(String email) {
        return keysOf(email)
                .orElseThrow(() -> new IllegalArgumentException("There is no service account " + email
                        + " in the emulator. Add it with addServiceAccount(name)."));
    }

    void allow(String principal) {
        allowed.add(principal);
    }

    void deny(String principal) {
        allowed.remove(principal);
    }

    boolean mayPass(String principal) {
        return allowed.contains(principal);
    }

    void grant(String caller, Role role, String target) {
        grants.add(new Grant(caller, role, target));
    }

    void revoke(String caller, Role role, String target) {
        grants.remove(new Grant(caller, role, target));
    }

    boolean may(String caller, Permission permission, String target) {
        return grants.stream().anyMatch(grant -> grant.matches(caller, permission, target));
    }

    private static final class Grant {
        private final String caller;
        private final Role role;
        private final String target;

        Grant(String caller, Role role, String target) {
            this.caller = caller;
            this.role = role;
            this.target = target;
        }

        boolean matches(String who, Permission permission, String whom) {
            return caller.equals(who) && target.equals(whom) && role.allows(permission);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Grant
                    && caller.equals(((Grant) other).caller)
                    && role == ((Grant) other).role
                    && target.equals(((Grant) other).target);
        }

        @Override
        public int hashCode() {
            return Objects.hash(caller, role, target);
        }
    }
}
