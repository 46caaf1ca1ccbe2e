package io.greenlane.rehearsal.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.greenlane.rehearsal.schema.LedgerSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A stack can be rolled back: these functions read what those of the version after them wrote, and lose nothing of it (I18). */
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LaterVersionTest {
    /** They write every kind of item, and every kind of item again. */
    private static final Set<String> STORIES = Set.of("nothing comes of pushes",
            "gates open while a release lies down before them", "a gate that holds a release is overridden",
            "somebody approves", "a newer push overtakes a running one", "an operator holds, rolls back and accepts",
            "one of a group fails after others have moved for good");

    private final WarmFunctions functions = new WarmFunctions();
    private final List<String> lost = new ArrayList<>();
    private final Set<String> gone = new TreeSet<>();
    private final Set<String> rewritten = new TreeSet<>();
    private final List<String> complaints = new ArrayList<>();
    private final List<Told> told = new ArrayList<>();

    private record Told(String story, Left plain, Left later) {}

    /** What is left of a story, as far as this version knows it. */
    private record Left(List<JsonNode> messages, Map<String, Map<String, AttributeValue>> ledger) {
        static Left at(Site site) {
            return new Left(site.messages(), site.ledger().stream().map(LaterVersion::withoutMore)
                    .collect(Collectors.toMap(item -> Objects.requireNonNull(item.get("id")).s(), item -> item)));
        }
    }

    @BeforeAll
    void tell() {
        Stories.all().stream().filter(story -> STORIES.contains(story.name())).forEach(this::tell);
        assertThat(told).hasSameSizeAs(STORIES);
    }

    private void tell(Story story) {
        Site plain = story.site().apply(functions);
        story.course().accept(plain);
        Left left = Left.at(plain);

        Site site = story.site().apply(functions);
        LaterVersion later = new LaterVersion(site);
        story.course().accept(site);
        told.add(new Told(story.name(), left, Left.at(site)));
        site.ledger().forEach(item -> complaints.addAll(LedgerSchema.complaints(item)));
        later.lost().forEach(one -> lost.add(story.name() + ": " + one));
        gone.addAll(later.gone());
        rewritten.addAll(later.rewritten());
    }

    @Test
    void nothing_is_lost_of_what_it_wrote() {
        assertThat(lost).isEmpty();
        assertThat(rewritten).isEqualTo(LedgerSchema.kinds());
        assertThat(gone).isEqualTo(LaterVersion.goingObjects());
    }

    @Test
    void the_schema_of_the_ledger_lets_it_write_more() {
        assertThat(complaints).isEmpty();
    }

    @Test
    void everything_ends_and_is_told_as_without() {
        assertThat(told).allSatisfy(one -> {
            assertThat(one.later().messages()).as(one.story()).isEqualTo(one.plain().messages());
            assertThat(one.later().ledger()).as(one.story()).isEqualTo(one.plain().ledger());
        });
    }

    @Test
    void the_sweep_leaves_an_item_alone_of_a_kind_that_came_later() {
        SampleSite site = new SampleSite(Map.of(), functions);
        Map<String, AttributeValue> item = Map.of("id", AttributeValue.fromS("later#1"), "version",
                AttributeValue.fromN("3"), "writer", AttributeValue.fromS("w"), "open",
                AttributeValue.fromS("release"), "mustLeaveBy", AttributeValue.fromN("1"));
        site.cloud.dynamoDb.putItem(it -> it.tableName(site.resource("Releases")).item(item));

        assertThat(site.sweep().has("repairs")).isTrue();
        assertThat(site.ledger()).containsExactly(item);
        assertThat(site.messages()).isEmpty();
    }
}
