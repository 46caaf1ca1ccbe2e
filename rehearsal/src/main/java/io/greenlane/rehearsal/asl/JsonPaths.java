package io.greenlane.rehearsal.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.PathNotFoundException;
import com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider;
import com.jayway.jsonpath.spi.mapper.JacksonMappingProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * JSONPath as Step Functions reads it: {@code $} is the input, {@code $$} the context object, {@code $name} a variable. The
 * semantics of the paths are Jayway's, as on AWS.
 */
final class JsonPaths {
    private static final Configuration CONFIGURATION = Configuration.builder()
            .jsonProvider(new Trees()).mappingProvider(new JacksonMappingProvider()).build();
    private static final Map<String, JsonPath> COMPILED = new ConcurrentHashMap<>();
    private static final Pattern VARIABLE = Pattern.compile("\\$([\\p{L}_][\\p{L}\\p{N}_]*)(.*)", Pattern.DOTALL);
    private static final Pattern STEP = Pattern.compile(
            "\\.([^.\\[\\]'\"*?()@ ]+)|\\['((?:[^'\\\\]|\\\\.)+)'\\]|\\[\"((?:[^\"\\\\]|\\\\.)+)\"\\]|\\[([0-9]+)\\]");

    private JsonPaths() {}

    /**
     * The value that the path selects.
     *
     * @return empty when a path to a single place finds nothing there; a path to many places always finds an array
     * @throws InvalidPathException when the text is no path
     */
    static Optional<JsonNode> read(String path, Scope scope) {
        if (path.startsWith("$$")) {
            return select(path.substring(1), scope.context());
        }
        Matcher variable = VARIABLE.matcher(path);
        if (variable.matches()) {
            JsonNode value = scope.variables().get(variable.group(1));
            return value == null ? Optional.empty() : select("$" + variable.group(2), value);
        }
        return select(path, scope.input());
    }

    /** Whether the text is a path that {@link #read} can follow. */
    static boolean isPath(String text) {
        if (!text.startsWith("$")) {
            return false;
        }
        Matcher variable = VARIABLE.matcher(text);
        String plain = text.startsWith("$$") ? text.substring(1) : variable.matches() ? "$" + variable.group(2) : text;
        try {
            compiled(plain);
            return true;
        } catch (InvalidPathException noPath) {
            return false;
        }
    }

    /** Whether the text names exactly one place, as ResultPath must. */
    static boolean isReferencePath(String text) {
        return text.startsWith("$") && steps(text).isPresent();
    }

    /**
     * The tree with the value put at a reference path; objects on the way are made, array elements must exist.
     *
     * @throws StatesFault States.ResultPathMatchFailure when something other than an object is in the way
     */
    static JsonNode put(String path, JsonNode into, JsonNode value) {
        List<Object> steps = steps(path).orElseThrow(() -> StatesFault.runtime("Invalid path '" + path + "'"));
        if (steps.isEmpty()) {
            return value;
        }
        JsonNode root = into.deepCopy();
        JsonNode place = root;
        for (int i = 0; i < steps.size(); i++) {
            boolean last = i == steps.size() - 1;
            if (steps.get(i) instanceof Integer index && place instanceof ArrayNode array && index < array.size()) {
                if (last) {
                    array.set(index, value);
                }
                place = array.get(index);
            } else if (steps.get(i) instanceof String name && place instanceof ObjectNode object) {
                if (last) {
                    object.set(name, value);
                } else if (object.path(name).isMissingNode() || object.path(name).isNull()) {
                    object.set(name, JsonNodeFactory.instance.objectNode());
                }
                place = object.get(name);
            } else {
                throw StatesFault.named(ErrorNames.RESULT_PATH_MATCH_FAILURE,
                        "Unable to apply ReferencePath " + path + " to input " + JsonText.write(into));
            }
        }
        return root;
    }

    private static Optional<List<Object>> steps(String path) {
        List<Object> steps = new ArrayList<>();
        Matcher step = STEP.matcher(path).region(1, path.length());
        while (step.regionStart() < path.length()) {
            if (!step.lookingAt()) {
                return Optional.empty();
            }
            if (step.group(4) != null) {
                steps.add(Integer.valueOf(step.group(4)));
            } else {
                String name = step.group(1) != null
                        ? step.group(1)
                        : step.group(2) != null ? step.group(2) : step.group(3);
                steps.add(name.replaceAll("\\\\(.)", "$1"));
            }
            step.region(step.end(), path.length());
        }
        return Optional.of(steps);
    }

    private static Optional<JsonNode> select(String path, JsonNode value) {
        if (path.equals("$")) {
            return Optional.of(value);
        }
        JsonPath compiled = compiled(path);
        try {
            Object found = compiled.read(value, CONFIGURATION);
            return Optional.of(found instanceof JsonNode node ? node : JsonText.treeOf(found));
        } catch (PathNotFoundException nothing) {
            return compiled.isDefinite() ? Optional.empty() : Optional.of(JsonNodeFactory.instance.arrayNode());
        }
    }

    private static JsonPath compiled(String path) {
        return COMPILED.computeIfAbsent(path, JsonPath::compile);
    }

    /** Jayway's view of Jackson trees, which overlooks that an array has ended. */
    private static final class Trees extends JacksonJsonNodeJsonProvider {
        @Override
        public Object getArrayIndex(Object array, int index) {
            if (array instanceof ArrayNode elements && (index < 0 || index >= elements.size())) {
                throw new IndexOutOfBoundsException(index);
            }
            return super.getArrayIndex(array, index);
        }
    }
}
