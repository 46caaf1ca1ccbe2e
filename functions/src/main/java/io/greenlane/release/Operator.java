package io.greenlane.release;

import io.greenlane.json.Quote;

/**
 * Who wants something by hand, and why. The name is what the caller says; who may call at all is for IAM to decide, and who did is
 * in CloudTrail.
 *
 * @param name 1 to 100 characters on one line
 * @param reason 1 to 500 characters on one line
 */
public record Operator(String name, String reason) {
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_REASON = 500;

    public Operator {
        require("--by", name, LONGEST_NAME);
        require("--reason", reason, LONGEST_REASON);
    }

    private static void require(String what, String text, int longest) {
        if (text.isBlank() || text.length() > longest || !text.equals(Quote.visible(text))) {
            throw new IllegalArgumentException(what + " must be 1 to " + longest
                    + " printable characters on one line, got " + Quote.of(text));
        }
    }
}
