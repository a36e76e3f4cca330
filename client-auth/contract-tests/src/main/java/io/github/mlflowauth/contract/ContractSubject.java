package io.github.mlflowauth.contract;

import io.github.mlflowauth.AuthMlflowClient;
import java.util.UUID;

/** What each part of the contract is given: a client of the server under test. */
public interface ContractSubject {

    /** A client that gets through to the server, open for the length of one test. */
    AuthMlflowClient client();

    /** A name that no other test uses. */
    default String uniqueName(String what) {
        return "contract-" + what + "-" + UUID.randomUUID();
    }

    default String newExperiment() {
        return client().createExperiment(uniqueName("experiment"));
    }

    /** A run in an experiment of its own. */
    default String newRun() {
        return client().createRun(newExperiment()).getRunId();
    }
}
