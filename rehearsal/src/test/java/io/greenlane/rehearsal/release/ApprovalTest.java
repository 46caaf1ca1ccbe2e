package io.greenlane.rehearsal.release;

import static io.greenlane.rehearsal.release.SampleSite.GOOD;
import static io.greenlane.rehearsal.release.SampleSite.REPOSITORY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.greenlane.rehearsal.events.EventSwitches;
import io.greenlane.rehearsal.lambda.FunctionInvoker;
import io.greenlane.rehearsal.release.SampleSite.Recorded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.ecr.model.ImageScanFindings;
import software.amazon.awssdk.services.ecr.model.ScanStatus;

/** Releases that wait for an approval, from the message to the deployment; all begins at 2026-03-04T05:06:07Z, a Wednesday. */
@Execution(ExecutionMode.CONCURRENT)
class ApprovalTest {
    private static final Map<String, String> APPROVALS = Map.of("TerminationWaitMinutes", "0", "Approvals", "true");
    private static final Map<String, String> IN_CHAT = Map.of("TerminationWaitMinutes", "0", "Approvals", "true",
            "ApprovalsInChat", "true");
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
    private static final String GATES = "{ version: 1, platform: false, approval: { wait: 4h } }";

    /** Of the first look, and of the one with which a release lies down. */
    private static final int MOST_CALLS = 30;

    private final WarmFunctions functions = new WarmFunctions();
    private SampleSite site = new SampleSite(APPROVALS, functions);

    private void pass(Duration time) {
        site.cloud.timeline.advance(time);
    }

    private void minutes(int minutes) {
        pass(Duration.ofMinutes(minutes));
    }

    private String releaseOf(JsonNode message) {
        return message.path("releaseId").asText();
    }

    private static String line(JsonNode reply) {
        return reply.path("lines").path(0).asText();
    }

    private Recorded only(String outcome) {
        List<Recorded> found = site.recorded().stream().filter(it -> it.outcome().equals(outcome)).toList();
        assertThat(found).as("%s among %s", outcome, site.recorded()).hasSize(1);
        return found.getFirst();
    }

    @Test
    void a_release_starts_as_soon_as_it_is_approved_and_everybody_hears_of_it() {
        site.gateBy(GATES);
        String digest = site.push("v2", GOOD);
        minutes(20);
        assertThat(site.deployments()).isEmpty();
        assertThat(site.approvalsAsked()).singleElement().satisfies(message -> {
            assertThat(message.path("change").asText()).startsWith(REPOSITORY + "@" + digest + "\n")
                    .contains("instead of ", REPOSITORY + ":v1 in ", ":1; gates ssm:/greenlane/sample-website/gates"
                            + " version 1, SHA-256 ");
            assertThat(message.path("until").asText()).startsWith("2026-03-04T09:06:");
            assertThat(message.path("approve").asText()).isEqualTo("./operate approve " + releaseOf(message)
                    + " --token " + message.path("token").asText() + " --by NAME --reason WHY");
            assertThat(message.toString()).doesNotContain("http");
        });
        assertThat(site.operate("status").path("lines").toString()).contains(
                "Gate approval: nobody has approved it yet",
                "approval     asked for at 2026-03-04T05:06:", REPOSITORY + "@" + digest);

        assertThat(line(site.approve(site.approvalsAsked().getFirst(), "Ada")))
                .contains(" is approved: " + REPOSITORY + "@" + digest);
        pass(Duration.ofSeconds(20));
        assertThat(site.deployments()).hasSize(1);
        site.settle();
        only("DEPLOYED");
        assertThat(site.messages()).filteredOn(message -> message.path("operation").asText().equals("APPROVE"))
                .singleElement().satisfies(message -> {
                    assertThat(message.path("by").asText()).isEqualTo("Ada");
                    assertThat(message.path("reason").asText()).isEqualTo("Looks good.");
                });
        assertThat(site.approvalsAsked()).hasSize(1);
        site.assertAtRest(digest);
    }

