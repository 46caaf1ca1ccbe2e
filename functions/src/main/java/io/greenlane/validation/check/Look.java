package io.greenlane.validation.check;

import io.greenlane.validation.Pace;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Something that is looked at again and again, by many threads; what was seen is good for a second. */
final class Look {
    private static final Duration GOOD_FOR = Duration.ofSeconds(1);

    private final Pace pace;
    private final Supplier<@Nullable String> doubt;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Duration at;
    private @Nullable String seen;

    Look(Pace pace, Supplier<@Nullable String> doubt) {
        this.pace = pace;
        this.doubt = doubt;
    }

    /** Looks now; why there is doubt, null for none. */
    @Nullable
    String now() {
        lock.lock();
        try {
            Duration begin = pace.now();
            seen = doubt.get();
            at = begin;
            return seen;
        } finally {
            lock.unlock();
        }
    }

    /** Looks unless that was done within the last second. */
    @Nullable
    String lately() {
        lock.lock();
        try {
            return at != null && pace.now().minus(at).compareTo(GOOD_FOR) < 0 ? seen : now();
        } finally {
            lock.unlock();
        }
    }
}
