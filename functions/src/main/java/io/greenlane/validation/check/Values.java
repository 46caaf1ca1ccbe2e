package io.greenlane.validation.check;

import io.greenlane.json.Json;
import io.greenlane.json.Quote;
import io.greenlane.probe.Request;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Values of earlier answers, which <code>{{name}}</code> stands for in later requests. They come from a stranger. */
final class Values {
    private static final Pattern NAME = Pattern.compile("\\{\\{\\s*([A-Za-z0-9_.:-]+)\\s*}}");

    private final Map<String, Object> values = new HashMap<>();

    void put(String name, Object value) {
        values.put(name, value);
    }

    /**
     * The request with all values filled in: in the target each one is a single part of a path or query, in a JSON body it stays
     * inside its string, or keeps its type when it is the whole string.
     *
     * @throws IllegalArgumentException when a name has no value, or a value cannot stand in a header
     */
    Request fill(Request request) {
        Map<String, String> headers = new LinkedHashMap<>();
        request.headers().forEach((name, value) -> headers.put(name, filled(value, Values::plain)));
        String body = request.body();
        return new Request(request.method(), filled(request.target(), Values::encoded), headers,
                body == null || !NAME.matcher(body).find() ? body : body(body), request.timeout());
    }

    private String body(String text) {
        Object json;
        try {
            json = Json.value(text);
        } catch (IllegalArgumentException e) {
            return filled(text, JsonBody::text);
        }
        return json instanceof Map || json instanceof List ? JsonBody.text(json(json)) : filled(text, JsonBody::text);
    }

    private @Nullable Object json(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> object -> {
                Map<String, @Nullable Object> filled = new LinkedHashMap<>();
                object.forEach((name, member) -> filled.put(String.valueOf(name), json(member)));
                yield filled;
            }
            case List<?> list -> list.stream().map(this::json).toList();
            case String text -> {
                Matcher whole = NAME.matcher(text);
                yield whole.matches() ? value(whole.group(1)) : filled(text, JsonBody::text);
            }
            case null, default -> value;
        };
    }

    private String filled(String text, Function<Object, String> form) {
        return NAME.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(form.apply(value(found.group(1)))));
    }

    private Object value(String name) {
        Object value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no earlier step saved a value as " + name);
        }
        return value;
    }

    private static String encoded(Object value) {
        return URLEncoder.encode(JsonBody.text(value), StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String plain(Object value) {
        String text = JsonBody.text(value);
        if (text.chars().anyMatch(one -> one < ' ' || one > '~')) {
            throw new IllegalArgumentException("a saved value cannot stand in a header: " + Quote.of(text));
        }
        return text;
    }
}
