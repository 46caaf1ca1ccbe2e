package io.greenlane.rehearsal.endpoint;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.traits.TimestampFormatTrait;

/** What REST requests and answers carry outside their body: in path, query and headers. */
final class RestMembers {
    private RestMembers() {}

    /**
     * Sets the members of a request that are not in its body.
     *
     * @param labels the parts of the path that the route names, decoded
     */
    static void read(WireRequest request, Map<String, String> labels, SdkPojo into) {
        Map<String, String> query = QueryProtocol.parameters(request.query());
        for (SdkField<?> field : into.sdkFields()) {
            MarshallingKnownType type = field.marshallingType().getKnownType();
            switch (field.location()) {
                case PATH, GREEDY_PATH -> set(field, into, labels.get(field.locationName()));
                case QUERY_PARAM -> {
                    if (type == MarshallingKnownType.LIST) {
                        field.set(into, values(request.query(), field.locationName()));
                    } else {
                        set(field, into, query.get(field.locationName()));
                    }
                }
                case HEADER -> header(field, into, request.headers());
                default -> {
                }
            }
        }
    }

    /** Adds the members of an answer that are headers. */
    static void write(SdkPojo answer, Map<String, String> headers) {
        for (SdkField<?> field : answer.sdkFields()) {
            Object value = field.getValueOrDefault(answer);
            if (field.location() == MarshallLocation.HEADER && value != null) {
                switch (value) {
                    case Map<?, ?> map -> map.forEach((name, each) -> headers.put(field.locationName() + name,
                            String.valueOf(each)));
                    case List<?> list -> {
                        if (!list.isEmpty()) {
                            headers.put(field.locationName(),
                                    list.stream().map(String::valueOf).collect(Collectors.joining(",")));
                        }
                    }
                    case Instant instant -> headers.put(field.locationName(), written(instant, field));
                    default -> headers.put(field.locationName(), value.toString());
                }
            }
        }
    }

    static String decode(String pathPart) {
        return URLDecoder.decode(pathPart.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static void header(SdkField<?> field, SdkPojo into, Map<String, String> headers) {
        String name = field.locationName().toLowerCase(Locale.ROOT);
        String text = headers.get(name);
        switch (field.marshallingType().getKnownType()) {
            case MAP -> {
                Map<String, String> entries = new TreeMap<>();
                headers.forEach((header, value) -> {
                    if (header.startsWith(name)) {
                        entries.put(header.substring(name.length()), value);
                    }
                });
                if (!entries.isEmpty()) {
                    field.set(into, new LinkedHashMap<>(entries));
                }
            }
            case LIST -> {
                if (text != null) {
                    field.set(into, Stream.of(text.split(",", -1)).map(String::trim).toList());
                }
            }
            default -> set(field, into, text);
        }
    }

    private static void set(SdkField<?> field, SdkPojo into, @Nullable String text) {
        if (text == null) {
            return;
        }
        try {
            field.set(into, switch (field.marshallingType().getKnownType()) {
                case INTEGER -> (Object) Integer.valueOf(text);
                case LONG -> Long.valueOf(text);
                case BOOLEAN -> Boolean.valueOf(text);
                case INSTANT -> instant(text);
                default -> text;
            });
        } catch (NumberFormatException | DateTimeParseException malformed) {
            throw RequestFault.unreadable("'" + text + "' is not a valid value of " + field.locationName());
        }
    }

    /** A moment in either of the forms that REST services write. */
    static Instant instant(String text) {
        return text.contains(",")
                ? Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text))
                : Instant.parse(text);
    }

    private static String written(Instant instant, SdkField<?> field) {
        boolean iso = field.getOptionalTrait(TimestampFormatTrait.class)
                .filter(trait -> trait.format() == TimestampFormatTrait.Format.ISO_8601).isPresent();
        return iso
                ? instant.toString()
                : DateTimeFormatter.RFC_1123_DATE_TIME.format(instant.atOffset(ZoneOffset.UTC));
    }

    private static List<String> values(String query, String name) {
        return Stream.of(query.split("&", -1)).map(QueryProtocol::parameters)
                .flatMap(parameter -> Stream.ofNullable(parameter.get(name))).toList();
    }
}
