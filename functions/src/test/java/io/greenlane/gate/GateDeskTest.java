package io.greenlane.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenlane.gate.ScannedImage.Scanned;
import io.greenlane.gate.ScannedImage.Vulnerability;
import io.greenlane.gate.cosign.CosignSignature;
import io.greenlane.image.Digest;
import io.greenlane.image.ImageGoneException;
import io.greenlane.image.Platforms;
import io.greenlane.image.Push;
import io.greenlane.image.Registry;
import io.greenlane.image.RepositoryName;
import io.greenlane.image.Tag;
import io.greenlane.release.ApprovalToken;
import io.greenlane.release.Approvals;
import io.greenlane.release.Approvals.Answer;
import io.greenlane.release.GateOverride;
import io.greenlane.release.GateOverrides;
import io.greenlane.release.GateWait;
import io.greenlane.release.GateWaits;
import io.greenlane.release.HmacSeal;
import io.greenlane.release.KnownGood;
import io.greenlane.release.Operator;
import io.greenlane.release.OverriddenGate;
import io.greenlane.release.RollBack;
import io.greenlane.release.RollBacks;
import io.greenlane.release.Seal;
import io.greenlane.release.WaysBack;
import io.greenlane.release.World;
import io.greenlane.service.Overlap.Policy;
import io.greenlane.service.ServiceReference;
import io.greenlane.taskdefinition.CpuArchitecture;
import io.greenlane.validation.Alarms.Alarm;
import io.greenlane.validation.Alarms.State;
import io.greenlane.validation.source.Document;
import io.greenlane.validation.source.Documents.Lookup;
import java.time.Duration;
import java.time.Instant;
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

    private static final String RELEASE = "r-" + "0a".repeat(16);
    private static final String PROFILE = "arn:aws:signer:eu-west-1:111122223333:/signing-profiles/ci";
    private static final Instant FREEZE_ENDS = Instant.parse("2026-03-05T00:00:00Z");
    private static final String ALL = "{version: 1, scan: {wait: 3d}, signature: {signer_profiles: ['" + PROFILE
            + "'], wait: 3d}, alarms: {names: [errors], wait: 3d}, freeze: {dates: [{from: '2026-01-01T00:00',"
            + " to: '2026-03-05T00:00', zone: UTC, reason: all year}]}, approval: {wait: 3d}}";

    private static final Operator ADA = new Operator("Ada", "The shop is down.");

    private final World world = new World();
    private final GateWaits waits = new GateWaits(world.ledger());
    private final GateOverrides overrides = new GateOverrides(world.ledger());
    private final Approvals approvals = new Approvals(world.ledger());
    private final Map<String, Lookup> parameters = new HashMap<>();
    private final List<String> ringing = new ArrayList<>();
    private final List<SigningStatus> signatures = new ArrayList<>();
    private final List<CosignSignature> cosign = new ArrayList<>();
    private Scanned scanned = new Scanned.Awaited("not found");
    private @Nullable RuntimeException broken;
    private int revision = 12;
    private @Nullable Seal seal = new HmacSeal();
    private Platforms image = new Platforms(List.of("amd64"));

    private final Facts facts = new Facts() {
        @Override
        public List<Alarm> alarms(Candidate candidate, boolean ofDeploymentGroup, List<String> names) {
            return names.stream().map(name -> new Alarm(name, ringing.contains(name) ? State.ALARM : State.OK, ""))
                    .toList();
        }

        @Override
        public Production production(Candidate candidate) {
            return new Production("api:" + revision, List.of("registry/shop/api:v1"));
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

        @Override
        public List<CosignSignature> cosignSignatures(Candidate candidate) {
            return cosign;
        }
    };

    private Passage look(String eventId, ServiceReference... services) {
        return look(RELEASE, eventId, services);
    }

    private Passage look(String turnId, String eventId, ServiceReference... services) {
        Push push = new Push(new Registry("111122223333", "eu-west-1"), REPOSITORY,
                new Digest("sha256:" + "a".repeat(64)), new Tag("v1"), eventId, World.START);
        return new GateDesk(new GateFiles(uri -> Objects.requireNonNull(parameters.getOrDefault(uri.text(),
                new Lookup.NotThere("There is none"))), ""), facts, waits, overrides,
                new WaysBack(world.ledger(), world.releases(), world.groups()),
                new ApprovalCheck(approvals, seal, world.announcements(), null),
                world.clock).look(turnId, push, List.of(services), null);
    }

    /** Somebody approves what was told last. */
    private Answer approve() {
        return approvals.approve(ApprovalToken.parse(String.valueOf(world.announced.getLast().message().get("token"))),
                new Operator("Ada", "Looks good."), world.now);
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
        assertThat(waits.find(RELEASE)).isNull();
    }

    @Test
    void deadlines_count_from_the_first_look_that_had_to_wait() {
        gates("api", "{version: 1, alarms: {names: [errors]}}");
        ringing.add("errors");
        assertThat(look()).isInstanceOf(Passage.Waiting.class);
        world.pass(Duration.ofMinutes(29));
        assertThat(look()).isInstanceOf(Passage.Waiting.class);
        assertThat(waits.find(RELEASE)).extracting(GateWait::since).isEqualTo(World.START);
        assertThat(waits.find(RELEASE)).extracting(GateWait::sentence).asString()
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
        assertThat(waits.find(RELEASE)).isNull();

        world.pass(Duration.ofHours(2));
        ringing.add("errors");
        assertThat(look()).isInstanceOf(Passage.Waiting.class);
    }

    /** In whatever order the scan, the signature, the quiet, the end of the freeze and the approval come. */
    @Test
    void the_way_opens_with_the_last_of_what_is_waited_for_in_every_order() {
        int orders = 0;
        for (List<Integer> order : orders(List.of(0, 1, 2, 3, 4))) {
            GateDeskTest one = new GateDeskTest();
            List<Runnable> events = one.events(new Scanned.Complete(List.of()));
            assertThat(one.look()).isInstanceOf(Passage.Waiting.class);
            for (int event : order) {
                events.get(event).run();
                one.world.pass(Duration.ofMinutes(1));
                boolean last = event == order.get(4);
                assertThat(one.look()).as("%s after %s", order, event)
                        .isInstanceOf(last ? Passage.Open.class : Passage.Waiting.class);
            }
            assertThat(one.world.announced).as("%s", order).hasSize(1);
            orders++;
        }
        assertThat(orders).isEqualTo(120);
    }

    private List<Runnable> events(Scanned scan) {
        gates("api", ALL);
        ringing.add("errors");
        return List.of(() -> scanned = scan,
                () -> signatures.add(new SigningStatus(PROFILE, SigningStatus.State.COMPLETE, "")), ringing::clear,
                () -> world.now = FREEZE_ENDS, this::approve);
    }

    /** Once something speaks against the release, nothing that comes later opens the way. */
    @Test
    void whatever_blocks_closes_the_way_from_when_it_is_known_in_every_order() {
        for (List<Integer> order : orders(List.of(0, 1, 2, 3, 4))) {
            GateDeskTest one = new GateDeskTest();
            List<Runnable> events = one.events(
                    new Scanned.Complete(List.of(new Vulnerability("CVE-1", Severity.CRITICAL))));
            boolean known = false;
            assertThat(one.look()).isInstanceOf(Passage.Waiting.class);
            for (int event : order) {
                events.get(event).run();
                known |= event == 0;
                assertThat(one.look()).as("%s after %s", order, event)
                        .isInstanceOf(known ? Passage.Closed.class : Passage.Waiting.class);
            }
        }
    }

    @Test
    void an_approval_is_for_one_change_of_one_release() {
        gates("api", "{version: 1, approval: {}}");
        look();
        approve();
        assertThat(look().sentence()).contains("Gate approval: approved by Ada at 2026-03-04T05:06:07Z (Looks good.)");

        revision = 13;
        assertThat(look().sentence()).contains("nobody has approved it yet",
                "what would start is not what was asked for before: shop/shop-api: instead of registry/shop/api:v1 in"
                        + " api:13");
        assertThat(world.announced).hasSize(2);
        revision = 12;
        assertThat(look()).as("approved before production moved there and back").isInstanceOf(Passage.Waiting.class);
        assertThat(world.announced).hasSize(3);
        approve();
        assertThat(look()).isInstanceOf(Passage.Open.class);
    }

    @Test
    void an_approval_is_asked_for_until_its_deadline_and_what_was_approved_before_stands_after_it() {
        gates("api", "{version: 1, alarms: {names: [errors], wait: 7d}, approval: {wait: 1h}}");
        ringing.add("errors");
        look();
        world.pass(Duration.ofMinutes(59));
        assertThat(look()).isInstanceOf(Passage.Waiting.class);
        approve();
        world.pass(Duration.ofDays(2));
        ringing.clear();
        assertThat(look()).isInstanceOf(Passage.Open.class);
    }

    @Test
    void nobody_is_asked_after_the_deadline() {
        gates("api", "{version: 1, approval: {wait: 1h}}");
        look();
        revision = 13;
        world.pass(Duration.ofHours(1));

        assertThat(look()).isEqualTo(new Passage.Closed("Gate approval: nobody approved it until 2026-03-04T06:06:07Z:"
                + " push again when somebody can."));
        assertThat(world.announced).hasSize(1);
    }

    @Test
    void a_refusal_closes_the_way_whatever_the_change_is_by_then() {
        gates("api", "{version: 1, approval: {}}");
        look();
        approvals.refuse(RELEASE, new Operator("Bob", "Not today."), world.now);
        revision = 13;

        assertThat(look()).isEqualTo(new Passage.Closed(
                "Gate approval: refused by Bob at 2026-03-04T05:06:07Z (Not today.)."));
        assertThat(world.announced).hasSize(1);
    }

    @Test
    void a_message_that_could_not_be_sent_is_sent_at_a_later_look_by_one_who_waits() {
        gates("api", "{version: 1, approval: {}}");
        world.channelOpen = false;
        assertThat(look().sentence()).contains("and the message is still to be sent");
        world.channelOpen = true;
        assertThat(look().sentence()).as("another member of a group looks at once").contains("still to be sent");
        world.pass(Duration.ofMinutes(5));
        assertThat(look().sentence()).doesNotContain("still to be sent");
        look();
        assertThat(world.announced).hasSize(1);
    }

    @Test
    void what_the_ledger_has_without_the_code_of_the_key_does_not_count() {
        gates("api", "{version: 1, approval: {}}");
        look();
        seal = new HmacSeal();
        approve();

        assertThat(look().sentence()).startsWith("Gate approval: the ledger has it as approved by Ada at ")
                .contains("without the code of a token");
    }

    @Test
    void without_a_key_there_are_no_approvals() {
        gates("api", "{version: 1, approval: {}}");
        seal = null;

        assertThat(look().sentence()).contains("deploy it with the parameter Approvals=true");
        assertThat(world.announced).isEmpty();
    }

    @Test
    void a_group_is_approved_once_within_the_shortest_wait_and_with_all_it_changes() {
        gates("api", "{version: 1, approval: {}}");
        gates("worker", "{version: 1, approval: {wait: 2h}}");

        assertThat(look("event-1", WORKER, World.SHOP).sentence()).containsOnlyOnce("Gate approval")
                .contains("waits for it until 2026-03-04T07:06:07Z");
        assertThat(world.announced).singleElement().satisfies(told -> assertThat(
                String.valueOf(told.message().get("change")).lines()).hasSize(3).anyMatch(
                        line -> line.startsWith("shop/shop-api: "))
                .anyMatch(
                        line -> line.startsWith("shop/shop-worker: ")));
        assertThat(look("event-1", World.SHOP, WORKER).sentence()).as("in another order").doesNotContain("since what");
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
        rollBackTo('a');
        assertThat(look(Push.OPERATOR + "1", World.SHOP)).isEqualTo(new Passage.Open(
                "What production goes back to passes every gate: Ada rolls shop/shop-api back (The shop is down.)."));
        assertThat(look()).isInstanceOf(Passage.Closed.class);
    }

    @Test
    void it_passes_in_a_release_too_that_a_push_began_and_an_operator_joined() {
        gates("api", "{version: 1, platform: false, alarms: {names: [errors]}}");
        ringing.add("errors");
        String release = begin("event-1");
        assertThat(look(release, "event-1", World.SHOP)).isInstanceOf(Passage.Waiting.class);
        rollBackTo('a');
        assertThat(look(release, "event-1", World.SHOP)).as("nobody has joined").isInstanceOf(Passage.Waiting.class);
        assertThat(begin(Push.OPERATOR + "1")).isEqualTo(release);
        assertThat(look(release, "event-1", World.SHOP)).isEqualTo(new Passage.Open(
                "What production goes back to passes every gate: Ada rolls shop/shop-api back (The shop is down.)."));
        ringing.clear();
        assertThat(look(release, "event-1", World.SHOP).sentence()).as("it needs no way back")
                .isEqualTo("Gate alarms: none of 1 rings.");
    }

    private String begin(String eventId) {
        return Objects.requireNonNull(world.admissionDesk().ask(World.push('a', eventId, World.START), World.SHOP,
                World.execution(eventId), Policy.NEWEST_WINS, null, null).releaseId());
    }

    @Test
    void an_event_that_says_so_alone_opens_no_gate() {
        gates("api", "{version: 1, alarms: {names: [errors]}}");
        String said = "The event says that an operator goes back to the image, and the ledger knows of no roll-back to it that"
                + " is still to be done, so its gates hold it as they hold a push; ./operate roll-back goes back.";
        for (boolean toAnother : new boolean[]{false, true}) {
            if (toAnother) {
                rollBackTo('b');
            }
            image = new Platforms(List.of("arm64"));
            assertThat(look(Push.OPERATOR + "1", World.SHOP)).isInstanceOfSatisfying(Passage.Closed.class,
                    closed -> assertThat(closed.sentence()).startsWith("Gate platform: ").endsWith(". " + said));
            image = new Platforms(List.of("amd64"));
            ringing.add("errors");
            assertThat(look(Push.OPERATOR + "1", World.SHOP)).isInstanceOfSatisfying(Passage.Waiting.class,
                    waiting -> assertThat(waiting.sentence()).startsWith("Gate alarms: ").endsWith(". " + said));
            ringing.clear();
            assertThat(look(Push.OPERATOR + "1", World.SHOP).sentence())
                    .isEqualTo("Gate platform: the image is built for amd64; Gate alarms: none of 1 rings.");
        }
    }

    private void rollBackTo(char digest) {
        KnownGood target = new KnownGood(REPOSITORY, World.digest(digest), new Tag("v1"), null, RELEASE, null,
                World.START.minusSeconds(60));
        new RollBacks(world.ledger()).begin(World.SHOP, new RollBack(ADA, world.now, null, null,
                new RollBack.Way.Again(target, world.now)));
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
                .contains("Gate signature", "Gate freeze", "Gate approval").doesNotContain("Gate scan", "Gate alarms"));
        override('a', "signature", "freeze", "approval");
        assertThat(look()).isInstanceOfSatisfying(Passage.Open.class, open -> assertThat(open.overridden())
                .extracting(OverriddenGate::gate)
                .containsExactly("scan", "signature", "alarms", "freeze", "approval"));
        assertThat(waits.find(RELEASE)).isNull();
    }

    @Test
    void nobody_is_asked_for_an_approval_that_is_overridden() {
        gates("api", "{version: 1, approval: {}}");
        override('a', "approval");

        assertThat(look()).isInstanceOf(Passage.Open.class);
        assertThat(world.announced).isEmpty();
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
