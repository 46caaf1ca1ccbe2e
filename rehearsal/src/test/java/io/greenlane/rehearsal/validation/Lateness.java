package io.greenlane.rehearsal.validation;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** In what way a test listener is late: what it does, and what the load balancer says about it. */
enum Lateness {
    /** Requests go to green when the load balancer says so. */
    TOLD("switches 0 to 60 s late, and says so") {
        @Override
        Course drawn(RandomGenerator random) {
            Duration at = upTo(LATEST, random);
            return new Course(same(at), at, Duration.ZERO, 0);
        }
    },
    /** The load balancer says it before it does it. */
    TOLD_TOO_EARLY("says so 0 to 60 s before it switches") {
        @Override
        Course drawn(RandomGenerator random) {
            return new Course(same(upTo(LATEST, random)), Duration.ZERO, Duration.ZERO, 0);
        }
    },
    /** The load balancer says it after it has done it. */
    TOLD_TOO_LATE("says so 0 to 60 s after it has switched") {
        @Override
        Course drawn(RandomGenerator random) {
            Duration at = upTo(LATEST, random);
            return new Course(same(at), at.plus(upTo(LATEST, random)), Duration.ZERO, 0);
        }
    },
    /** Each of its nodes has its own time. */
    NODE_BY_NODE("says so at once, its nodes switch one after the other within 60 s") {
        @Override
        Course drawn(RandomGenerator random) {
            return new Course(Stream.generate(() -> upTo(LATEST, random)).limit(NODES).toList(), Duration.ZERO,
                    Duration.ZERO, 0);
        }
    },
    /** A rule for some paths beside the default action. */
    RULE_BY_RULE("says so at once, and the rule for /api/* switches up to 60 s after the default action") {
        @Override
        Course drawn(RandomGenerator random) {
            return new Course(same(Duration.ZERO), Duration.ZERO, upTo(LATEST, random), 0);
        }
    },
    /** Both target groups get their share until then. */
    WEIGHTS("has both target groups at weights for 0 to 60 s, and says so up to 10 s too early") {
        @Override
        Course drawn(RandomGenerator random) {
            Duration at = upTo(LATEST, random);
            Duration early = upTo(Duration.ofSeconds(10), random);
            return new Course(same(at), at.compareTo(early) > 0 ? at.minus(early) : Duration.ZERO, Duration.ZERO,
                    random.nextDouble(0.1, 0.9));
        }
    };

    private static final Duration LATEST = Duration.ofMinutes(1);
    private static final int NODES = 3;

    private final String words;

    Lateness(String words) {
        this.words = words;
    }

    /** As it stands in a table. */
    String words() {
        return words;
    }

    abstract Course drawn(RandomGenerator random);

    private static Duration upTo(Duration longest, RandomGenerator random) {
        return Duration.ofMillis(random.nextLong(longest.toMillis() + 1));
    }

    private static List<Duration> same(Duration at) {
        return List.of(at);
    }

    /**
     * What happens in one trial; times since the hook began.
     *
     * @param switched when each node sends requests to green alone
     * @param told when the load balancer says that all do
     * @param apiLater how much later than the others requests to the API go to green
     * @param before share of the requests that green gets before
     */
    record Course(List<Duration> switched, Duration told, Duration apiLater, double before) {}
}