    /**
     * What the custom action of that name invokes, as text in which variables are put in as they were typed.
     *
     * @param typed names and values
     */
    private String payloadFromChat(String action, String... typed) {
        Map<?, ?> definition = (Map<?, ?>) Objects.requireNonNull(
                Objects.requireNonNull(site.stack.resources().get(action)).properties().get("Definition"));
        String command = String.valueOf(definition.get("CommandText"));
        for (int i = 0; i < typed.length; i += 2) {
            command = command.replace("$" + typed[i], typed[i + 1]);
        }
        String invoked = "lambda invoke --region eu-west-1 --function-name " + site.resource("ApproveRelease")
                + " --payload ";
        assertThat(command).startsWith(invoked).doesNotContain("$");
        return command.substring(invoked.length());
    }

    private JsonNode invoked(String payload) {
        List<FunctionInvoker.Answer> answers = new ArrayList<>();
        site.cloud.functions.invoke(site.resource("ApproveRelease"), payload, answers::add);
        site.cloud.timeline.runUntil(() -> !answers.isEmpty(), Duration.ofMinutes(1));
        return SampleSite.json(((FunctionInvoker.Answer.Returned) answers.getFirst()).payload());
    }

    /** The form that is shown there is what its guide calls a custom notification. */
    @Test
    void a_chat_shows_what_is_asked_for_and_both_of_its_commands_are_understood() {
        site = new SampleSite(IN_CHAT, functions);
        Subscriber chat = new Subscriber(site.cloud, "chat", site.stack.output("ApprovalChatTopicArn"));
        site.gateBy(GATES);
        String digest = site.push("v2", GOOD);
        minutes(1);
        JsonNode message = site.approvalsAsked().getFirst();
        assertThat(chat.messages()).singleElement().satisfies(shown -> {
            assertThat(shown.path("version").asText()).isEqualTo("1.0");
            assertThat(shown.path("source").asText()).isEqualTo("custom");
            assertThat(shown.path("id")).isEqualTo(message.path("id"));
            assertThat(shown.path("metadata").path("threadId").asText()).isEqualTo(releaseOf(message));
            JsonNode content = shown.path("content");
            assertThat(content.path("textType").asText()).isEqualTo("client-markdown");
            assertThat(content.path("title").asText()).startsWith("APPROVAL ").contains(": until 2026-03-04T09:06:");
            assertThat(content.path("description").asText())
                    .endsWith("\n```\n" + message.path("change").asText() + "\n```");
            assertThat(content.path("nextSteps").path(0).asText()).isEqualTo("Approve with `@Amazon Q run approve`,"
                    + " release `" + releaseOf(message) + "`, token `" + message.path("token").asText() + "`");
            assertThat(content.path("nextSteps").path(1).asText())
                    .isEqualTo("Refuse with `@Amazon Q run refuse`, release `" + releaseOf(message) + "`");
        });
        assertThat(line(invoked(payloadFromChat("ApproveInChat", "release", releaseOf(message), "token",
                message.path("token").asText(), "by", "Ada Lovelace", "reason", "It's fine: 100 %, {all} of it"))))
                .contains(" is approved: " + REPOSITORY + "@" + digest);
        site.settle();
        only("DEPLOYED");

        site.push("v3", GOOD);
        minutes(1);
        JsonNode next = site.approvalsAsked().getLast();
        assertThat(line(invoked(payloadFromChat("RefuseInChat", "release", releaseOf(next), "by", "Ada", "reason",
                "Not on a Friday")))).contains("is refused");
        site.settle();
        assertThat(only("REJECTED").reason()).contains("refused by Ada at ", "(Not on a Friday)");
        site.assertAtRest(digest);
    }

