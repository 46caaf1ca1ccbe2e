package io.greenlane.rehearsal.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.Journal;
import io.greenlane.rehearsal.cloud.VirtualTimeline;
import io.greenlane.rehearsal.endpoint.LocalClients;
import io.greenlane.rehearsal.iam.Authority;
import io.greenlane.rehearsal.sqs.SimulatedSqs;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.EventBridgeException;
import software.amazon.awssdk.services.eventbridge.model.InvalidEventPatternException;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;
import software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.StartExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StartExecutionResponse;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** Rules, targets and deliveries, through the real client. */
class EventBridgeTest {
    private static final Account ACCOUNT = new Account("123456789012", "eu-west-1");
    private static final String PUSH = "{\"source\":[\"aws.ecr\"],\"detail\":{\"action-type\":[\"PUSH\"]}}";
    private final VirtualTimeline timeline = new VirtualTimeline(Instant.parse("2026-03-01T12:00:00Z"));
    private final Functions functions = new Functions();
    private final Executions executions = new Executions();
    private final SimulatedSqs queues = new SimulatedSqs(ACCOUNT, timeline, new Random(1),
            () -> URI.create("http://127.0.0.1:1"));
    private SimulatedEventBridge bridge = bridge(EventSwitches.USUAL);
    private EventBridgeClient events = LocalClients.of(bridge).client(EventBridgeClient.builder());

    @Test
    void an_event_that_matches_starts_an_execution_named_after_it() {
        rule("pushes", target("m", "arn:aws:states:eu-west-1:123456789012:stateMachine:Release").build());
        push();
        bridge.announce("aws.ecr", "ECR Image Action", List.of(), Map.of("action-type", "DELETE"));
        timeline.advance(Duration.ZERO);
        assertThat(executions.started).singleElement().satisfies(start -> {
            assertThat(start.name()).matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
            assertThat(start.input()).contains("\"id\":\"" + start.name() + "\"", "\"account\":\"123456789012\"",
                    "\"time\":\"2026-03-01T12:00:00Z\"", "\"detail\":{\"action-type\":\"PUSH\"}", "\"version\":\"0\"");
        });
    }

    @Test
    void a_duplicate_has_the_same_id_and_a_lost_event_reaches_nobody() {
        switched(EventSwitches.Deliveries.TWICE);
        rule("pushes", target("m", "arn:aws:states:eu-west-1:123456789012:stateMachine:Release").build());
        push();
        timeline.advance(Duration.ofSeconds(1));
        assertThat(executions.started).hasSize(2);
        assertThat(executions.started.get(0).name()).isEqualTo(executions.started.get(1).name());
        executions.started.clear();
        switched(EventSwitches.Deliveries.LOST);
        rule("pushes", target("m", "arn:aws:states:eu-west-1:123456789012:stateMachine:Release").build());
        push();
        timeline.advance(Duration.ofMinutes(1));
        assertThat(executions.started).isEmpty();
    }

    @Test
    void a_target_gets_a_part_a_constant_or_a_template() {
        String function = "arn:aws:lambda:eu-west-1:123456789012:function:f";
        rule("pushes", target("path", function).inputPath("$.detail").build(),
                target("constant", function).input("{\"a\":1}").build(),
                target("template", function).inputTransformer(t -> t
                        .inputPathsMap(Map.of("action", "$.detail.action-type", "none", "$.detail.absent", "detail",
                                "$.detail"))
                        .inputTemplate("{\"text\": \"<action> of <none>\", \"action\": <action>, \"all\": <detail>, "
                                + "\"rule\": <aws.events.rule-name>}"))
                        .build());
        push();
        timeline.advance(Duration.ZERO);
        assertThat(functions.payloads).containsExactly("{\"action-type\":\"PUSH\"}", "{\"a\":1}",
                "{\"text\": \"PUSH of \", \"action\": \"PUSH\", \"all\": {\"action-type\":\"PUSH\"}, "
                        + "\"rule\": \"pushes\"}");
    }

