package io.greenlane.rehearsal.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.rehearsal.chaos.Chaos;
import io.greenlane.rehearsal.chaos.ChaosPlan;
import io.greenlane.rehearsal.chaos.PlannedFault.Kind;
import io.greenlane.rehearsal.chaos.Strike;
import io.greenlane.rehearsal.codedeploy.CodeDeployBehaviour;
import io.greenlane.rehearsal.events.EventSwitches;
import io.greenlane.rehearsal.events.EventSwitches.ExecutionNames;
import io.greenlane.rehearsal.release.SampleSite;
import io.greenlane.rehearsal.release.SampleSite.Version;
import io.greenlane.rehearsal.release.ShortestValidation;
import io.greenlane.rehearsal.release.WarmFunctions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * The story of {@code ./rehearse --chaos SEED} in virtual time and without processes, for many seeds:
 * {@code -Dgreenlane.chaos=N} for that many, from {@code -Dgreenlane.seed=S} on.
 */
class ChaosTest {
    private static final long FIRST = Long.getLong("greenlane.seed", 1);
    private static final long SEEDS = Long.getLong("greenlane.chaos", 3);
    private static final List<Act> STORY = List.of(new Act("v2", SampleSite.GOOD, "DEPLOYED"),
            new Act("v3", SampleSite.BAD_PAGE, "ROLLED_BACK"), new Act("v4", SampleSite.CRASHING, "ROLLED_BACK"),
            new Act("v5", SampleSite.GOOD, "DEPLOYED"));

    /** A run of the sweep, and the time that an event is given. */
    private static final Duration EVENTS_ARE_FOUND = Duration.ofMinutes(8);

    private record Act(String tag, Version version, String outcome) {}

    @Test
    void the_same_seed_plans_the_same_and_another_one_does_not() {
        assertThat(ChaosPlan.of(7, 6)).isEqualTo(ChaosPlan.of(7, 6)).isNotEqualTo(ChaosPlan.of(8, 6));
        assertThat(LongStream.range(0, 500).mapToObj(seed -> ChaosPlan.of(seed, 6)))
                .allSatisfy(plan -> assertThat(plan.faults()).doesNotHaveDuplicates().hasSizeGreaterThan(30));
    }

    @Test
    void whatever_is_planned_every_push_ends_as_it_should_and_production_never_notices() {
        WarmFunctions functions = new WarmFunctions();
        long struck = 0;
        for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
            struck += play(ChaosPlan.of(seed, STORY.size()), functions);
        }
        System.out.printf("%d rehearsals with faults from seed %d on: %d pushes, %d faults struck, 0 failed visits%n",
                SEEDS, FIRST, SEEDS * STORY.size(), struck);
    }

    private static long play(ChaosPlan plan, WarmFunctions functions) {
        Chaos chaos = new Chaos(plan);
        SampleSite site = new SampleSite(CodeDeployBehaviour.DEFAULT,
                new EventSwitches(chaos, ExecutionNames.EVENT_ID),
                Map.of("TerminationWaitMinutes", "5", "ValidationSource", ShortestValidation.SOURCE), plan.seed(),
                functions);
        ShortestValidation.keep(site);
        Observation seen = new Observation(site, false);
        Violations violations = new Violations();
        seen.tell(new ProductionPromises(site, seen, violations));
        seen.tell(new LedgerPromises(seen, violations));
        seen.tell(new DeploymentPromises(site, seen, violations, false));
        site.cloud.disturb(chaos);
        String good = site.firstDigest;
        for (Act act : STORY) {
            if (chaos.deploysByHand()) {
                site.deployByHand(site.service().taskSets().getFirst().taskDefinition());
            }
            String digest = site.push(act.tag(), act.version());
            good = act.outcome().equals("DEPLOYED") ? digest : good;
            site.cloud.timeline.advance(EVENTS_ARE_FOUND);
            site.settle();
        }
        long doubled = chaos.strikes().stream().filter(it -> it.fault().kind() == Kind.EVENT_TWICE).count();
        new QuietPromises(site, seen, violations, true, doubled).check(good);
        String what = "seed " + plan.seed() + ", struck: "
                + chaos.strikes().stream().map(Strike::toString).toList();
        assertThat(violations.all()).as(what).isEmpty();
        assertThat(STORY).as(what).allSatisfy(
                act -> assertThat(outcomes(seen, act.tag())).as(act.tag()).containsExactly(act.outcome()));
        assertThat(site.failedVisits()).as(what).isZero();
        assertThat(site.servedAt(SampleSite.PRODUCTION)).as(what).containsExactly(good);
        return chaos.strikes().size();
    }

    /** What became of a push, besides that it was told of twice. */
    private static List<String> outcomes(Observation seen, String tag) {
        return seen.ledger().stream().filter(item -> tag.equals(item.text("push", "tag"))).map(LedgerItem::outcome)
                .map(String::valueOf).filter(outcome -> !outcome.equals("DUPLICATE")).toList();
    }
}
