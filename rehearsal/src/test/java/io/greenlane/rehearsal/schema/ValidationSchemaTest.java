package io.greenlane.rehearsal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import io.greenlane.rehearsal.schema.Mutations.Mutation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The schema describes validation.yaml exactly as the reader reads it. */
class ValidationSchemaTest {
    private static final Set<String> HOLD_SCHEMAS = Set.of("properties", "patternProperties", "definitions");
    private static final Set<String> ARE_SCHEMAS = Set.of("items", "if", "then", "propertyNames");
    private static final Pattern KNOWN = Pattern
            .compile("There is no '" + Mutations.UNKNOWN + "' in .*[.] It may be (.*)[.]");
    private static final int LARGE = 1_000;
    private static final Pattern RANGE = Pattern.compile("must be (from \\S+ to \\S+), got");

    private final JsonNode schema = ValidationFiles.schema();
    private final JsonSchema validator = ValidationFiles.validator();

    static Stream<Path> good() {
        return ValidationFiles.good().stream();
    }

    @Test
    void the_schema_is_a_schema_of_draft_07() {
        JsonSchema draft = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
                .getSchema(SchemaLocation.of(SchemaId.V7));

        assertThat(ValidationFiles.complaints(draft, schema)).isEmpty();
        assertThat(schema.path("$schema").asText()).isEqualTo("http://json-schema.org/draft-07/schema#");
        assertThat(schema.path("$id").asText()).isNotBlank();
        assertThat(schema.path("title").asText()).isNotBlank();
    }

    @Test
    void everything_in_it_is_described() {
        Map<String, JsonNode> all = subschemas(schema);

        assertThat(all).hasSizeGreaterThan(150);
        all.forEach((place, one) -> assertThat(one.has("description") || one.isBoolean() || isCondition(one))
                .as("%s is described", place).isTrue());
    }

    /** Conditions say nothing that an editor shows. */
    private static boolean isCondition(JsonNode subschema) {
        return subschema.properties().stream().map(Map.Entry::getKey)
                .allMatch(Set.of("$ref", "required", "properties", "type")::contains) && !subschema.has("type");
    }

    @Test
    void no_object_takes_names_that_nobody_has_thought_of() {
        subschemas(schema).forEach((place, one) -> {
            if (one.path("type").asText().equals("object")) {
                assertThat(one.path("additionalProperties").isBoolean()).as("%s is closed", place).isTrue();
                assertThat(one.path("additionalProperties").asBoolean()).as("%s is closed", place).isFalse();
            }
        });
    }

    @Test
    void examples_and_defaults_are_what_they_are_examples_of() {
        subschemas(schema).forEach((place, one) -> {
            JsonSchema part = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
                    .getSchema(standingAlone(one));
            List<JsonNode> values = new ArrayList<>();
            one.path("examples").forEach(values::add);
            if (one.has("default")) {
                values.add(one.path("default"));
            }
            assertThat(values).as("values at %s", place)
                    .allSatisfy(value -> assertThat(ValidationFiles.complaints(part, value)).isEmpty());
        });
    }

    private JsonNode standingAlone(JsonNode subschema) {
        ObjectNode alone = JsonNodeFactory.instance.objectNode();
        alone.putArray("allOf").add(subschema);
        alone.set("definitions", schema.path("definitions"));
        return alone;
    }

    @ParameterizedTest
    @MethodSource("good")
    void what_the_reader_accepts_the_schema_accepts(Path file) {
        String text = ValidationFiles.text(file);

        assertThat(ValidationFiles.sentences(text)).isEmpty();
        assertThat(ValidationFiles.complaints(validator, ValidationFiles.yaml(text))).isEmpty();
    }

    @Test
    void both_agree_about_every_file_with_one_fault_unless_only_the_reader_can_see_it() {
        List<String> disagreements = new ArrayList<>();
        int refused = 0;
        for (Mutation mutation : mutations()) {
            List<String> sentences = ValidationFiles.sentences(mutation.document().toString());
            List<String> complaints = ValidationFiles.complaints(validator, mutation.document());
            refused += sentences.isEmpty() ? 0 : 1;
            if (sentences.isEmpty() && !complaints.isEmpty()) {
                disagreements.add(mutation + ": the schema says " + complaints);
            } else if (complaints.isEmpty()) {
                sentences.stream().filter(sentence -> !OnlyTheReader.sees(sentence))
                        .forEach(sentence -> disagreements.add(mutation + ": only the reader says: " + sentence));
            }
        }

        assertThat(disagreements).isEmpty();
        assertThat(refused).isGreaterThan(5_000);
    }

    @ParameterizedTest
    @EnumSource
    void only_the_reader_can_see_some_faults(OnlyTheReader fault) {
        List<String> sentences = ValidationFiles.sentences(fault.example());

        assertThat(sentences).isNotEmpty().allSatisfy(sentence -> assertThat(fault.isSaidBy(sentence)).as(sentence)
                .isTrue());
        assertThat(ValidationFiles.complaints(validator, ValidationFiles.yaml(fault.example()))).isEmpty();
    }

