package io.greenlane.rehearsal.asl;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata.Frame;
import com.dashjoin.jsonata.Jsonata.JFunction;
import com.dashjoin.jsonata.Utils;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.greenlane.rehearsal.cloud.RandomIds;
import io.greenlane.rehearsal.cloud.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The functions that Step Functions adds to JSONata (Step Functions guide, "JSONata functions provided by Step Functions"),
 * and those of JSONata whose value would differ from run to run.
 */
final class JsonataFunctions {
    private static final int MAX_ELEMENTS = 1000;

    private final Timeline timeline;
    private final RandomGenerator random;

    JsonataFunctions(Timeline timeline, RandomGenerator random) {
        this.timeline = timeline;
        this.random = random;
    }

    void bindTo(Frame frame) {
        bind(frame, "partition", arguments -> partition(list(arguments, 0), wholeNumber(arguments, 1)));
        bind(frame, "range",
                arguments -> range(wholeNumber(arguments, 0), wholeNumber(arguments, 1), wholeNumber(arguments, 2)));
        bind(frame, "hash", arguments -> Hashes.hex(text(argument(arguments, 0)),
                arguments.size() > 1 ? text(argument(arguments, 1)) : "SHA-1"));
        bind(frame, "random", arguments -> argument(arguments, 0) instanceof Number seed
                ? new Random(seed.longValue()).nextDouble()
                : random.nextDouble());
        bind(frame, "uuid", arguments -> RandomIds.uuid(random));
        bind(frame, "parse", arguments -> parse(argument(arguments, 0)));
        bind(frame, "millis", arguments -> timeline.now().toEpochMilli());
        bind(frame, "now",
                arguments -> Functions.dateTimeFromMillis(timeline.now().toEpochMilli(),
                        argument(arguments, 0) instanceof String picture ? picture : null,
                        argument(arguments, 1) instanceof String zone ? zone : null));
        bind(frame, "eval", arguments -> {
            throw new JException("T1006", -1);
        });
    }

    private static Object partition(List<?> array, long size) {
        if (size < 1) {
            throw new IllegalArgumentException("the size of a partition must be a positive integer, got " + size);
        }
        List<Object> chunks = Utils.createSequence();
        for (int start = 0; start < array.size(); start += (int) size) {
            chunks.add(new ArrayList<>(array.subList(start, (int) Math.min(array.size(), start + size))));
        }
        return chunks;
    }

    private static Object range(long first, long last, long step) {
        if (step == 0) {
            throw new IllegalArgumentException("the step of a range must not be 0");
        }
        if ((last - first) / step >= MAX_ELEMENTS) {
            throw new IllegalArgumentException("a range may have up to " + MAX_ELEMENTS + " elements");
        }
        List<Object> numbers = Utils.createSequence();
        for (long number = first; step > 0 ? number <= last : number >= last; number += step) {
            numbers.add(number);
        }
        return numbers;
    }

    private static @Nullable Object parse(@Nullable Object json) {
        if (!(json instanceof String text)) {
            return null;
        }
        try {
            return JsonataValues.toJsonata(JsonText.parse(text));
        } catch (JsonProcessingException noJson) {
            throw new IllegalArgumentException("the argument of $parse is not JSON: '" + text + "'", noJson);
        }
    }

    private static String text(@Nullable Object value) {
        return value instanceof String text ? text : JsonText.write(JsonataValues.toJson(value));
    }

    private static List<?> list(List<?> arguments, int index) {
        Object value = argument(arguments, index);
        return value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
    }

    private static long wholeNumber(List<?> arguments, int index) {
        if (argument(arguments, index) instanceof Number number) {
            return (long) Math.floor(number.doubleValue());
        }
        throw new IllegalArgumentException("argument " + (index + 1) + " must be a number");
    }

    private static @Nullable Object argument(List<?> arguments, int index) {
        return index < arguments.size() ? arguments.get(index) : null;
    }

    private static void bind(Frame frame, String name, Body body) {
        frame.bind(name, new JFunction((input, arguments) -> body.call(arguments), null));
    }

    private interface Body {
        @Nullable
        Object call(List<?> arguments);
    }
}
