package io.greenlane.rehearsal.s3;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of an object that a request asks for.
 *
 * @param first the first byte
 * @param last the last byte, included
 */
record ByteRange(long first, long last) {
    private static final Pattern FORM = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

    /** Empty when the whole object is meant: no range is given, or one that S3 does not read. */
    static Optional<ByteRange> of(@Nullable String range, int length) {
        Matcher form = FORM.matcher(range == null ? "" : range);
        if (!form.matches() || (form.group(1).isEmpty() && form.group(2).isEmpty())) {
            return Optional.empty();
        }
        boolean suffix = form.group(1).isEmpty();
        long first = suffix ? Math.max(0, length - Long.parseLong(form.group(2))) : Long.parseLong(form.group(1));
        long last = suffix || form.group(2).isEmpty()
                ? length - 1L
                : Math.min(length - 1L, Long.parseLong(form.group(2)));
        if (!suffix && !form.group(2).isEmpty() && Long.parseLong(form.group(2)) < first) {
            return Optional.empty();
        }
        if (first >= length) {
            throw S3Faults.of(416, "InvalidRange", "The requested range is not satisfiable");
        }
        return Optional.of(new ByteRange(first, last));
    }

    byte[] of(byte[] whole) {
        return Arrays.copyOfRange(whole, Math.toIntExact(first), Math.toIntExact(last + 1));
    }

    String header(int length) {
        return "bytes " + first + "-" + last + "/" + length;
    }
}