    @Test
    void the_reader_and_the_schema_know_the_same_names() {
        Map<String, Set<String>> bySchema = new HashMap<>();
        Map<String, Set<String>> byReader = new HashMap<>();
        Set<String> written = new HashSet<>();
        for (Mutation mutation : mutations()) {
            if (mutation.what().equals(Mutations.ADD_UNKNOWN)) {
                known(mutation.document()).ifPresent(names -> byReader.put(mutation.place(), names));
                if (at(mutation.place()).has("properties")) {
                    bySchema.put(mutation.place(), new TreeSet<>(names(at(mutation.place()))));
                }
            }
        }
        for (JsonNode document : documents()) {
            Mutations.places(document, JsonPointer.empty(), place -> document.at(place).fieldNames()
                    .forEachRemaining(name -> written.add(at(place.toString()).path("title").asText() + "." + name)));
        }

        assertThat(byReader).isNotEmpty().isEqualTo(bySchema);
        assertThat(written).as("the good files use every name of the schema").containsAll(allNames());
    }

    private static Optional<Set<String>> known(JsonNode document) {
        return ValidationFiles.sentences(document.toString()).stream().map(KNOWN::matcher).filter(Matcher::matches)
                .map(matcher -> (Set<String>) new TreeSet<>(List.of(matcher.group(1).split(", ")))).findFirst();
    }

    /** What the schema says about a place in a document. */
    private JsonNode at(String place) {
        JsonNode here = schema;
        for (String step : place.isEmpty() ? List.<String>of() : List.of(place.substring(1).split("/"))) {
            JsonNode parent = here;
            here = resolved(parent.path("properties").has(step)
                    ? parent.path("properties").path(step)
                    : parent.has("items")
                            ? parent.path("items")
                            : parent.path("patternProperties").properties().stream()
                                    .filter(entry -> Pattern.compile(entry.getKey()).matcher(step).find())
                                    .map(Map.Entry::getValue).findFirst().orElse(parent.path("nothing")));
        }
        return here;
    }

    private JsonNode resolved(JsonNode subschema) {
        JsonNode first = subschema.path("anyOf").path(0);
        JsonNode reference = subschema.has("$ref") ? subschema.path("$ref") : first.path("$ref");
        return reference.isMissingNode() ? subschema : resolved(schema.at(reference.asText().substring(1)));
    }

    private Set<String> allNames() {
        return subschemas(schema).values().stream().filter(one -> one.path("type").asText().equals("object"))
                .flatMap(one -> names(one).stream().map(name -> one.path("title").asText() + "." + name))
                .collect(Collectors.toSet());
    }

    private static Set<String> names(JsonNode subschema) {
        return subschema.path("properties").properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
    }

    private static List<JsonNode> documents() {
        return good().map(ValidationFiles::text).map(ValidationFiles::yaml).toList();
    }

    /** Of small files, which together use every name, since reading a large one thousands of times takes its time. */
    private static List<Mutation> mutations() {
        return Mutations.of(documents().stream().filter(document -> document.toString().length() < LARGE).toList());
    }

    @Test
    void a_description_names_the_range_that_the_reader_keeps_to() {
        Set<String> ranges = new HashSet<>();
        for (Mutation mutation : mutations()) {
            if (mutation.what().equals("write \"9999999m\"") || mutation.what().equals("write \"101%\"")) {
                for (String sentence : ValidationFiles.sentences(mutation.document().toString())) {
                    Matcher range = RANGE.matcher(sentence);
                    if (range.find()) {
                        assertThat(description(mutation.place())).as(mutation.place()).contains(range.group(1));
                        ranges.add(range.group(1));
                    }
                }
            }
        }

        assertThat(ranges).contains("from 10ms to 1m", "from 1s to 45m", "from 1s to 40m", "from 100ms to 5m",
                "from 50% to 99.99%");
    }

    private String description(String place) {
        int last = place.lastIndexOf('/');
        return at(place.substring(0, last)).path("properties").path(place.substring(last + 1)).path("description")
                .asText();
    }

    /** Each part of the schema that is a schema itself, by its place. */
    private static Map<String, JsonNode> subschemas(JsonNode schema) {
        Map<String, JsonNode> found = new HashMap<>();
        walk("#", schema, found);
        return found;
    }

    private static void walk(String place, JsonNode subschema, Map<String, JsonNode> found) {
        found.put(place, subschema);
        subschema.properties().forEach(member -> {
            String here = place + "/" + member.getKey();
            if (HOLD_SCHEMAS.contains(member.getKey())) {
                member.getValue().properties().forEach(one -> walk(here + "/" + one.getKey(), one.getValue(), found));
            } else if (ARE_SCHEMAS.contains(member.getKey())) {
                walk(here, member.getValue(), found);
            } else if (member.getKey().equals("anyOf") || member.getKey().equals("oneOf")) {
                for (int i = 0; i < member.getValue().size(); i++) {
                    walk(here + "/" + i, member.getValue().get(i), found);
                }
            }
        });
    }
}
