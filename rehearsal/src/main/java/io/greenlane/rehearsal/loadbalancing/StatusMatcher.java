package io.greenlane.rehearsal.loadbalancing;

import java.util.List;

/** The status codes that count as healthy: values and ranges, for example {@code 200,301-302}. */
record StatusMatcher(String text, List<Range> ranges) {
    /** From and to, both included. */
    record Range(int from, int to) {}

    static StatusMatcher of(String text) {
        List<Range> ranges = List.of(text.split(",", -1)).stream().map(part -> {
            int dash = part.indexOf('-');
            int from = code(dash < 0 ? part : part.substring(0, dash));
            return new Range(from, dash < 0 ? from : code(part.substring(dash + 1)));
        }).toList();
        return new StatusMatcher(text, ranges);
    }

    boolean matches(int status) {
        return ranges.stream().anyMatch(range -> range.from() <= status && status <= range.to());
    }

    private static int code(String text) {
        return Numbers.within("HttpCode of the Matcher", text.strip(), 200, 499);
    }
}