    @Test
    void what_may_work_later_is_repeated_until_the_attempts_are_used_up() {
        queues.createQueue(r -> r.queueName("dead"));
        functions.failure = "ServiceException";
        rule("pushes", target("f", "arn:aws:lambda:eu-west-1:123456789012:function:f")
                .retryPolicy(p -> p.maximumRetryAttempts(2).maximumEventAgeInSeconds(3600))
                .deadLetterConfig(d -> d.arn("arn:aws:sqs:eu-west-1:123456789012:dead")).build());
        push();
        timeline.advance(Duration.ofMinutes(10));
        assertThat(functions.calls).isEqualTo(3);
        Message dead = dead();
        assertThat(dead.body()).contains("\"action-type\":\"PUSH\"");
        assertThat(attribute(dead, "ERROR_CODE")).isEqualTo("ERROR_FROM_TARGET");
        assertThat(attribute(dead, "EXHAUSTED_RETRY_CONDITION")).isEqualTo("MaximumRetryAttempts");
        assertThat(attribute(dead, "RETRY_ATTEMPTS")).isEqualTo("2");
        assertThat(attribute(dead, "RULE_ARN")).isEqualTo("arn:aws:events:eu-west-1:123456789012:rule/pushes");
    }

    @Test
    void a_missing_target_goes_straight_to_the_dead_letter_queue() {
        queues.createQueue(r -> r.queueName("dead"));
        functions.failure = "ResourceNotFoundException";
        rule("pushes", target("f", "arn:aws:lambda:eu-west-1:123456789012:function:f")
                .deadLetterConfig(d -> d.arn("arn:aws:sqs:eu-west-1:123456789012:dead")).build());
        push();
        timeline.advance(Duration.ZERO);
        assertThat(functions.calls).isEqualTo(1);
        assertThat(attribute(dead(), "ERROR_CODE")).isEqualTo("NO_RESOURCE");
    }

    @Test
    void a_schedule_fires_until_its_rule_is_disabled() {
        events.putRule(r -> r.name("sweep").scheduleExpression("rate(5 minutes)"));
        events.putTargets(r -> r.rule("sweep")
                .targets(target("f", "arn:aws:lambda:eu-west-1:123456789012:function:f").build()));
        timeline.advance(Duration.ofMinutes(16));
        assertThat(functions.payloads).hasSize(3).allSatisfy(payload -> assertThat(payload)
                .contains("\"detail-type\":\"Scheduled Event\"", "\"source\":\"aws.events\"", "rule/sweep"));
        events.disableRule(r -> r.name("sweep"));
        timeline.advance(Duration.ofHours(1));
        assertThat(functions.payloads).hasSize(3);
    }

    @Test
    void a_cron_expression_names_its_minutes() {
        Schedule weekdays = Schedule.of("cron(0/30 18 ? * MON-FRI *)");
        assertThat(weekdays.after(Instant.parse("2026-03-01T12:00:00Z")))
                .contains(Instant.parse("2026-03-02T18:00:00Z"));
        assertThat(weekdays.after(Instant.parse("2026-03-02T18:00:00Z")))
                .contains(Instant.parse("2026-03-02T18:30:00Z"));
        assertThat(Schedule.of("cron(15 10 1 JAN ? 2027)").after(Instant.parse("2027-02-01T00:00:00Z"))).isEmpty();
        for (String wrong : List.of("rate(1 minutes)", "rate(5 minute)", "rate(0 minutes)", "cron(* * * * *)",
                "cron(0 10 1 * 1 *)", "every day")) {
            assertThatThrownBy(() -> events.putRule(r -> r.name("r").scheduleExpression(wrong)))
                    .isInstanceOf(EventBridgeException.class)
                    .hasMessageContaining("Parameter ScheduleExpression is not valid.");
        }
    }

    @Test
    void callers_cannot_speak_for_aws_and_each_entry_fails_for_itself() {
        var answer = events.putEvents(r -> r.entries(
                PutEventsRequestEntry.builder().source("aws.ecr").detailType("t").detail("{}").build(),
                PutEventsRequestEntry.builder().source("mine").detailType("t").detail("no json").build(),
                PutEventsRequestEntry.builder().source("mine").detailType("t").detail("{}").build()));
        assertThat(answer.failedEntryCount()).isEqualTo(2);
        assertThat(answer.entries()).extracting(PutEventsResultEntry::errorCode)
                .containsExactly("NotAuthorizedForSourceException", "MalformedDetail", null);
    }

