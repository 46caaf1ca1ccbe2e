package io.greenlane.rehearsal.cloud;

import java.util.UUID;
import java.util.random.RandomGenerator;

/** Identifiers drawn from the injected source of randomness, so that a simulation repeats them. */
public final class RandomIds {
    private RandomIds() {}

    /** A version 4 UUID. */
    public static String uuid(RandomGenerator random) {
        long high = (random.nextLong() & 0xffff_ffff_ffff_0fffL) | 0x4000L;
        long low = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }
}
