package io.greenlane.rehearsal.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.greenlane.image.Digest;
import io.greenlane.image.Push;
import io.greenlane.image.Registry;
import io.greenlane.image.RepositoryName;
import io.greenlane.image.Tag;
import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.lambda.FunctionDefinition;
import io.greenlane.release.Aftermath;
import io.greenlane.release.ApprovalMessage;
import io.greenlane.release.ApprovalRequest;
import io.greenlane.release.ApprovalTerms;
import io.greenlane.release.ApprovalToken;
import io.greenlane.release.Approvals;
import io.greenlane.release.Difference;
import io.greenlane.release.Difference.Kind;
import io.greenlane.release.Drifts;
import io.greenlane.release.Entry;
import io.greenlane.release.GateOverride;
import io.greenlane.release.GateOverrides;
import io.greenlane.release.Ledger;
import io.greenlane.release.LedgerTable;
import io.greenlane.release.Operator;
import io.greenlane.release.Outbox;
import io.greenlane.release.Outcome;
import io.greenlane.release.OutcomeDesk;
import io.greenlane.release.Quarantine;
import io.greenlane.release.Quarantined;
import io.greenlane.release.RollBack;
import io.greenlane.release.RollBacks;
import io.greenlane.release.ServiceQueue;
import io.greenlane.service.ServiceReference;
import io.greenlane.service.ServiceSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

