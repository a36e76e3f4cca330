package io.github.mlflowauth.deploy.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlflowauth.deploy.Command;
import io.github.mlflowauth.deploy.Component;
import io.github.mlflowauth.deploy.Repository;
import io.github.mlflowauth.deploy.Requires;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What needs no AWS, not even a fake one. */
class ModuleTest {
    @Test
    @Requires(Component.TERRAFORM)
    void theModulesOwnTestsPassAndAllOfItIsValid(@TempDir Path folder) throws IOException {
        Workspace workspace = new Workspace(folder);

        workspace.terraform(workspace.module(), "init", "-input=false");
        workspace.terraform(workspace.module(), "validate");
        assertThat(workspace.terraform(workspace.module(), "test").out()).contains("10 passed, 0 failed");
        workspace.terraform(workspace.example(), "init", "-input=false");
        workspace.terraform(workspace.example(), "validate");
    }

    @Test
    @Requires(Component.TERRAFORM)
    void allOfItIsFormatted() {
        Command.Result result = Command.of("terraform", "fmt", "-check", "-recursive", "-diff", "terraform")
                .run();

        assertThat(result.status()).as(result.all()).isZero();
    }

    @Test
    void theReadmesListTheInputsAndOutputs() {
        Command.Result result = Command.of(
                        "python3",
                        Repository.root().resolve("terraform/docs.py").toString(),
                        "--check")
                .run();

        assertThat(result.status()).as(result.all()).isZero();
    }
}