    /** Lambda invokes nothing with what is no JSON, so nothing is approved. */
    @ParameterizedTest
    @ValueSource(strings = {"Bob said \"go\"", "C:\\windows", "\"", "one\ntwo"})
    void what_cannot_stand_in_json_approves_nothing(String reason) {
        site = new SampleSite(IN_CHAT, functions);
        String payload = payloadFromChat("ApproveInChat", "release", "r-" + "0".repeat(32), "token", "t", "by", "Ada",
                "reason", reason);
        assertThatThrownBy(() -> STRICT.readTree(payload)).isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void the_token_stands_nowhere_in_the_ledger_before_it_is_used() {
        site.gateBy(GATES);
        site.push("v2", GOOD);
        minutes(1);
        String token = site.approvalsAsked().getFirst().path("token").asText();

        assertThat(site.ledger().toString()).doesNotContain(token.substring(token.lastIndexOf('.') + 1));
    }

    @Test
    void nobody_is_asked_to_approve_what_may_not_start_anyway() {
        site.gateBy("{ version: 1, platform: false, alarms: { names: [ missing ] }, approval: {} }");
        site.push("v2", GOOD);
        site.settle();

        assertThat(only("REJECTED").reason()).startsWith("Gate alarms: there is no alarm 'missing'");
        assertThat(site.approvalsAsked()).isEmpty();
    }

    @Test
    void an_alarm_that_rings_after_the_approval_keeps_the_release_from_starting() {
        site.gateBy("{ version: 1, platform: false, scan: { wait: 1d }, alarms: { wait: 1d }, approval: {} }");
        String digest = site.push("v2", GOOD);
        minutes(1);
        site.approve(site.approvalsAsked().getFirst(), "Ada");
        minutes(1);
        site.alarm(StateValue.ALARM);
        site.cloud.ecr.scanned(REPOSITORY, digest, ScanStatus.COMPLETE, ImageScanFindings.builder().build());
        minutes(30);
        assertThat(site.deployments()).isEmpty();

        site.alarm(StateValue.OK);
        pass(Duration.ofSeconds(20));
        assertThat(site.deployments()).hasSize(1);
        site.settle();
        assertThat(site.approvalsAsked()).hasSize(1);
        site.assertAtRest(digest);
    }

    @Test
    void what_nobody_approves_in_time_is_rejected_and_cannot_be_approved_any_more() {
        site.gateBy(GATES);
        site.push("v2", GOOD);
        site.settle();

        assertThat(only("REJECTED").reason()).startsWith("Gate approval: nobody approved it until 2026-03-04T09:06:")
                .endsWith(": push again when somebody can.");
        assertThat(line(site.approve(site.approvalsAsked().getFirst(), "Ada")))
                .startsWith("The token was good until 2026-03-04T09:06:");
        site.assertAtRest(site.firstDigest);
    }

    @Test
    void a_refusal_ends_the_release_at_once_also_after_an_approval() {
        site.gateBy("{ version: 1, platform: false, scan: { wait: 1d }, approval: {} }");
        String digest = site.push("v2", GOOD);
        minutes(1);
        JsonNode message = site.approvalsAsked().getFirst();
        site.approve(message, "Ada");
        JsonNode reply = site.operate("refuse", "release", releaseOf(message), "by", "Bob", "reason", "Not today.");
        assertThat(line(reply)).contains("is refused; it was approved by Ada at ");
        pass(Duration.ofSeconds(20));

        assertThat(only("REJECTED").reason()).startsWith("Gate approval: refused by Bob at 2026-03-04T05:07:")
                .endsWith("(Not today.).");
        assertThat(line(site.approve(message, "Ada"))).contains("ended as REJECTED at ");
        site.settle();
        assertThat(site.servedAt(SampleSite.PRODUCTION)).doesNotContain(digest);
        site.assertAtRest(site.firstDigest);
    }

    @Test
    void a_token_is_good_once() {
        site.gateBy("{ version: 1, platform: false, scan: { wait: 1d }, approval: {} }");
        site.push("v2", GOOD);
        minutes(1);
        JsonNode message = site.approvalsAsked().getFirst();
        assertThat(site.approve(message, "Ada").path("changed").asBoolean()).isTrue();

        JsonNode same = site.approve(message, "Ada");
        assertThat(same.path("accepted").asBoolean()).isTrue();
        assertThat(same.path("changed").asBoolean()).isFalse();
        JsonNode other = site.approve(message, "Bob");
        assertThat(other.path("accepted").asBoolean()).isFalse();
        assertThat(line(other)).matches("Nothing new: release r-[0-9a-f]{32} was approved by Ada at 2026-03-04T05:07:"
                + "\\S+ \\(Looks good\\.\\)\\.");
        assertThat(site.messages()).filteredOn(told -> told.has("operation")).hasSize(1);
    }

    @Test
    void another_release_has_another_token() {
        site.gateBy(GATES);
        String older = site.push("v2", GOOD);
        minutes(1);
        JsonNode first = site.approvalsAsked().getFirst();
        String newer = site.push("v3", GOOD);
        minutes(1);
        only("SUPERSEDED");
        JsonNode second = site.approvalsAsked().getLast();

        assertThat(line(site.operate("approve", "release", releaseOf(second), "token", first.path("token").asText(),
                "by", "Ada", "reason", "Looks good."))).isEqualTo("The token is for release " + releaseOf(first)
                        + ", which brings " + older + ", and not for release " + releaseOf(second) + ", which brings "
                        + newer + ".");
        String forged = second.path("token").asText().replace(releaseOf(second), releaseOf(first));
        assertThat(line(site.operate("approve", "release", releaseOf(first), "token", forged, "by", "Ada", "reason",
                "Looks good.")))
                .isEqualTo("This stack never gave out that token; copy the whole of it from the message.");
        minutes(10);
        assertThat(site.deployments()).isEmpty();
        site.approve(second, "Ada");
        site.settle();
        site.assertAtRest(newer);
    }

    @Test
    void when_production_moves_another_approval_is_asked_for() {
        site.gateBy(GATES);
        String digest = site.push("v2", GOOD);
        minutes(1);
        site.deployByHand(site.registerFirst());
        minutes(15);

        assertThat(site.approvalsAsked()).hasSize(2);
        JsonNode second = site.approvalsAsked().getLast();
        assertThat(second.path("why").asText()).startsWith("what would start is not what was asked for before: ")
                .contains(site.firstDigest + " in ", ":2; gates ");
        assertThat(line(site.approve(site.approvalsAsked().getFirst(), "Ada")))
                .startsWith("What would start is not what the token is for:")
                .contains(":2; gates ");
        assertThat(site.deployments()).hasSize(1);
        assertThat(line(site.approve(second, "Ada"))).contains(" is approved: ");
        site.settle();
        assertThat(only("HELD").reason()).as("no approval undoes what a person deployed since the push")
                .contains("which is none of ours, brought " + site.firstDigest);
        assertThat(site.servedAt(SampleSite.PRODUCTION)).doesNotContain(digest);
    }

    @Test
    void what_was_approved_does_not_count_by_other_gates() {
        site.gateBy("{ version: 1, platform: false, scan: { wait: 1d }, approval: {} }");
        String digest = site.push("v2", GOOD);
        minutes(1);
        site.approve(site.approvalsAsked().getFirst(), "Ada");
        minutes(1);
        site.gateBy(GATES);
        minutes(10);
        assertThat(site.deployments()).isEmpty();

        assertThat(site.approvalsAsked()).hasSize(2);
        assertThat(site.approvalsAsked().getLast().path("why").asText()).contains("version 2, SHA-256");
        site.approve(site.approvalsAsked().getLast(), "Bob");
        site.settle();
        site.assertAtRest(digest);
    }

    @Test
    void who_only_writes_to_the_ledger_approves_nothing() {
        site.gateBy(GATES);
        site.push("v2", GOOD);
        minutes(1);
        site.forgeApproval();
        site.settle();

        assertThat(only("REJECTED").reason()).startsWith("Gate approval: the ledger has it as approved by Eve at "
                + "2026-03-04T05:07:00Z (Hurry.), without the code of a token");
        site.assertAtRest(site.firstDigest);
    }

    @Test
    void a_stack_without_a_key_says_how_it_gets_one() {
        site = new SampleSite(Map.of("TerminationWaitMinutes", "0"), functions);
        site.gateBy(GATES);
        site.push("v2", GOOD);
        site.settle();

        assertThat(only("REJECTED").reason()).contains("deploy it with the parameter Approvals=true");
        site.assertAtRest(site.firstDigest);
    }

    @Test
    void a_key_that_is_off_keeps_the_release_waiting_and_the_message_comes_when_it_is_on_again() {
        String key = site.cloud.kms.listKeys().keys().getFirst().keyArn();
        site.cloud.kms.disableKey(it -> it.keyId(key));
        site.gateBy(GATES);
        String digest = site.push("v2", GOOD);
        minutes(10);
        assertThat(site.recorded()).isEmpty();
        assertThat(site.approvalsAsked()).isEmpty();
        assertThat(site.operate("status").path("lines").toString()).contains("KMS does not use the key " + key
                + ": DisabledException");

        site.cloud.kms.enableKey(it -> it.keyId(key));
        minutes(10);
        assertThat(site.approvalsAsked()).hasSize(1);
        site.approve(site.approvalsAsked().getFirst(), "Ada");
        site.settle();
        site.assertAtRest(digest);
    }

    @Test
    void what_cannot_be_understood_changes_nothing() {
        site.gateBy(GATES);
        site.push("v2", GOOD);
        minutes(1);
        JsonNode message = site.approvalsAsked().getFirst();

        assertThat(line(site.operate("approve", "release", releaseOf(message), "token", "abc", "by", "Ada", "reason",
                "x")))
                .isEqualTo("--token must be the whole token of the message that asks for the approval, got 'abc'");
        assertThat(line(site.operate("refuse", "release", "r-1", "by", "Ada", "reason", "x")))
                .isEqualTo("The ledger knows no release 'r-1'.");
        assertThat(line(site.operate("refuse", "release", releaseOf(message), "by", " ", "reason", "x")))
                .startsWith("--by must be 1 to 100 printable characters");
        minutes(10);
        assertThat(site.recorded()).isEmpty();
    }

    @Test
    void a_group_is_approved_as_a_whole() {
        GroupSite group = new GroupSite(Map.of("greenlane.Approvals", "true"),
                EventSwitches.USUAL, 1, 1);
        group.gateBy(GATES);
        String digest = group.push();
        group.cloud.timeline.advance(Duration.ofMinutes(12));
        List<JsonNode> messages = group.messages().stream().filter(message -> message.has("approval")).toList();
        assertThat(messages).hasSize(1);
        JsonNode message = messages.getFirst();
        assertThat(message.path("change").asText().lines()).hasSize(3);
        assertThat(message.path("service").path("group").asText()).isEqualTo(GroupSite.GROUP);

        assertThat(line(group.operate("approve", "release", message.path("groupReleaseId").asText(), "token",
                message.path("token").asText(), "by", "Ada", "reason", "Looks good."))).contains("is approved");
        group.cloud.timeline.advance(Duration.ofSeconds(30));
        assertThat(group.each().allMatch(member -> !group.deployments(member).isEmpty())).isTrue();
        group.settle();
        group.assertAll(digest, "DEPLOYED");
    }

    /** Whoever asks or approves dies at any call: there is one request, one message, one approval. */
    @ParameterizedTest
    @ValueSource(strings = {"CheckGates", "ApproveRelease"})
    void a_death_at_any_call_leaves_one_request_and_one_approval(String function) {
        FunctionLife unharmed = release(function, Integer.MAX_VALUE, false);
        Set<Integer> last = unharmed.lastCalls();
        int calls = Math.min(unharmed.calls(), MOST_CALLS);
        for (int call = 1; call <= calls; call++) {
            release(function, call, false);
            // After any other call is before the next one.
            if (last.contains(call)) {
                release(function, call, true);
            }
        }
        assertThat(calls).isGreaterThan(8);
    }

    /** A release that is deployed in the end, after one approval. */
    private FunctionLife release(String function, int call, boolean afterwards) {
        site = new SampleSite(APPROVALS, functions);
        site.gateBy(GATES);
        FunctionLife life = site.cloud.functions.of(site.resource(function));
        life.diesAt(call, afterwards);
        String digest = site.push("v2", GOOD);
        minutes(8);
        assertThat(site.approvalsAsked()).as("%s %d %s", function, call, afterwards)
                .extracting(message -> message.path("id"))
                .isNotEmpty().containsOnly(site.approvalsAsked().getFirst().path("id"));
        assertThat(site.deployments()).isEmpty();
        if (site.approve(site.approvalsAsked().getFirst(), "Ada").has("broke")) {
            assertThat(site.approve(site.approvalsAsked().getFirst(), "Ada").path("accepted").asBoolean()).isTrue();
        }
        site.settle();
        only("DEPLOYED");
        assertThat(site.messages()).filteredOn(message -> message.path("operation").asText().equals("APPROVE"))
                .extracting(message -> message.path("id")).isNotEmpty()
                .satisfies(ids -> assertThat(Set.copyOf(ids)).hasSize(1));
        site.assertAtRest(digest);
        return life;
    }
}
