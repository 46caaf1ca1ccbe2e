package io.greenlane.rehearsal.schema;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.greenlane.validation.rules.Problem;
import io.greenlane.validation.rules.Reading;
import io.greenlane.validation.rules.Variables;
import io.greenlane.validation.rules.reading.RulesReader;
import io.greenlane.validation.rules.yaml.Node;
import io.greenlane.validation.rules.yaml.Node.Listing;
import io.greenlane.validation.rules.yaml.Node.Mapping;
import io.greenlane.validation.rules.yaml.Node.Scalar;
import io.greenlane.validation.rules.yaml.Problems;
import io.greenlane.validation.rules.yaml.Yaml;
import io.greenlane.validation.source.LogFiles.Opening;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Validation files, as the reader and as the schema see them. */
final class ValidationFiles {
    static final Path ROOT = Path.of("..");
    static final Path SCHEMA = ROOT.resolve("schemas/validation.schema.json");
    private static final Path GOOD = ROOT.resolve("functions/src/test/resources/io/greenlane/validation/rules/good");
    private static final String LOG = "http 2026-03-04T05:06:07.1Z app/shop/1 203.0.113.4:5 10.0.0.1:80 0 0 0 200 200 1 1"
            + " \"GET http://shop.example.test:80/api/products HTTP/1.1\" \"curl\" - -\n";
    private static final Map<String, String> VALUES = Map.of(Variables.IMAGE_TAG, "1.2.3", Variables.IMAGE_DIGEST,
            "sha256:abc", Variables.DEPLOYMENT_ID, "d-AB12CD34E", Variables.SERVICE_NAME, "shop");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private ValidationFiles() {}

    /** All good files of the reader's own tests. */
    static List<Path> good() {
        try (Stream<Path> files = Files.list(GOOD)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The reader's sentences about a text; none when it is usable. */
    static List<String> sentences(String text) {
        Reading reading = new RulesReader(new Variables(VALUES, name -> "value of " + name),
                uri -> new Opening.Opened(new ByteArrayInputStream(LOG.getBytes(StandardCharsets.UTF_8))), 1)
                .read("validation.yaml", null, text);
        return reading instanceof Reading.Refused(List<Problem> problems)
                ? problems.stream().map(Problem::sentence).toList()
                : List.of();
    }

    static JsonNode schema() {
        return json(text(SCHEMA));
    }

    static JsonSchema validator() {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(text(SCHEMA));
    }

    /** The schema's sentences about a document; none when it is valid. */
    static List<String> complaints(JsonSchema validator, JsonNode document) {
        return validator.validate(document).stream().map(ValidationMessage::getMessage).toList();
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A YAML text as an editor gives it to the schema. */
    static JsonNode yaml(String text) {
        return json(Objects.requireNonNull(Yaml.read("validation.yaml", true, text, new Problems())));
    }

    private static JsonNode json(Node node) {
        return switch (node) {
            case Scalar scalar -> switch (scalar.kind()) {
                case TEXT -> NODES.textNode(scalar.text());
                case TRUTH -> NODES.booleanNode(scalar.text().equals("true"));
                case NOTHING -> NODES.nullNode();
                case NUMBER -> number(scalar.text());
            };
            case Listing listing -> {
                ArrayNode items = NODES.arrayNode();
                listing.items().forEach(item -> items.add(json(item)));
                yield items;
            }
            case Mapping mapping -> {
                ObjectNode members = NODES.objectNode();
                mapping.members().forEach(member -> members.set(member.name(), json(member.value())));
                yield members;
            }
        };
    }

    private static JsonNode number(String text) {
        return text.endsWith("inf") || text.endsWith("nan")
                ? DoubleNode.valueOf(Double.NaN)
                : DecimalNode.valueOf(new BigDecimal(text));
    }
}
