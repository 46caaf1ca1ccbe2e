package io.greenlane.release;

import io.greenlane.json.Quote;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a person who is asked for an approval gets, and gives back.
 *
 * @param code of the terms, see {@link Seal}
 */
public record ApprovalToken(ApprovalTerms terms, String code) {
    private static final Pattern FORM = Pattern.compile(
            "([rg]-[0-9a-f]{32})\\.([1-9][0-9]{0,3})\\.([0-9a-f]{64})\\.([0-9]{10})\\.([A-Za-z0-9_-]{43})");

    /** Reads one; an {@link IllegalArgumentException} when the text is none. Nobody has looked at its code then. */
    public static ApprovalToken parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "--token must be the whole token of the message that asks for the approval,"
                            + " got " + Quote.of(text));
        }
        return new ApprovalToken(new ApprovalTerms(parts.group(1), Integer.parseInt(parts.group(2)), parts.group(3),
                Instant.ofEpochSecond(Long.parseLong(parts.group(4)))), parts.group(5));
    }

    /** {@link #parse} reads it back. */
    public String text() {
        return terms.turnId() + "." + terms.number() + "." + terms.change() + "." + terms.until().getEpochSecond() + "."
                + code;
    }
}
