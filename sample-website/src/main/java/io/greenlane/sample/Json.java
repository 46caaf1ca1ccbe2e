package io.greenlane.sample;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Just enough JSON to write. */
final class Json {
    private static final int USUAL_LENGTH = 1_024;

    private Json() {}

    /** Two members in this order. */
    static Map<String, Object> members(String first, Object one, String second, Object two) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put(first, one);
        members.put(second, two);
        return members;
    }

    /** @param value of maps, lists, text, numbers, truth values and null */
    static String write(@Nullable Object value) {
        StringBuilder json = new StringBuilder(USUAL_LENGTH);
        write(value, json);
        return json.toString();
    }

    private static void write(@Nullable Object value, StringBuilder json) {
        switch (value) {
            case Map<?, ?> members -> write(members.entrySet(), '{', '}', json, member -> {
                write(member.getKey(), json);
                json.append(':');
                write(member.getValue(), json);
            });
            case List<?> elements -> write(elements, '[', ']', json, element -> write(element, json));
            case String text -> write(text, json);
            case null, default -> json.append(value);
        }
    }

    private static <T extends @Nullable Object> void write(Iterable<T> parts, char open, char close,
            StringBuilder json, Consumer<T> writePart) {
        json.append(open);
        for (Iterator<T> next = parts.iterator(); next.hasNext();) {
            writePart.accept(next.next());
            if (next.hasNext()) {
                json.append(',');
            }
        }
        json.append(close);
    }

    private static void write(String text, StringBuilder json) {
        json.append('"');
        int written = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\' || c < ' ') {
                json.append(text, written, i).append(c < ' ' ? String.format("\\u%04x", (int) c) : "\\" + c);
                written = i + 1;
            }
        }
        (written == 0 ? json.append(text) : json.append(text, written, text.length())).append('"');
    }
}
