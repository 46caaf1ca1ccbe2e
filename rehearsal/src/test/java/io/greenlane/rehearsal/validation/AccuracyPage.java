package io.greenlane.rehearsal.validation;

import io.greenlane.sample.Behaviour;
import io.greenlane.validation.Result;
import io.greenlane.validation.rules.ValidationRules;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What docs/validation-accuracy.md shows.
 *
 * @param identical green is the same image as blue
 * @param deterministic faults that every answer of some kind shows
 * @param statistical faults that many answers show only together
 * @param plain faults that need no comparison
 * @param disturbed green is the same image as blue, under conditions that are not calm
 * @param trialsOfPower on which each of the powers rests
 * @param powers how often an effect of some size is found
 * @param late behind a test listener that is late
 * @param tooLate behind one that is later than the proof waits for
 */
record AccuracyPage(Trials identical, List<Trials> deterministic, List<Trials> statistical, List<Trials> plain,
        List<Trials> disturbed, int trialsOfPower, List<Power> powers,
        List<LateTrials> late, Trials tooLate) {
    /** Trials in the tables without power, when nothing else is asked for. */
    static final int USUAL_RUNS = 1000;

    private static final Duration SHORT_WAIT = Duration.ofSeconds(20);
    private static final String COMMAND = "./mvnw -pl rehearsal -am test -Dtest=ValidationAccuracyTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false";
    private static final String CART = "GET /api/cart/5f3a91c2.C-1.2";
    private static final String DEFAULTS = """
            version: 1
            hooks:
              BeforeAllowTraffic: { analyses: [side-by-side] }
            analyses:
              side-by-side:
                traffic:
                  requests: [ GET /api/products, GET /api/products/A-1, GET /api/products/B-2, %s ]
                baseline: {}
            """.formatted(CART);
    private static final String NUMBERS = """
            version: 1
            hooks:
              BeforeAllowTraffic: { analyses: [side-by-side] }
            analyses:
              side-by-side:
                traffic: { requests: [ %s ], duration: %s }
                baseline: { compare: { status: false, headers: [], bodies: false } }
            """;
    private static final String CHECKS = """
            version: 1
            hooks:
              BeforeAllowTraffic: { checks: [page, health] }
            checks:
              page: { request: GET /, retry: { attempts: 5, every: 2s, in_a_row: 3 } }
              health: { request: GET /health }
            """;
    private static final List<Behaviour> DETERMINISTIC = List.of(Behaviour.WRONG_STATUS, Behaviour.MISSING_FIELD,
            Behaviour.NULL_LIST, Behaviour.CHANGED_ENUM, Behaviour.CHANGED_HEADER);
    private static final List<Behaviour> STATISTICAL = List.of(Behaviour.SLOW, Behaviour.ERRORS,
            Behaviour.MEMORY_GROWTH);
    private static final List<Behaviour> PLAIN = List.of(Behaviour.PAGE_500, Behaviour.UNHEALTHY,
            Behaviour.SLOW_START);

    /** Makes all trials: so many in the tables without power, and power in proportion. */
    static AccuracyPage of(int runs) {
        ValidationRules defaults = Rules.read(DEFAULTS);
        ValidationRules checks = Rules.read(CHECKS);
        ValidationRules numbers = Rules.read(NUMBERS.formatted(CART, "3m"));
        int few = Math.max(1, runs / 25);
        int many = Math.max(1, runs / 10);
        return new AccuracyPage(
                Trials.of("identical", defaults, Fault.NONE, Conditions.CALM, Math.max(1, runs / 5)),
                each(DETERMINISTIC, defaults, few), each(STATISTICAL, defaults, many), each(PLAIN, checks, few),
                Stream.of(Conditions.values()).filter(conditions -> conditions != Conditions.CALM)
                        .map(conditions -> Trials.of(conditions.words(), numbers, Fault.NONE, conditions, few))
                        .toList(),
                few, powers(few), LateTrials.all().toList(),
                LateTrials.trials(Lateness.TOLD_TOO_EARLY, LateTrial.Identity.NONE, SHORT_WAIT, true));
    }

    private static List<Power> powers(int trials) {
        String rules = NUMBERS.formatted(CART, "%dm");
        return Stream.concat(
                Stream.of(5, 10, 20, 50).map(percent -> Power.of("every answer " + percent + " % slower", rules,
                        Fault.slower(percent / 100.0), trials)),
                Stream.of(0.2, 0.5, 1.0, 2.0).map(percent -> Power.of(percent + " % of the answers are errors", rules,
                        Fault.errors(percent / 100), trials)))
                .toList();
    }

    private static List<Trials> each(List<Behaviour> behaviours, ValidationRules rules, int runs) {
        return behaviours.stream()
                .map(one -> Trials.of("`" + one.word() + "`", rules, Fault.of(one), Conditions.CALM, runs)).toList();
    }

    /** How many trials the tables without power rest on. */
    int runs() {
        return Stream.of(List.of(identical), deterministic, statistical, plain, disturbed).flatMap(List::stream)
                .mapToInt(Trials::runs).sum();
    }

    String text() {
        return """
                # How accurate a validation is

                %1$,d validations in virtual time, each with a seed of its own: the engine that runs in AWS, its rules read from a
                `validation.yaml`, against the code of the sample website (`io.greenlane.sample.Version`) with its natural noise:
                time stamps, ids and stock that differ from answer to answer, lists in any order, members that are there now and
                then, latencies with a median of 40 ms of which nineteen of twenty lie between 26 and 60 ms, and a network.
                The build runs them all and compares every figure. Drawn anew with

                ```
                %2$s -Dgreenlane.draw=true
                ```

                `-Dgreenlane.runs=10000` in place of it makes ten times as many; that page is written to
                `rehearsal/target/validation-accuracy.md`. Percentages come with their interval (Wilson, confidence 95 %%).
                Only FAIL counts as found; INCONCLUSIVE stops a deployment too, and is shown apart.

                ## At default settings

                ```yaml
                %3$s```

                Nothing else is set: 10 requests a second to each side for three minutes (1,800 answers of each), confidence 99 %%,
                100 pairs of blue with blue to learn its noise, latency may grow by 10 %% or 5 ms, errors may not.

                | Green | Runs | PASS | WARN | INCONCLUSIVE | FAIL | False alarms |
                |---|--:|--:|--:|--:|--:|--:|
                %4$s
                | Green | Runs | PASS | WARN | INCONCLUSIVE | FAIL | Found |
                |---|--:|--:|--:|--:|--:|--:|
                %5$s
                The first five are deterministic: every answer of some kind is wrong. The other three are statistical: `slow` takes 20 %%
                longer, `errors` answers 500 once in a hundred, `memory-growth` becomes slower with each answer. Three more need no
                comparison; a check of the page and of the health finds them:

                | Green | Runs | PASS | WARN | INCONCLUSIVE | FAIL | Found |
                |---|--:|--:|--:|--:|--:|--:|
                %6$s
                ## When it is not calm

                The same image on both sides, with something that disturbs both. Blue and green are asked within 50 ms of each other, in
                random order, so whatever comes and goes with time meets both alike: that is why a load that grows over the
                run makes no difference between them. Only numbers are compared here, and they get the whole chance of a false
                alarm.

                | What happens | Runs | PASS | WARN | INCONCLUSIVE | FAIL | False alarms |
                |---|--:|--:|--:|--:|--:|--:|
                %7$s
                ## What it takes to find an effect

                How many of %8$d validations fail, by how long the traffic lasts at 10 requests a second (one request line, numbers
                only; a field is empty where less was enough to find all).

                | Effect | 600 answers each | 1,800 | 5,400 |
                |---|--:|--:|--:|
                %9$s
                ## What it does not find, and why

                - Growth within what is allowed: 5 %% and 10 %% more latency are below the limit (10 %%, or 5 ms where that is more, which
                  is 12.5 %% of 40 ms), so finding them would be a false alarm. Lower `max_increase` and `ignore_below` to have them found.
                - Few errors: where blue has none, it takes nine errors of green to be sure. At 1 %%, 1,800 answers have 18 on average
                  and fewer than nine once in 140 runs; 600 answers have 6. That is why three minutes are the default. Errors of
                  0.2 %% need more traffic: raise `rate` or `duration`.
                - What no request of the body touches, and what only writes show: a comparison sends GET and HEAD alone.
                - What comes later than the traffic lasts, such as a leak that takes hours. `AfterAllowTraffic` with alarms is for that.
                - Words of a page: bodies that are no JSON are not compared.

                ## A test listener that is late

                Another %10$,d validations behind a test listener that goes on sending requests to blue for up to 60 seconds after the hook
                has begun, %11$,d seeds of each kind, with a green that is broken: its page answers 500, or its products have no price.
                The target health flaps in the first minute of every other trial. Beside it a green that is well, and as a yardstick
                what public samples do: sleep ten seconds, ask for the page once, pass if it answers 200; blue's page does.

                | The test listener | Answers say their version | broken: PASS | INCONCLUSIVE | FAIL | well: PASS | the sleeping hook passes the broken page |
                |---|---|--:|--:|--:|--:|--:|
                %12$s
                An answer that says in a header which version gave it is proof in itself. Where answers do not, nothing that can be
                asked from outside shows which version gave one: the load balancer tells its settings, and another request may
                take another node or another rule. So such an answer counts only once the load balancer has said for 60 seconds
                without a break that it forwards to green alone. What remains is a load balancer that is later than that. Where
                `ready_within` is shorter than two minutes, half of it is all that is waited: with 20 seconds, of %11$,d broken greens
                behind a listener that says so up to 60 seconds too early and answers that say nothing, %13$,d pass. Name an
                `identity` in a header and there is nothing to wait for.
                """
                .formatted(runs(), COMMAND, DEFAULTS, identical.line(Result.FAIL),
                        lines(Stream.concat(deterministic.stream(), statistical.stream())), lines(plain.stream()),
                        lines(disturbed.stream()), trialsOfPower, powers.stream()
                                .map(Power::line).collect(Collectors.joining()),
                        2 * late.size() * LateTrials.SEEDS, LateTrials.SEEDS,
                        late.stream().map(LateTrials::line).collect(Collectors.joining()), tooLate.count(Result.PASS));
    }

    private static String lines(Stream<Trials> trials) {
        return trials.map(one -> one.line(Result.FAIL)).collect(Collectors.joining());
    }
}
