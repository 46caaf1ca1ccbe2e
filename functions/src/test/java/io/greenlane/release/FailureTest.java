package io.greenlane.release;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "io.greenlane.image.ImageGoneException | It was deleted. | IMAGE_GONE | It was deleted.",
            "io.greenlane.service.ServiceNotDeployableException | No test listener. | REJECTED | No test listener.",
            "io.greenlane.taskdefinition.CopyDiffersException | cpu differs | REJECTED | cpu differs",
            "States.Timeout | '' | FAILED | A step of the workflow did not end in time",
            "java.lang.IllegalStateException | TABLE_NAME is not set | FAILED"
                    + " | A step of the workflow failed with IllegalStateException: TABLE_NAME is not set",
            "Lambda.Unknown | '' | FAILED | A step of the workflow failed with Unknown"})
    void a_failed_step_becomes_an_outcome_with_its_sentence(String error, String message, Outcome outcome,
            String reason) {
        assertThat(Failure.of(error, message)).isEqualTo(new OutcomeDesk.Verdict(outcome, reason, null));
    }
}
