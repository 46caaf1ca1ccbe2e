package io.greenlane.rehearsal.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.VirtualTimeline;
import io.greenlane.rehearsal.lambda.FunctionInvoker.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InProcessFunctionsTest {
    private final VirtualTimeline timeline = new VirtualTimeline(Instant.parse("2026-01-01T00:00:00Z"));
    private final InProcessFunctions functions = new InProcessFunctions(new Account("111122223333", "eu-west-1"),
            timeline, new Random(1), line -> {
            });
    private final List<Answer> answers = new ArrayList<>();

    @Test
    void a_handler_is_called_with_lambdas_own_marshalling_when_its_time_has_come() {
        functions.define("probe", ProbeFunction::new, Duration.ofMinutes(1), Duration.ofSeconds(2));

        functions.invoke("arn:aws:lambda:eu-west-1:111122223333:function:probe", "{\"do\":\"x\"}", answers::add);
        timeline.advance(Duration.ofSeconds(1));
        assertThat(answers).isEmpty();
        timeline.advance(Duration.ofSeconds(1));

        assertThat(answers).singleElement().isInstanceOfSatisfying(Answer.Returned.class,
                returned -> assertThat(returned.payload()).contains("\"remaining\":60000"));
    }

    @Test
    void a_stream_handler_and_an_event_class_work_too() {
        RequestStreamHandler stream = (input, output, context) -> output.write(input.readAllBytes());
        functions.define("stream", () -> stream, Duration.ofMinutes(1), Duration.ZERO);
        functions.define("scheduled", Scheduled::new, Duration.ofMinutes(1), Duration.ZERO);

        functions.invoke("stream", "[1]", answers::add);
        functions.invoke("scheduled", "{\"detail-type\":\"Scheduled Event\",\"time\":\"2026-01-01T00:00:00Z\"}",
                answers::add);
        timeline.advance(Duration.ZERO);

        assertThat(answers).containsExactly(new Answer.Returned("[1]"),
                new Answer.Returned("\"Scheduled Event\""));
    }

    @Test
    void a_thrown_exception_and_an_unknown_function_are_answers() {
        functions.define("probe", ProbeFunction::new, Duration.ofMinutes(1), Duration.ZERO);

        functions.invoke("probe", "{\"do\":\"fail\"}", answers::add);
        functions.invoke("other", "{}", answers::add);
        timeline.advance(Duration.ZERO);

        assertThat(answers.get(0)).isInstanceOfSatisfying(Answer.Failed.class,
                failed -> assertThat(failed.payload()).contains("You asked for it"));
        assertThat(answers.get(1)).isEqualTo(new Answer.Refused("ResourceNotFoundException",
                "Function not found: arn:aws:lambda:eu-west-1:111122223333:function:other"));
    }

    /** Takes an event class that needs Lambda's own date handling. */
    static final class Scheduled implements RequestHandler<ScheduledEvent, String> {
        @Override
        public String handleRequest(ScheduledEvent event, Context context) {
            return event.getDetailType();
        }
    }
}