    @Test
    void patterns_are_checked_and_tested_as_event_ruler_does() {
        assertThatThrownBy(() -> events.putRule(r -> r.name("r").eventPattern("{\"source\":\"aws.ecr\"}")))
                .isInstanceOf(InvalidEventPatternException.class).hasMessageContaining("Event pattern is not valid");
        String event = "{\"id\":\"1\",\"source\":\"aws.ecr\",\"detail-type\":\"t\",\"account\":\"1\",\"time\":"
                + "\"2026-03-01T12:00:00Z\",\"region\":\"eu-west-1\",\"resources\":[],\"detail\":{\"action-type\":\"PUSH\"}}";
        assertThat(events.testEventPattern(r -> r.eventPattern(PUSH).event(event)).result()).isTrue();
    }

    @Test
    void a_rule_with_targets_cannot_be_deleted_and_a_missing_one_is_named() {
        rule("pushes", target("m", "arn:aws:lambda:eu-west-1:123456789012:function:f").build());
        assertThatThrownBy(() -> events.deleteRule(r -> r.name("pushes"))).hasMessageContaining("since it has targets");
        events.removeTargets(r -> r.rule("pushes").ids("m"));
        events.deleteRule(r -> r.name("pushes"));
        assertThatThrownBy(() -> events.describeRule(r -> r.name("pushes")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("Rule pushes does not exist on EventBus default.");
    }

    private void switched(EventSwitches.Deliveries deliveries) {
        bridge = bridge(new EventSwitches(deliveries, EventSwitches.ExecutionNames.EVENT_ID));
        events = LocalClients.of(bridge).client(EventBridgeClient.builder());
    }

    private SimulatedEventBridge bridge(EventSwitches switches) {
        return new SimulatedEventBridge(ACCOUNT, timeline, new Journal(timeline), new Random(7),
                () -> new EventTargets(functions, executions, queues, new Topics(), Authority.UNLIMITED), switches);
    }

    private void rule(String name, Target... targets) {
        events.putRule(r -> r.name(name).eventPattern(PUSH));
        assertThat(events.putTargets(r -> r.rule(name).targets(targets)).failedEntryCount()).isZero();
    }

    private void push() {
        bridge.announce("aws.ecr", "ECR Image Action", List.of(), Map.of("action-type", "PUSH"));
    }

    private Message dead() {
        String url = queues.getQueueUrl(r -> r.queueName("dead")).queueUrl();
        return queues.receiveMessage(r -> r.queueUrl(url).messageAttributeNames("All")).messages().getFirst();
    }

    private static String attribute(Message message, String name) {
        return message.messageAttributes().entrySet().stream().filter(entry -> entry.getKey().equals(name)).findFirst()
                .orElseThrow().getValue().stringValue();
    }

    private static Target.Builder target(String id, String arn) {
        return Target.builder().id(id).arn(arn).roleArn("arn:aws:iam::123456789012:role/r");
    }

    private static final class Functions implements LambdaClient {
        private final List<String> payloads = new ArrayList<>();
        private String failure = "";
        private int calls;

        @Override
        public InvokeResponse invoke(InvokeRequest request) {
            calls++;
            if (failure.isEmpty()) {
                payloads.add(request.payload().asUtf8String());
                return InvokeResponse.builder().statusCode(202).build();
            }
            throw LambdaException.builder().statusCode(500).message(failure).awsErrorDetails(
                    AwsErrorDetails.builder().errorCode(failure).errorMessage("no").build()).build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }

    private static final class Executions implements SfnClient {
        private final List<StartExecutionRequest> started = new ArrayList<>();

        @Override
        public StartExecutionResponse startExecution(StartExecutionRequest request) {
            started.add(request);
            return StartExecutionResponse.builder().build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }

    private static final class Topics implements SnsClient {
        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
