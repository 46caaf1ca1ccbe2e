package io.greenlane.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenlane.gate.ScannedImage.Scanned;
import io.greenlane.gate.ScannedImage.Vulnerability;
import io.greenlane.image.Digest;
import io.greenlane.image.ImageGoneException;
import io.greenlane.image.Platforms;
import io.greenlane.image.Push;
import io.greenlane.image.Registry;
import io.greenlane.image.RepositoryName;
import io.greenlane.image.Tag;
import io.greenlane.release.GateOverride;
import io.greenlane.release.GateOverrides;
import io.greenlane.release.GateWait;
import io.greenlane.release.GateWaits;
import io.greenlane.release.Operator;
import io.greenlane.release.OverriddenGate;
import io.greenlane.release.World;
import io.greenlane.service.ServiceReference;
import io.greenlane.taskdefinition.CpuArchitecture;
import io.greenlane.validation.Alarms.Alarm;
import io.greenlane.validation.Alarms.State;
import io.greenlane.validation.source.Document;
import io.greenlane.validation.source.Documents.Lookup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GateDeskTest {
    private static final RepositoryName REPOSITORY = World.SHOP.repository();
    private static final ServiceReference WORKER = new ServiceReference(REPOSITORY, "shop", "shop-worker", "shop",
            "worker");

    private static final String PROFILE = "arn:aws:signer:eu-west-1:111122223333:/signing-profiles/ci";
    /** What follows the freeze can be cut off to end it. */
    private static final String ALL = "{version: 1, scan: {}, signature: {signer_profiles: ['" + PROFILE
            + "']}, alarms: {names: [errors]}, freeze: {dates: [{from: '2026-01-01T00:00', to: '2026-03-05T00:00',"
            + " zone: UTC, reason: all year}]}}";

    private static final Operator ADA = new Operator("Ada", "The shop is down.");

    private final World world = new World();
    private final GateWaits waits = new GateWaits(world.ledger());
    private final GateOverrides overrides = new GateOverrides(world.ledger());
    private final Map<String, Lookup> parameters = new HashMap<>();
    private final List<String> ringing = new ArrayList<>();
    private final List<SigningStatus> signatures = new ArrayList<>();
    private Scanned scanned = new Scanned.Awaited("not found");
    private @Nullable RuntimeException broken;
    private Platforms image = new Platforms(List.of("amd64"));

    private final Facts facts = new Facts() {
        @Override
        public List<Alarm> alarms(Candidate candidate, boolean ofDeploymentGroup, List<String> names) {
            return names.stream().map(name -> new Alarm(name, ringing.contains(name) ? State.ALARM : State.OK, ""))
                    .toList();
        }

        @Override
        public CpuArchitecture task(Candidate candidate) {
            return CpuArchitecture.X86_64;
        }

        @Override
        public Platforms image(Candidate candidate) {
            return image;
        }

        @Override
        public List<ScannedImage> scans(Candidate candidate) {
            if (broken != null) {
                throw broken;
            }
            return List.of(new ScannedImage("image", candidate.digest(), scanned));
        }

        @Override
        public List<SigningStatus> signatures(Candidate candidate) {
            return signatures;
        }
    };

    private Passage look(String eventId, ServiceReference... services) {
        Push push = new Push(new Registry("111122223333", "eu-west-1"), REPOSITORY,
                new Digest("sha256:" + "a".repeat(64)), new Tag("v1"), eventId, World.START);
        return new GateDesk(new GateFiles(uri -> Objects.requireNonNull(parameters.getOrDefault(uri.text(),
                new Lookup.NotThere("There is none"))), ""), facts, waits, overrides, world.clock).look("r-1", push,
                        List.of(services));
    }

    private Passage look() {
        return look("event-1", World.SHOP);
    }

    private void gates(String service, String text) {
        String uri = "ssm:/greenlane/" + service + "/gates";
        parameters.put(uri, new Lookup.Found(new Document(uri, "3", text)));
    }

    @Test
    void a_service_without_gates_leaves_nothing_in_the_ledger() {
        assertThat(look()).isEqualTo(new Passage.Open("The service has no gates."));
        assertThat(waits.find("r-1")).isNull();
    }

    @Test
    void deadlines_count_from_the_first_look_that_had_to_wait() {
        gates("api", "{version: 1, alarms: {names: [errors]}}");
        ringing.add("errors");
        assertThat(look()).isInstanceOf(Passage.Waiting.class);
        world.pass(Duration.ofMinutes(29));
        assertThat(look()).isInstanceOf(Passage.Waiting.class);
        assertThat(waits.find("r-1")).extracting(GateWait::since).isEqualTo(World.START);
        assertThat(waits.find("r-1")).extracting(GateWait::sentence).asString()
                .startsWith("Gate alarms: alarm 'errors'");
        world.pass(Duration.ofMinutes(1));
        assertThat(look()).isInstanceOf(Passage.Closed.class);
    }

    @Test
    void a_release_that_passed_and_comes_again_waits_anew() {
        gates("api", "{version: 1, alarms: {names: [errors]}}");
        ringing.add("errors");
        look();
        ringing.clear();
        assertThat(look()).isEqualTo(new Passage.Open(
                "Gate platform: the image is built for amd64; Gate alarms: none of 1 rings."));
        assertThat(waits.find("r-1")).isNull();

        world.pass(Duration.ofHours(2));
        ringing.add("errors");
        assertThat(look()).isInstanceOf(Passage.Waiting.class);
    }

    /** In whatever order the scan, the signature, the quiet and the end of the freeze come. */
    @Test
    void the_way_opens_with_the_last_of_what_is_waited_for_in_every_order() {
        int orders = 0;
        for (List<Integer> order : orders(List.of(0, 1, 2, 3))) {
            GateDeskTest one = new GateDeskTest();
            one.gates("api", ALL);
            one.ringing.add("errors");
            List<Runnable> events = List.of(() -> one.scanned = new Scanned.Complete(List.of()),
                    () -> one.signatures.add(new SigningStatus(PROFILE, SigningStatus.State.COMPLETE, "")),
                    one.ringing::clear,
                    () -> one.gates("api", ALL.replace("freeze", "platform: true}#")));
            assertThat(one.look()).isInstanceOf(Passage.Waiting.class);
            for (int event : order) {
                events.get(event).run();
                one.world.pass(Duration.ofMinutes(1));
                boolean last = event == order.get(3);
                assertThat(one.look()).as("%s after %s", order, event)
                        .isInstanceOf(last ? Passage.Open.class : Passage.Waiting.class);
            }
            orders++;
        }
        assertThat(orders).isEqualTo(24);
    }

    /** Once something speaks against the release, nothing that comes later opens the way. */
    @Test
    void whatever_blocks_closes_the_way_from_when_it_is_known_in_every_order() {
        for (List<Integer> order : orders(List.of(0, 1, 2, 3))) {
            GateDeskTest one = new GateDeskTest();
            one.gates("api", ALL);
            one.ringing.add("errors");
            List<Runnable> events = List.of(
                    () -> one.scanned = new Scanned.Complete(List.of(new Vulnerability("CVE-1", Severity.CRITICAL))),
                    () -> one.signatures.add(new SigningStatus(PROFILE, SigningStatus.State.COMPLETE, "")),
                    one.ringing::clear,
                    () -> one.gates("api", ALL.replace("freeze", "platform: true}#")));
            boolean known = false;
            for (int event : order) {
                events.get(event).run();
                known |= event == 0;
                assertThat(one.look()).as("%s after %s", order, event)
                        .isInstanceOf(known ? Passage.Closed.class : Passage.Waiting.class);
            }
        }
    }

    private static List<List<Integer>> orders(List<Integer> events) {
        if (events.isEmpty()) {
            return List.of(List.of());
        }
        List<List<Integer>> all = new ArrayList<>();
        for (Integer first : events) {
            List<Integer> others = events.stream().filter(one -> !one.equals(first)).toList();
            orders(others).forEach(
                    rest -> all.add(Stream.concat(Stream.of(first), rest.stream()).toList()));
        }
        return all;
    }

    @Test
    void services_that_are_released_together_wait_for_each_others_gates() {
        gates("worker", "{version: 1, alarms: {names: [errors]}}");
        ringing.add("errors");

        assertThat(look("event-1", World.SHOP, WORKER)).isInstanceOf(Passage.Waiting.class);
        image = new Platforms(List.of("arm64"));
        assertThat(look("event-1", World.SHOP, WORKER)).isInstanceOf(Passage.Closed.class);
    }

    @Test
    void a_file_that_its_place_does_not_give_out_is_waited_for_and_closes_the_way_then() {
        parameters.put("ssm:/greenlane/api/gates", new Lookup.Unreadable("Parameter Store is throttled"));
        assertThat(look().sentence())
                .startsWith("Gate file: Parameter Store is throttled; the release waits for it until");
        world.pass(Duration.ofMinutes(30));
        assertThat(look())
                .isEqualTo(new Passage.Closed("Gate file: Parameter Store is throttled, and 30m of waiting are"
                        + " over: see to it that it can be read, and push again."));
    }

    @Test
    void what_an_operator_goes_back_to_passes() {
        gates("api", "nonsense");
        assertThat(look(Push.OPERATOR + "1", World.SHOP)).isInstanceOf(Passage.Open.class);
        assertThat(look()).isInstanceOf(Passage.Closed.class);
    }

    private void override(char digest, String... gates) {
        overrides.override(World.SHOP, new GateOverride(World.digest(digest), List.of(gates), ADA, world.now,
                world.now.plus(Duration.ofHours(1))), null);
    }

    @Test
    void a_gate_that_a_person_overrides_is_looked_at_and_does_not_hold_the_release() {
        gates("api", "{version: 1, scan: {}, alarms: {names: [errors]}}");
        scanned = new Scanned.Complete(List.of(new Vulnerability("CVE-1", Severity.CRITICAL)));
        override('b', "scan");
        assertThat(look()).as("another digest").isInstanceOf(Passage.Closed.class);
        override('a', "signature", "freeze", "platform", "file", "alarms");
        assertThat(look()).as("other gates").isInstanceOf(Passage.Closed.class);

        override('a', "scan");
        assertThat(look()).isInstanceOfSatisfying(Passage.Open.class, open -> {
            assertThat(open.sentence()).contains("Gate platform: ",
                    "; Gate scan, overridden by Ada (The shop is down.): image sha256:aaaa");
            assertThat(open.overridden()).singleElement().satisfies(gate -> {
                assertThat(gate.gate()).isEqualTo("scan");
                assertThat(gate.found()).contains("1 critical vulnerabilities (CVE-1)");
                assertThat(gate.operator()).isEqualTo(ADA);
            });
        });
        world.pass(Duration.ofHours(1));
        assertThat(look()).as("its time is over").isInstanceOf(Passage.Closed.class);
    }

    @Test
    void what_passes_by_itself_is_not_told_as_overridden() {
        gates("api", "{version: 1, scan: {}}");
        scanned = new Scanned.Complete(List.of());
        override('a', "scan");
        assertThat(look()).isInstanceOfSatisfying(Passage.Open.class,
                open -> assertThat(open.overridden()).isEmpty());
    }

    @Test
    void a_release_that_waits_for_what_is_overridden_waits_no_more() {
        gates("api", ALL);
        ringing.add("errors");
        assertThat(look()).isInstanceOf(Passage.Waiting.class);
        override('a', "scan", "alarms");
        assertThat(look()).isInstanceOfSatisfying(Passage.Waiting.class, waiting -> assertThat(waiting.sentence())
                .contains("Gate signature", "Gate freeze").doesNotContain("Gate scan", "Gate alarms"));
        override('a', "signature", "freeze");
        assertThat(look()).isInstanceOfSatisfying(Passage.Open.class, open -> assertThat(open.overridden())
                .extracting(OverriddenGate::gate).containsExactly("scan", "signature", "alarms", "freeze"));
        assertThat(waits.find("r-1")).isNull();
    }

    @Test
    void a_file_that_cannot_be_used_or_read_is_overridden_by_its_name() {
        for (Lookup lookup : List.of(new Lookup.Found(new Document("ssm:/x", "3", "nonsense")),
                new Lookup.Unreadable("Parameter Store is throttled"))) {
            GateDeskTest one = new GateDeskTest();
            one.parameters.put("ssm:/greenlane/api/gates", lookup);
            one.override('a', Gate.NAMES.stream().filter(gate -> !gate.equals("file")).toArray(String[]::new));
            assertThat(one.look()).isNotInstanceOf(Passage.Open.class);
            one.override('a', "file");
            assertThat(one.look()).isInstanceOfSatisfying(Passage.Open.class, open -> assertThat(open.overridden())
                    .extracting(OverriddenGate::gate).containsExactly("file"));
        }
    }

    @Test
    void a_gate_that_cannot_be_looked_at_holds_the_release_unless_it_is_overridden() {
        gates("api", "{version: 1, scan: {}}");
        broken = new IllegalStateException("ECR answered 500");
        assertThatThrownBy(this::look).isSameAs(broken);
        override('a', "scan");
        assertThat(look().sentence()).contains("Gate scan, overridden by Ada (The shop is down.):"
                + " it could not be looked at, 'ECR answered 500'");
        broken = new ImageGoneException("It is not there.");
        assertThatThrownBy(this::look).isSameAs(broken);
    }

    @Test
    void every_gate_that_a_file_can_have_can_be_named() {
        gates("api", ALL);
        GateRules rules = ((GateFiles.Sought.File) new GateFiles(uri -> Objects.requireNonNull(
                parameters.get(uri.text())), "").of("api")).rules();
        assertThat(rules.gates()).hasSize(Gate.class.getPermittedSubclasses().length).extracting(Gate::name)
                .doesNotHaveDuplicates().isSubsetOf(Gate.NAMES);
        assertThat(Gate.NAMES).hasSize(rules.gates().size() + 1).contains(Gate.FILE);
    }
}
