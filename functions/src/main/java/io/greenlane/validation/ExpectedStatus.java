package io.greenlane.validation;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * HTTP status codes that a healthy page answers with.
 *
 * @param ranges at least one
 */
public record ExpectedStatus(List<Range> ranges) {
    private static final Pattern PART = Pattern.compile("([1-5][0-9]{2})(?:-([1-5][0-9]{2}))?");

    public ExpectedStatus {
        ranges = List.copyOf(ranges);
    }

    /** From lowest to highest, both included. */
    public record Range(int lowest, int highest) {}

    /** Reads codes and ranges separated by commas, such as {@code 200-299,304}; an {@link IllegalArgumentException} names what is wrong. */
    public static ExpectedStatus parse(String text) {
        return new ExpectedStatus(Arrays.stream(text.split(",", -1)).map(part -> {
            Matcher codes = PART.matcher(part.strip());
            if (!codes.matches()) {
                throw new IllegalArgumentException(
                        "it is status codes and ranges separated by commas, such as 200-299,304");
            }
            int lowest = Integer.parseInt(codes.group(1));
            int highest = codes.group(2) == null ? lowest : Integer.parseInt(codes.group(2));
            if (highest < lowest) {
                throw new IllegalArgumentException("the range " + part.strip() + " ends before it begins");
            }
            return new Range(lowest, highest);
        }).toList());
    }

    /** Whether the code is one of them. */
    public boolean includes(int status) {
        return ranges.stream().anyMatch(range -> range.lowest() <= status && status <= range.highest());
    }

    @Override
    public String toString() {
        return String.join(",", ranges.stream().map(range -> range.lowest() == range.highest()
                ? Integer.toString(range.lowest())
                : range.lowest() + "-" + range.highest()).toList());
    }
}
