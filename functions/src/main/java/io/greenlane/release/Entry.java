package io.greenlane.release;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One entry of the ledger.
 *
 * @param id begins with its kind: {@code service#}, {@code release#}, {@code deployment#}, {@code execution#}, {@code event#},
 * {@code quarantine#}, {@code good#}, {@code rollback#}, {@code drift#}, {@code gates#}, {@code override#}, {@code approval#}, {@code group#} or {@code group-release#}
 * @param version 1 when written first, one more with each write
 * @param writer unique per write; tells whether a refused write had in fact succeeded before
 * @param members text, whole numbers ({@link Long}), booleans, lists and maps of these
 */
public record Entry(String id, long version, String writer, Map<String, Object> members) {
    /** Partition key of the index: over entries that somebody must still look at, and over the quarantine of each service. */
    public static final String OPEN = "open";
    /** Seconds since 1970 after which the sweep looks at an open entry; since when a digest is in quarantine. */
    public static final String MUST_LEAVE_BY = "mustLeaveBy";
    /** Seconds since 1970 after which the table may forget the entry; only on closed ones. */
    public static final String EXPIRES_AT = "expiresAt";
    /** The value of {@link #OPEN} at which the sweep looks. */
    public static final String OPEN_RELEASE = "release";

    public Entry {
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }
}
