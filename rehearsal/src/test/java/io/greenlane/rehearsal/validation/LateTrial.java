package io.greenlane.rehearsal.validation;

import io.greenlane.probe.Answer;
import io.greenlane.probe.Request;
import io.greenlane.sample.Behaviour;
import io.greenlane.validation.Bench;
import io.greenlane.validation.Conclusion;
import io.greenlane.validation.HookEvent;
import io.greenlane.validation.rules.ValidationRules;
import io.greenlane.validation.run.Progress;
import io.greenlane.validation.run.Validation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;

/** One validation behind a test listener that is late; the same seed makes the same trial. */
record LateTrial(Lateness lateness, Identity identity, long seed) {
    private static final Duration LONGEST = Duration.ofMinutes(50);

    /** How an answer says which version gave it. */
    enum Identity {
        /** Every answer has a header. */
        HEADER("in a header", "identity: { request: GET /version, header: x-version, equals: \"{{image.tag}}\" }"),
        /** Only one page has that header. */
        HEADER_OF_ONE_PAGE("in a header of one page", HEADER.yaml),
        /** The body of one page says it. */
        PATH("in the body of one page",
                "identity: { request: GET /version, json: $.version, equals: \"{{image.tag}}\" }"),
        /** Nothing says it. */
        NONE("not at all", "");

        private final String words;
        private final String yaml;

        Identity(String words, String yaml) {
            this.words = words;
            this.yaml = yaml;
        }

        /** As it stands in a table. */
        String words() {
            return words;
        }

        /** Two checks: of the page, and of a field of a product. */
        ValidationRules rules(Duration readyWithin) {
            return Rules.read("""
                    version: 1
                    %s
                    hooks:
                      AfterAllowTestTraffic: { checks: [page, product], ready_within: %ds }
                    checks:
                      page: { request: GET / }
                      product:
                        request: GET /api/products/A-1
                        expect: { json: [ { path: $.product.price.amount, exists: true } ] }
                    """.formatted(yaml, readyWithin.toSeconds()));
        }
    }

    /** What ours says about green; broken is its page in every other trial, and a field of its products in the rest. */
    Conclusion ours(ValidationRules rules, boolean broken) {
        SplittableRandom seeds = new SplittableRandom(seed);
        VirtualTime time = new VirtualTime(Stalls.NONE);
        LateListener listener = listener(broken ? Fault.of(broken()) : Fault.NONE, time, seeds);
        Bench bench = new Bench(listener, Websites.GREEN, null, listener, time, Random.from(seeds.split()));
        return new Validation(rules, HookEvent.AFTER_ALLOW_TEST_TRAFFIC, bench, names -> List.of())
                .go(Progress.NONE, LONGEST).conclusion();
    }

    private Behaviour broken() {
        return seed % 2 == 0 ? Behaviour.PAGE_500 : Behaviour.MISSING_FIELD;
    }

    /** What public samples do: sleep ten seconds, ask for the page once. Whether it lets a broken page pass. */
    boolean sleepingHookPasses() {
        VirtualTime time = new VirtualTime(Stalls.NONE);
        LateListener listener = listener(Fault.of(Behaviour.PAGE_500), time, new SplittableRandom(seed));
        time.pause(Duration.ofSeconds(10));
        return listener.send(Websites.GREEN,
                new Request("GET", "/", Map.of(), null, Duration.ofSeconds(5))) instanceof Answer.Response response
                && response.status() == 200;
    }

    private LateListener listener(Fault fault, VirtualTime time, SplittableRandom seeds) {
        SplittableRandom noise = seeds.split();
        return new LateListener(lateness.drawn(noise), fault, identity == Identity.HEADER_OF_ONE_PAGE, time, noise);
    }
}
