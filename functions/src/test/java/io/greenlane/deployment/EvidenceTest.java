package io.greenlane.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.release.Objection;
import io.greenlane.release.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvidenceTest {
    private static Evidence evidence(boolean says) {
        return new Evidence() {
            @Override
            public boolean speaksAgainstImage(String deploymentId) {
                return says;
            }

            @Override
            public boolean mayServe(String deploymentId) {
                return says;
            }
        };
    }

    @ParameterizedTest
    @CsvSource({"false, false, false", "true, false, true", "false, true, true"})
    void what_one_of_two_knows_is_known(boolean one, boolean other, boolean known) {
        Evidence both = evidence(one).and(evidence(other));

        assertThat(both.speaksAgainstImage("d-1")).isEqualTo(known);
        assertThat(both.mayServe("d-1")).isEqualTo(known);
    }

    @Test
    void who_does_not_say_where_production_may_be_does_not_know() {
        Evidence image = deploymentId -> true;

        assertThat(image.mayServe("d-1")).isFalse();
    }

    @Test
    void the_first_explanation_is_the_one() {
        Objection first = new Objection(Outcome.ROLLED_BACK, "Bad.");
        Explanations others = deploymentId -> new Objection(Outcome.SUPERSEDED, "Newer.");
        Explanations none = deploymentId -> null;

        assertThat(((Explanations) deploymentId -> first).or(others).whyRefused("d-1")).isEqualTo(first);
        assertThat(none.or(others).whyRefused("d-1")).isEqualTo(others.whyRefused("d-1"));
        assertThat(none.or(none).whyRefused("d-1")).isNull();
    }

    @Test
    void a_deployment_that_nobody_knows_is_no_rollback() {
        Site site = new Site();
        String id = site.codeDeploy.byHand();
        String rollback = site.codeDeploy.fails(id, DeploymentStatus.FAILED, "TIMEOUT", "late");

        assertThat(site.codeDeploy.isRollback(rollback)).isTrue();
        assertThat(site.codeDeploy.isRollback(id)).isFalse();
        assertThat(site.codeDeploy.isRollback("d-NOTHING")).isFalse();
    }
}
