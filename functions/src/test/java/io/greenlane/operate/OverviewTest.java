package io.greenlane.operate;

import static io.greenlane.release.World.SHOP;
import static io.greenlane.release.World.START;
import static io.greenlane.release.World.digest;
import static io.greenlane.release.World.execution;
import static io.greenlane.release.World.push;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.deployment.Site;
import io.greenlane.image.Digest;
import io.greenlane.image.Push;
import io.greenlane.release.Difference;
import io.greenlane.release.Drifts;
import io.greenlane.release.GateOverride;
import io.greenlane.release.GateOverrides;
import io.greenlane.release.Operator;
import io.greenlane.release.Outcome;
import io.greenlane.release.OutcomeDesk.Verdict;
import io.greenlane.release.OverriddenGate;
import io.greenlane.release.Quarantined;
import io.greenlane.release.RollBack;
import io.greenlane.release.RollBacks;
import io.greenlane.service.Overlap.Policy;
import io.greenlane.service.ServiceNotDeployableException;
import io.greenlane.service.ServiceReference;
import io.greenlane.service.ServiceTopology;
import io.greenlane.service.TaskSet;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OverviewTest {
    private static final Operator ADA = new Operator("Ada", "Frozen until Monday.");

    private final Site site = new Site();
    private @Nullable Digest serving = digest('a');
    private boolean deployable = true;

    private List<String> lines() {
        return new Overview(site.world.ledger(), site.deployments(), this::topology, site.world.clock).of(SHOP);
    }

    private List<String> lines(String name) {
        return lines().stream().filter(line -> line.startsWith(name + " ")).toList();
    }

    private ServiceTopology topology(ServiceReference reference) {
        if (!deployable) {
            throw new ServiceNotDeployableException("There is no such group.");
        }
        return new ServiceTopology(reference, 2,
                new TaskSet("ecs-svc/1", "arn:6", "arn:tg/blue", null, null, List.of()),
                List.of(), "arn:listener/80", "arn:listener/8080", URI.create("http://127.0.0.1:8080"), "api", 8080,
                serving);
    }

    private void ends(Push push, String execution) {
        site.world.outcomeDesk().record(push, SHOP, execution(execution),
                new Verdict(Outcome.DEPLOYED, "It serves.", "d-" + execution));
    }

    @Test
    void a_service_with_nothing_special_takes_four_lines() {
        assertThat(lines()).containsExactly("service      shop/shop-api", "production   " + digest('a'),
                "hold         none", "running      " + site.release + " of " + digest('a')
                        + ", pushed at 2026-03-04T05:06:07Z, no deployment yet");
        site.world.queue().leave(SHOP, site.release);
        assertThat(lines("running")).containsExactly("running      nothing");
    }

    @Test
    void gates_that_are_overridden_are_shown_and_those_that_the_running_release_passed_so() {
        new GateOverrides(site.world.ledger()).override(SHOP, new GateOverride(digest('b'), List.of("scan"), ADA, START,
                START.plusSeconds(60)), null);
        site.world.releases().override(site.release, List.of(new OverriddenGate("freeze", "all year", ADA)));
        assertThat(lines("break-glass")).containsExactly("break-glass  gate scan of " + digest('b')
                + " overridden by Ada until 2026-03-04T05:07:07Z, or until it has been deployed once (Frozen until"
                + " Monday.)");
        assertThat(lines("running")).singleElement().asString().endsWith(
                "no deployment yet. Gate freeze was overridden by Ada (Frozen until Monday.): all year.");
    }

    @Test
    void the_running_release_is_shown_with_its_deployment() {
        String id = Objects.requireNonNull(site.look(0, "token-0").deploymentId());
        assertThat(lines("running")).singleElement().asString().endsWith(", deployment " + id + " IN_PROGRESS");
        site.codeDeploy.shifts(id);
        assertThat(lines("running")).singleElement().asString()
                .endsWith(", deployment " + id + " IN_PROGRESS, production moved, blue is kept for a while");
        site.codeDeploy.forgets(id);
        assertThat(lines("running")).singleElement().asString().endsWith(", deployment " + id);
    }

    @Test
    void who_waits_is_shown() {
        String next = site.overtake(Policy.QUEUE).releaseId();
        assertThat(lines("waiting")).containsExactly(
                "waiting      " + next + " of " + digest('b') + ", pushed at 2026-03-04T05:06:08Z");
    }

    @Test
    void what_production_runs_is_named_by_its_tag_when_a_release_brought_it() {
        site.look(0, "token-0");
        ends(Site.PUSH, "one");
        assertThat(lines("production")).containsExactly("production   " + digest('a') + " va");
        assertThat(lines("good")).containsExactly("good         " + digest('a')
                + " va, deployed at 2026-03-04T05:06:07Z as " + Site.REVISION);
        serving = digest('b');
        assertThat(lines("production")).containsExactly("production   " + digest('b'));
        serving = null;
        assertThat(lines("production")).containsExactly("production   an image that is named by its tag");
        deployable = false;
        assertThat(lines("production")).containsExactly("production   unknown: There is no such group.");
    }

    @Test
    void what_people_did_is_shown_with_name_and_reason() {
        site.world.queue().hold(SHOP, ADA, START);
        site.world.quarantine().put(SHOP, new Quarantined(digest('c'), START, "Bob", "Carts are empty.", null, null));
        new RollBacks(site.world.ledger()).begin(SHOP,
                new RollBack(ADA, START, null, null, new RollBack.Way.Stop("d-2")));
        assertThat(lines("hold"))
                .containsExactly("hold         by Ada since 2026-03-04T05:06:07Z: Frozen until Monday.");
        assertThat(lines("quarantine")).containsExactly("quarantine   " + digest('c')
                + " since 2026-03-04T05:06:07Z: Bob rolled it back: Carts are empty.");
        assertThat(lines("rolled back")).containsExactly("rolled back  at 2026-03-04T05:06:07Z by Ada (Frozen until"
                + " Monday.): Deployment d-2 is stopped and rolled back.");
        assertThat(lines("operator")).containsExactly("operator     2026-03-04T05:06:07Z Ada (Frozen until Monday.):"
                + " shop/shop-api is held: pushes end HELD until somebody lifts the hold with ./operate unhold.");
    }

    @Test
    void what_others_changed_is_shown_once_a_second_look_has_found_it() {
        Drifts drifts = new Drifts(site.world.ledger());
        List<Difference> found = List.of(new Difference(Difference.Kind.REVISION, "arn:6", "arn:7", "Changed."));
        drifts.found(SHOP, found, START);
        assertThat(lines("drift")).isEmpty();
        drifts.found(SHOP, found, START.plusSeconds(300));
        assertThat(lines("drift")).containsExactly("drift        since 2026-03-04T05:06:07Z: Changed.");
        drifts.accept(SHOP, ADA, START.plusSeconds(301));
        assertThat(lines("drift")).containsExactly(
                "drift        since 2026-03-04T05:06:07Z, accepted at 2026-03-04T05:11:08Z: Changed.");
    }

    @Test
    void of_all_that_grows_the_last_ten_are_shown() {
        ends(Site.PUSH, "one");
        for (int i = 0; i < 6; i++) {
            site.world.pass(Duration.ofMinutes(1));
            site.world.queue().hold(SHOP, ADA, site.world.now);
            site.world.queue().unhold(SHOP, ADA, site.world.now);
        }
        for (char digest : "0123456789".toCharArray()) {
            site.world.pass(Duration.ofMinutes(1));
            Push push = push(digest, "event-" + digest, site.world.now);
            site.world.admissionDesk().ask(push, SHOP, execution("e" + digest), Policy.NEWEST_WINS, null, null);
            ends(push, "e" + digest);
        }
        assertThat(lines("operator")).hasSize(10).first().asString().contains("2026-03-04T05:08:07Z Ada");
        assertThat(lines("good")).hasSize(10).last().asString().startsWith("good         " + digest('0') + " v0");
    }
}
