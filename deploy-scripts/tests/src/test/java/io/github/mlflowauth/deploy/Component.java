package io.github.mlflowauth.deploy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A program that some tests cannot do without. */
public enum Component {
    DOCKER("a Docker Engine and a base image") {
        @Override
        boolean present() {
            return onPath("docker")
                    && Command.of("docker", "image", "inspect", Images.base())
                                    .run()
                                    .status()
                            == 0;
        }
    },
    TOOLS("shellcheck, hadolint and moto_server") {
        @Override
        boolean present() {
            return Files.isExecutable(Repository.tool("shellcheck"));
        }
    },
    CHROMIUM("chromium and chromedriver") {
        @Override
        boolean present() {
            return onPath("chromium") && onPath("chromedriver");
        }
    },
    NGINX("nginx") {
        @Override
        boolean present() {
            return onPath("nginx");
        }
    },
    /** No package of Debian's: it runs where it is found, so that CI=true demands nothing. */
    TERRAFORM("Terraform 1.11 or newer (https://developer.hashicorp.com/terraform/install) on PATH") {
        @Override
        boolean present() {
            return onPath("terraform");
        }

        @Override
        boolean installable() {
            return false;
        }
    };

    private final String what;

    Component(String what) {
        this.what = what;
    }

    abstract boolean present();

    boolean installable() {
        return true;
    }

    String missing() {
        return "Missing: " + what + (installable() ? ". Install: bash build/components.sh install (as root)" : "");
    }

    private static boolean onPath(String program) {
        return Arrays.stream((System.getenv("PATH") + ":/usr/sbin").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
