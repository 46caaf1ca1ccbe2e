package io.greenlane.rehearsal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.greenlane.release.Act;
import io.greenlane.release.Difference;
import io.greenlane.release.Outcome;
import io.greenlane.validation.HookEvent;
import io.greenlane.validation.Result;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The schema of the ledger has all that the code can write. What stories write is held against it by StoriesTest. */
class LedgerSchemaTest {
    private static final Map<String, Enum<?>[]> ENUMERATED = Map.of("outcome", Outcome.values(), "act",
            Act.Kind.values(), "differs", Difference.Kind.values(), "result", Result.values());

    private static JsonNode definition(String name) {
        return LedgerSchema.TEXT.path("definitions").path(name);
    }

    @Test
    void enumerated_members_have_the_values_that_the_code_reads() {
        ENUMERATED.forEach((name, values) -> assertThat(StreamSupport.stream(definition(name).path("enum")
                .spliterator(), false).map(JsonNode::asText)).as(name)
                .containsExactlyElementsOf(Arrays.stream(values).map(Enum::name).toList()));
        assertThat(definition("deployment").path("properties").properties()).extracting(Map.Entry::getKey)
                .containsAll(Arrays.stream(HookEvent.values()).map(HookEvent::toString).toList());
    }

    @Test
    void an_item_is_of_one_kind_and_each_kind_can_be_chosen() {
        assertThat(StreamSupport.stream(LedgerSchema.TEXT.path("oneOf").spliterator(), false)
                .map(kind -> kind.path("$ref").asText().replace("#/definitions/", "")))
                .containsExactlyInAnyOrderElementsOf(LedgerSchema.kinds());
        assertThat(LedgerSchema.kinds()).allSatisfy(kind -> assertThat(
                definition(kind).path("properties").path("id").path("pattern").asText()).startsWith("^" + kind + "#"));
    }

    @Test
    void a_later_version_may_add_members_of_the_types_that_are_written_back() {
        Map<String, AttributeValue> item = Map.of("id", AttributeValue.fromS("good#shop/web"), "version",
                AttributeValue.fromN("1"), "writer", AttributeValue.fromS("w"), "deployed",
                AttributeValue.fromL(List.of()), "later", AttributeValue.fromM(Map.of("list", AttributeValue.fromL(
                        List.of(AttributeValue.fromBool(true), AttributeValue.fromN("1"))))));
        assertThat(LedgerSchema.complaints(item)).isEmpty();
        assertThat(Stream.of("version", "writer", "deployed", "id").map(name -> {
            Map<String, AttributeValue> retyped = new HashMap<>(item);
            retyped.put(name, AttributeValue.fromBool(true));
            return LedgerSchema.complaints(retyped);
        })).allSatisfy(complaints -> assertThat(complaints).isNotEmpty());
    }
}