/** The published schemas say what the functions read and write. */
class SchemasTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
    private static final Push PUSH = new Push(new Registry("111122223333", "eu-west-1"), new RepositoryName("shop/web"),
            new Digest("sha256:" + "a".repeat(64)), new Tag("v1"), "event-1", NOW);

    @Test
    void the_template_gives_the_functions_services_as_the_schema_describes_them() throws IOException {
        Map<String, String> parameters = new HashMap<>(ShippedTemplates.EXISTING_SERVICE);
        parameters.put("TagRule", "semver:>=1.0.0");
        RecordingCloud cloud = new RecordingCloud();
        new StackDeployer(new Account("111122223333", "eu-west-1"), cloud.clients()).deploy("greenlane",
                ShippedTemplates.main(), parameters);

        List<String> settings = cloud.functions.values().stream().map(FunctionDefinition::environment)
                .filter(environment -> environment.containsKey("SERVICES"))
                .map(environment -> environment.get("SERVICES")).toList();

        assertThat(settings).isNotEmpty();
        for (String services : settings) {
            assertThat(problems("services", JSON.readTree(services))).isEmpty();
        }
    }

    static Stream<String> services() {
        String named = "\"repository\":\"shop/web\",\"application\":\"a\",\"deploymentGroup\":\"g\"";
        return Stream.of("[{" + named + "}]", "[{" + named + ",\"tags\":[\"glob:v*\",\"semver:^1\"]}]", "[]", "{}",
                "[{}]", "[{" + named.replace("shop/web", "Shop") + "}]",
                "[{" + named.replace("\"a\"", "\"a/b\"") + "}]",
                "[{" + named.replace("\"a\"", "\" \"") + "}]",
                "[{\"repository\":\"shop/web\",\"application\":\"a\"}]", "[{" + named + ",\"tags\":[]}]",
                "[{" + named + ",\"tags\":[\"v*\"]}]", "[{" + named + ",\"tags\":\"glob:v*\"}]",
                "[{" + named + ",\"tag\":[\"glob:v*\"]}]", "[{" + named + ",\"overlap\":\"queue\"}]",
                "[{" + named + ",\"overlap\":\"newest\"}]", "[{" + named + ",\"endTerminationWait\":\"no\"}]",
                "[{" + named + ",\"endTerminationWait\":true}]",
                "[{" + named + ",\"overlap\":\"refuse\",\"endTerminationWait\":false}]",
                "[{" + named + ",\"overlap\":\"refuse\",\"endTerminationWait\":true}]",
                "[{" + named + ",\"group\":\"shop\"},{" + named.replace("\"g\"", "\"h\"")
                        + ",\"group\":\"shop\",\"wave\":2}]",
                "[{" + named + ",\"group\":\"the shop\"}]", "[{" + named + ",\"wave\":2}]",
                "[{" + named + ",\"group\":\"shop\",\"wave\":0}]", "[{" + named + ",\"group\":\"shop\",\"wave\":11}]",
                "[{" + named + ",\"group\":\"shop\",\"wave\":1.5}]");
    }

    @ParameterizedTest
    @MethodSource("services")
    void the_functions_refuse_what_the_schema_refuses(String services) throws IOException {
        List<String> complaints = new ArrayList<>();
        ServiceSettings.of(JSON.readValue(services, Object.class), complaints::add);

        assertThat(problems("services", JSON.readTree(services)).isEmpty()).as("schema, functions: %s", complaints)
                .isEqualTo(complaints.isEmpty());
    }

    @ParameterizedTest
    @EnumSource(value = Outcome.class, mode = Mode.EXCLUDE, names = {"IGNORED", "DUPLICATE", "MIXED"})
    void every_published_outcome_is_a_message_of_the_schema(Outcome outcome) throws IOException {
        ServiceReference service = new ServiceReference(PUSH.repository(), "AppECS-shop", "DgpECS-shop", "shop", "web");
        List<JsonNode> published = new ArrayList<>();
        OutcomeDesk desk = new OutcomeDesk(new Ledger(new MapTable(), () -> "writer"), (token, output) -> false,
                announcement -> published.add(JSON.valueToTree(announcement.message())),
                deployment -> "https://reports.example.com/" + deployment, Clock.fixed(NOW, ZoneOffset.UTC));

        desk.record(PUSH, service, "arn:aws:states:eu-west-1:111122223333:execution:Release:one",
                new OutcomeDesk.Verdict(outcome, "Because.", "d-AB12CD34E", new Aftermath(true, true)));

        assertThat(published).singleElement().satisfies(message -> {
            assertThat(message.path("outcome").asText()).isEqualTo(outcome.name());
            assertThat(problems("outcome", message)).isEmpty();
        });
    }

    @Test
    void what_is_done_by_hand_is_a_message_of_the_schema() throws IOException {
        ServiceReference service = new ServiceReference(PUSH.repository(), "AppECS-shop", "DgpECS-shop", null, null);
        Operator ada = new Operator("Ada", "A fair.");
        List<JsonNode> published = new ArrayList<>();
        Ledger ledger = new Ledger(new MapTable(), () -> "writer");
        Outbox outbox = new Outbox(ledger, announcement -> published.add(JSON.valueToTree(announcement.message())),
                Clock.fixed(NOW, ZoneOffset.UTC));
        Quarantine quarantine = new Quarantine(ledger);
        quarantine.put(service, new Quarantined(PUSH.digest(), NOW, "Ada", "Bad.", "r-1", "d-AB12CD34E"));

        outbox.announce(new ServiceQueue(ledger).hold(service, ada, NOW).entryId());
        outbox.announce(new ServiceQueue(ledger).unhold(service, ada, NOW).entryId());
        outbox.announce(quarantine.release(service, PUSH.digest(), ada, NOW).entryId());
        outbox.announce(new RollBacks(ledger).done(service, new RollBack(ada, NOW, PUSH.digest(), "r-1",
                new RollBack.Way.Stop("d-AB12CD34E")), NOW).entryId());
        drifted(ledger, service, Kind.REVISION);
        outbox.announce(new Drifts(ledger).accept(service, ada, NOW).entryId());

        outbox.announce(
                new GateOverrides(ledger).override(service, new GateOverride(PUSH.digest(), List.of("scan"), ada,
                        NOW, NOW.plusSeconds(60)), "r-1").entryId());

        assertThat(published).extracting(message -> message.path("operation").asText())
                .containsExactly("HOLD", "UNHOLD", "RELEASE_DIGEST", "ROLL_BACK", "ACCEPT_DRIFT", "BREAK_GLASS");
        for (JsonNode message : published) {
            assertThat(problems("operation", message)).isEmpty();
        }
    }

    @Test
    void what_is_to_be_approved_and_what_is_said_then_are_messages_of_the_schemas() throws IOException {
        ServiceReference service = new ServiceReference(PUSH.repository(), "AppECS-shop", "DgpECS-shop", "shop", "web");
        Ledger ledger = new Ledger(new MapTable(), () -> "writer");
        Approvals approvals = new Approvals(ledger);
        List<JsonNode> published = new ArrayList<>();
        Outbox outbox = new Outbox(ledger, announcement -> published.add(JSON.valueToTree(announcement.message())),
                Clock.fixed(NOW, ZoneOffset.UTC));
        for (String release : List.of("r-", "g-")) {
            String turnId = release + "0a".repeat(16);
            String why = release.equals("r-") ? "" : "production moved";
            ApprovalRequest request = approvals.ask(new ApprovalTerms(turnId, 1, "0b".repeat(32), NOW), service,
                    "what", why, NOW).asked().request();
            ApprovalToken token = new ApprovalToken(request.terms(), "A".repeat(43));
            assertThat(problems("approval", JSON.valueToTree(ApprovalMessage.of(request, service, token).message())))
                    .isEmpty();
            approvals.approve(token, new Operator("Ada", "Looks good."), NOW);
            approvals.refuse(turnId, new Operator("Bob", "Not today."), NOW);
            outbox.announce("approval#" + turnId);
        }

        assertThat(published).extracting(message -> message.path("operation").asText())
                .containsExactly("APPROVE", "REFUSE", "APPROVE", "REFUSE");
        for (JsonNode message : published) {
            assertThat(problems("operation", message)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(value = Kind.class, mode = Mode.EXCLUDE, names = "DESIRED_COUNT")
    void what_others_changed_is_a_message_of_the_schema(Kind kind) throws IOException {
        ServiceReference service = new ServiceReference(PUSH.repository(), "AppECS-shop", "DgpECS-shop", null, null);
        List<JsonNode> published = new ArrayList<>();
        Ledger ledger = new Ledger(new MapTable(), () -> "writer");

        new Outbox(ledger, announcement -> published.add(JSON.valueToTree(announcement.message())),
                Clock.fixed(NOW, ZoneOffset.UTC)).announce(drifted(ledger, service, kind));

        assertThat(published).singleElement().satisfies(message -> {
            assertThat(message.path("drift").asText()).isEqualTo(kind.name());
            assertThat(problems("drift", message)).isEmpty();
        });
    }

    private static String drifted(Ledger ledger, ServiceReference service, Kind kind) {
        List<Difference> differences = List.of(new Difference(kind, "this", "that", "That and not this."));
        new Drifts(ledger).found(service, differences, NOW.minusSeconds(300));
        return new Drifts(ledger).found(service, differences, NOW);
    }

    private static List<String> problems(String schema, JsonNode document) throws IOException {
        JsonSchema read = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(
                Files.readString(ShippedTemplates.root().resolve("schemas/" + schema + ".schema.json")));
        return read.validate(document).stream().map(ValidationMessage::getMessage).toList();
    }

    /** A ledger in memory. */
    private static final class MapTable implements LedgerTable {
        private final Map<String, Entry> entries = new HashMap<>();

        @Override
        public @Nullable Entry find(String id) {
            return entries.get(id);
        }

        @Override
        public Written write(Entry entry) {
            entries.put(entry.id(), entry);
            return new Written.Done();
        }

        @Override
        public List<String> overdue(Instant now) {
            return List.of();
        }

        @Override
        public List<String> listed(String partition, int atMost) {
            return List.of();
        }
    }
}
