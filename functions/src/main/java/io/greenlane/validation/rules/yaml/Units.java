package io.greenlane.validation.rules.yaml;

import io.greenlane.json.Quote;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values with their units. What is not one is refused with an {@link IllegalArgumentException} whose sentence begins with what it
 * must be.
 */
public final class Units {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,7}(?:\\.[0-9]{1,3})?)(ms|s|m)");
    private static final Pattern WAIT = Pattern.compile("([0-9]{1,5})([mhd])");
    private static final Pattern SHARE = Pattern.compile("([0-9]{1,4}(?:\\.[0-9]{1,4})?)%");
    private static final Pattern RATE = Pattern.compile("([0-9]{1,4}(?:\\.[0-9]{1,3})?)/(s|m)");
    private static final Pattern BARE = Pattern.compile("[0-9]+(?:\\.[0-9]+)?");
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private Units() {}

    /** Such as {@code 300ms}, {@code 3s}, {@code 5m}. */
    public static Duration duration(String text) {
        Matcher parts = DURATION.matcher(text);
        if (!parts.matches()) {
            throw wrong("a duration such as 300ms, 3s or 5m", text, text.length() > 2 ? "ms" : "s");
        }
        BigDecimal nanos = new BigDecimal(parts.group(1)).multiply(BigDecimal.valueOf(switch (parts.group(2)) {
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            default -> 60_000_000_000L;
        }));
        return Duration.ofNanos(nanos.longValue());
    }

    /** Such as {@code 30m}, {@code 24h}, {@code 7d}. */
    public static Duration wait(String text) {
        Matcher parts = WAIT.matcher(text);
        if (!parts.matches()) {
            throw wrong("a time such as 30m, 24h or 7d", text, "m");
        }
        long number = Long.parseLong(parts.group(1));
        return switch (parts.group(2)) {
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    /** Such as {@code 1%}, as 0.01. */
    public static double share(String text) {
        Matcher parts = SHARE.matcher(text);
        if (!parts.matches()) {
            throw text.startsWith("0.") && BARE.matcher(text).matches()
                    ? new IllegalArgumentException("must be a percentage such as 1% or 0.5%, got " + Quote.of(text)
                            + "; write " + text + "% or " + ofHundred(text) + "%, whichever is meant")
                    : wrong("a percentage such as 1% or 0.5%", text, "%");
        }
        return new BigDecimal(parts.group(1)).divide(HUNDRED).doubleValue();
    }

    /** Such as {@code 25/s} or {@code 90/m}, as requests a second. */
    public static double perSecond(String text) {
        Matcher parts = RATE.matcher(text);
        if (!parts.matches()) {
            throw wrong("a rate such as 25/s or 90/m, at most 1000/s", text, "/s");
        }
        BigDecimal number = new BigDecimal(parts.group(1));
        return ("m".equals(parts.group(2)) ? number.divide(BigDecimal.valueOf(60), MathContext.DECIMAL64) : number)
                .doubleValue();
    }

    /** As a file has it. */
    public static String text(Duration duration) {
        if (duration.toMillis() % 60_000 == 0) {
            return duration.toMinutes() + "m";
        }
        return duration.toMillis() < 1000
                ? duration.toMillis() + "ms"
                : BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString() + "s";
    }

    private static String ofHundred(String share) {
        return new BigDecimal(share).multiply(HUNDRED).stripTrailingZeros().toPlainString();
    }

    private static IllegalArgumentException wrong(String wanted, String text, String unit) {
        return new IllegalArgumentException("must be " + wanted + ", got " + Quote.of(text)
                + (BARE.matcher(text).matches() ? "; write the unit: " + text + unit : ""));
    }
}
