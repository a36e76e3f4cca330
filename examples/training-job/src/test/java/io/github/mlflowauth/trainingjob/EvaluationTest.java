package io.github.mlflowauth.trainingjob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class EvaluationTest {

    @Test
    void readsEveryMetricOfTheRound() {
        assertThat(Evaluation.parse("[3]\ttrain-logloss:0.41\tvalidation-auc:1e-05"))
                .containsEntry("train_logloss", 0.41)
                .containsEntry("validation_auc", 0.00001)
                .hasSize(2);
    }

    @Test
    void aMetricWithAnArgumentKeepsItsName() {
        assertThat(Evaluation.parse("[0]\ttrain-error@0.7:0.25")).containsEntry("train_error@0.7", 0.25);
    }

    @Test
    void whatIsNoNumberToXgboostIsNan() {
        assertThat(Evaluation.parse("[0]\ttrain-auc:-nan")).containsEntry("train_auc", Double.NaN);
    }

    @Test
    void aLineWithoutAMetricIsAnError() {
        assertThatThrownBy(() -> Evaluation.parse("[0]")).hasMessageContaining("[0]");
    }
}
