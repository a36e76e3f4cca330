package io.github.mlflowauth.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LogisticRegressionTest {

    @Test
    void everyStepLowersTheLossOfTheTrainingPoints() {
        Points points = Points.random(1);
        LogisticRegression model = new LogisticRegression();
        double before = model.loss(points);
        assertThat(before).isCloseTo(Math.log(2), org.assertj.core.data.Offset.offset(1e-9));
        for (int i = 0; i < 20; i++) {
            model.learn(points, 0.3);
            assertThat(model.loss(points)).isLessThan(before);
            before = model.loss(points);
        }
    }

    @Test
    void itTellsTheCloudsApartOnPointsThatItHasNotSeen() {
        LogisticRegression model = new LogisticRegression();
        for (int i = 0; i < 40; i++) {
            model.learn(Points.random(1), 0.5);
        }

        assertThat(model.accuracy(Points.random(2))).isGreaterThan(0.85);
    }
}
