package io.greenlane.rehearsal.events;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.eventbridge.model.EventBridgeException;

/** When a rule fires by itself: {@code rate(5 minutes)} or {@code cron(0 18 ? * MON-FRI *)}, in UTC. */
sealed interface Schedule {
    /** The next time after the given one; empty when there is none. */
    Optional<Instant> after(Instant time);

    static Schedule of(String expression) {
        Matcher rate = Rate.FORM.matcher(expression);
        if (rate.matches()) {
            long count = Long.parseLong(rate.group(1));
            boolean plural = rate.group(2).endsWith("s");
            if (count >= 1 && plural == (count != 1)) {
                return new Rate(Duration.of(count, Rate.unit(rate.group(2))));
            }
        }
        Matcher cron = Cron.FORM.matcher(expression);
        if (cron.matches()) {
            return Cron.of(List.of(cron.group(1).strip().split("\\s+", -1)));
        }
        throw invalid();
    }

    private static EventBridgeException invalid() {
        String message = "Parameter ScheduleExpression is not valid.";
        return (EventBridgeException) EventBridgeException.builder().statusCode(400).message(message).awsErrorDetails(
                AwsErrorDetails.builder().errorCode("ValidationException").errorMessage(message).build()).build();
    }

    /** Every so often, from the definition of the rule on. */
    record Rate(Duration period) implements Schedule {
        private static final Pattern FORM = Pattern
                .compile("rate\\(\\s*([0-9]{1,9})\\s+(minutes?|hours?|days?)\\s*\\)");

        private static ChronoUnit unit(String word) {
            return word.startsWith("minute")
                    ? ChronoUnit.MINUTES
                    : word.startsWith("hour")
                            ? ChronoUnit.HOURS
                            : ChronoUnit.DAYS;
        }

        @Override
        public Optional<Instant> after(Instant time) {
            return Optional.of(time.plus(period));
        }
    }

    /** At the minutes that all fields allow. */
    record Cron(BitSet minutes, BitSet hours, BitSet daysOfMonth, BitSet months, BitSet daysOfWeek,
            BitSet years) implements Schedule {
        private static final Pattern FORM = Pattern.compile("cron\\((.*)\\)");
        private static final List<String> MONTHS = List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG",
                "SEP", "OCT", "NOV", "DEC");
        private static final List<String> DAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

        static Cron of(List<String> fields) {
            if (fields.size() != 6 || fields.get(2).equals("?") == fields.get(4).equals("?")) {
                throw invalid();
            }
            try {
                return new Cron(field(fields.get(0), 0, 59, List.of()), field(fields.get(1), 0, 23, List.of()),
                        field(fields.get(2), 1, 31, List.of()), field(fields.get(3), 1, 12, MONTHS),
                        field(fields.get(4), 1, 7, DAYS), field(fields.get(5), 1970, 2199, List.of()));
            } catch (IllegalArgumentException malformed) {
                throw invalid();
            }
        }

        @Override
        public Optional<Instant> after(Instant time) {
            ZonedDateTime next = time.atZone(ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
            while (next.getYear() <= 2199) {
                if (!years.get(next.getYear()) || !months.get(next.getMonthValue())) {
                    next = next.plusMonths(1).withDayOfMonth(1).truncatedTo(ChronoUnit.DAYS);
                } else if (!daysOfMonth.get(next.getDayOfMonth())
                        || !daysOfWeek.get(next.getDayOfWeek().getValue() % 7 + 1)) {
                    next = next.plusDays(1).truncatedTo(ChronoUnit.DAYS);
                } else if (!hours.get(next.getHour())) {
                    next = next.plusHours(1).truncatedTo(ChronoUnit.HOURS);
                } else if (!minutes.get(next.getMinute())) {
                    next = next.plusMinutes(1);
                } else {
                    return Optional.of(next.toInstant());
                }
            }
            return Optional.empty();
        }

        private static BitSet field(String text, int low, int high, List<String> names) {
            BitSet allowed = new BitSet(high + 1);
            for (String part : text.split(",", -1)) {
                int slash = part.indexOf('/');
                String range = slash < 0 ? part : part.substring(0, slash);
                int step = slash < 0 ? 1 : Integer.parseInt(part.substring(slash + 1));
                int dash = range.indexOf('-');
                boolean all = range.equals("*") || range.equals("?");
                int from = all ? low : number(dash < 0 ? range : range.substring(0, dash), low, names);
                int to = all || (dash < 0 && slash >= 0)
                        ? high
                        : dash < 0 ? from : number(range.substring(dash + 1), low, names);
                if (from < low || to > high || from > to || step < 1) {
                    throw new IllegalArgumentException(text);
                }
                for (int value = from; value <= to; value += step) {
                    allowed.set(value);
                }
            }
            return allowed;
        }

        private static int number(String text, int low, List<String> names) {
            int named = names.indexOf(text.toUpperCase(Locale.ROOT));
            return named < 0 ? Integer.parseInt(text) : named + low;
        }
    }
}
