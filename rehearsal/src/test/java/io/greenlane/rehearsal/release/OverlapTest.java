package io.greenlane.rehearsal.release;

import static io.greenlane.rehearsal.release.SampleSite.GOOD;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.rehearsal.cloud.Journal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A push at every moment at which something happens in the release before it, under each policy: every push has its one outcome,
 * production ends where the policy says, no visitor notices, and production never moves to what has been overtaken.
 */
@Execution(ExecutionMode.CONCURRENT)
class OverlapTest {
    /** As little as shows every step. */
    static final String RULES = """
            version: 1
            hooks:
              AfterAllowTestTraffic: { checks: [page], ready_within: 1m }
              BeforeAllowTraffic: { checks: [page], ready_within: 1m }
            checks:
              page: { request: GET /, expect: { status: 200 } }
            """;
    /** After so many pushes a new site costs less than all that the old one remembers. */
    private static final int PUSHES_PER_SITE = 20;

    private final WarmFunctions functions = new WarmFunctions();
    private final Map<String, Integer> endings = new TreeMap<>();
    private String policy = "";
    private SampleSite site = site("newest-wins");
    private int pushes;

    private SampleSite site(String policy) {
        SampleSite site = new SampleSite(Map.of("Overlap", policy, "TerminationWaitMinutes", "1"), functions);
        site.validateBy(RULES);
        site.cloud.journal.follow(entry -> assertWanted(site, entry));
        return site;
    }

    /** When production moves to green, its release has its turn, is cleared and has not been overtaken. */
    private static void assertWanted(SampleSite site, Journal.Entry entry) {
        if (!entry.kind().equals("TrafficShifted") || !"production".equals(entry.facts().get("route"))
                || "0".equals(entry.facts().get("greenPercent"))) {
            return;
        }
        site.ledger().stream().filter(item -> text(item, "id").startsWith("service#") && item.containsKey("running"))
                .map(head -> members(head, "running")).forEach(running -> {
                    Map<String, AttributeValue> release = site.ledger().stream()
                            .filter(item -> text(item, "id").equals("release#" + text(running, "releaseId")))
                            .findFirst().orElseThrow();
                    if (entry.subject().equals(text(members(release, "launch"), "deploymentId"))) {
                        assertThat(running).as(entry.sentence()).containsKey("cleared")
                                .doesNotContainKey("overtakenBy");
                    }
                });
    }

    private static String text(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        return value == null || value.s() == null ? "" : value.s();
    }

    private static Map<String, AttributeValue> members(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        return value == null ? Map.of() : value.m();
    }

    @ParameterizedTest
    @ValueSource(strings = {"newest-wins", "queue", "refuse"})
    void a_push_at_every_moment_of_the_release_before_it(String overlap) {
        policy = overlap;
        site = site(policy);
        int moment = 1;
        while (pushesAt(moment)) {
            moment++;
        }
        assertThat(moment).isGreaterThan(15);
        System.out.println("overlap " + policy + ": a push at each of " + moment + " moments: " + endings);
    }

    /** Whether the release before it was still open then. */
    private boolean pushesAt(int moment) {
        if (pushes > PUSHES_PER_SITE) {
            pushes = 0;
            site = site(policy);
        }
        SampleSite here = site;
        String before = here.push("v" + (2 + pushes++), GOOD);
        AtomicBoolean open = new AtomicBoolean();
        Then then = new Then(moment, () -> {
            open.set(outcomes(before).isEmpty());
            return here.push("v" + (2 + pushes++), GOOD);
        });
        here.cloud.journal.follow(then);
        here.cloud.timeline.runUntil(() -> then.pushed != null || (then.moment > 0 && !outcomes(before).isEmpty()),
                Duration.ofHours(1));
        String after = then.pushed == null ? here.push("v" + (2 + pushes++), GOOD) : then.pushed;
        then.moment = 0;
        here.settle();
        judge(before, after);
        return open.get();
    }

    private void judge(String before, String after) {
        List<String> outcomes = List.of(one(before), one(after));
        endings.merge(String.join(", ", outcomes), 1, Integer::sum);
        boolean moved = !outcomes.get(0).equals("SUPERSEDED");
        assertThat(outcomes).isIn(switch (policy) {
            case "newest-wins" -> List.of(List.of("SUPERSEDED", "DEPLOYED"), List.of("DEPLOYED", "DEPLOYED"));
            case "queue" -> List.of(List.of("DEPLOYED", "DEPLOYED"));
            default -> List.of(List.of("DEPLOYED", "REJECTED"), List.of("DEPLOYED", "DEPLOYED"));
        });
        assertThat(served(before)).isEqualTo(moved);
        site.assertAtRest(outcomes.get(1).equals("DEPLOYED") ? after : before);
        assertThat(site.messages().stream().filter(message -> List.of(before, after).contains(
                message.at("/push/digest").asText()))).hasSize(2);
    }

    private String one(String digest) {
        assertThat(outcomes(digest)).hasSize(1);
        return outcomes(digest).getFirst();
    }

    private List<String> outcomes(String digest) {
        return site.ledger().stream().filter(item -> text(item, "id").startsWith("release#"))
                .filter(item -> text(members(item, "push"), "digest").equals(digest) && item.containsKey("ending"))
                .map(item -> text(members(item, "ending"), "outcome")).toList();
    }

    /** Whether a deployment of the image succeeded; deployments are named after what they bring. */
    private boolean served(String digest) {
        return site.deployments().stream()
                .filter(it -> Objects.requireNonNullElse(it.description(), "").contains(digest))
                .anyMatch(it -> it.statusAsString().equals("Succeeded"));
    }

    /** Pushes at the n-th moment at which something happens. */
    private final class Then implements Consumer<Journal.Entry> {
        private int moment;
        private final Supplier<String> push;
        private @Nullable Instant last;
        private @Nullable String pushed;

        Then(int moment, Supplier<String> push) {
            this.moment = moment;
            this.push = push;
        }

        @Override
        public void accept(Journal.Entry entry) {
            if (moment > 0 && !entry.time().equals(last)) {
                last = entry.time();
                moment--;
                if (moment == 0) {
                    site.cloud.timeline.after(Duration.ZERO, () -> pushed = push.get());
                }
            }
        }
    }
}
