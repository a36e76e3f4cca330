package io.github.mlflowauth.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.mlflow.api.proto.Service.CreateExperiment;
import org.mlflow.api.proto.Service.Experiment;
import org.mlflow.api.proto.Service.ExperimentTag;
import org.mlflow.tracking.MlflowHttpException;

/** Experiments: create, find, rename, tag, delete, restore. */
public interface ExperimentsContract extends ContractSubject {

    @Test
    default void anExperimentIsFoundByIdAndByName() {
        String name = uniqueName("é日本 & name?");

        String id = client().createExperiment(name);

        assertThat(client().getExperiment(id).getName()).isEqualTo(name);
        assertThat(client().getExperimentByName(name))
                .map(Experiment::getExperimentId)
                .contains(id);
    }

    @Test
    default void anUnknownNameIsEmptyAndAnUnknownIdAnError() {
        assertThat(client().getExperimentByName(uniqueName("nobody-made-this"))).isEmpty();
        assertThatThrownBy(() -> client().getExperiment("987654321"))
                .isInstanceOf(MlflowHttpException.class)
                .hasMessageContaining("987654321");
    }

    @Test
    default void anExperimentIsCreatedAsItsRequestSays() {
        CreateExperiment request = CreateExperiment.newBuilder()
                .setName(uniqueName("experiment"))
                .addTags(ExperimentTag.newBuilder().setKey("owner").setValue("ada"))
                .build();

        String id = client().createExperiment(request);

        assertThat(client().getExperiment(id).getTagsList())
                .anyMatch(tag -> tag.getKey().equals("owner") && tag.getValue().equals("ada"));
    }

    @Test
    default void aNameThatIsTakenIsRefused() {
        String name = uniqueName("experiment");
        client().createExperiment(name);

        assertThatThrownBy(() -> client().createExperiment(name))
                .isInstanceOf(MlflowHttpException.class)
                .hasMessageContaining("RESOURCE_ALREADY_EXISTS");
    }

    @Test
    default void anExperimentIsRenamedAndTagged() {
        String id = newExperiment();
        String newName = uniqueName("renamed");

        client().renameExperiment(id, newName);
        client().setExperimentTag(id, "purpose", "näher beschrieben");

        Experiment experiment = client().getExperiment(id);
        assertThat(experiment.getName()).isEqualTo(newName);
        assertThat(experiment.getTagsList())
                .anyMatch(
                        tag -> tag.getKey().equals("purpose") && tag.getValue().equals("näher beschrieben"));
    }

    @Test
    default void aDeletedExperimentComesBack() {
        String id = newExperiment();

        client().deleteExperiment(id);
        assertThat(client().getExperiment(id).getLifecycleStage()).isEqualTo("deleted");

        client().restoreExperiment(id);
        assertThat(client().getExperiment(id).getLifecycleStage()).isEqualTo("active");
    }
}
