package io.greenlane.rehearsal.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import io.greenlane.rehearsal.endpoint.CallObserver;
import io.greenlane.rehearsal.iam.Grant;
import io.greenlane.rehearsal.iam.WithoutGrant;
import io.greenlane.rehearsal.schema.LedgerItems;
import io.greenlane.rehearsal.schema.LedgerSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/** What holds in all of the stories: what permissions are needed, that no secret is written down, and what the ledger looks like. */
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoriesTest {
    /** All of them with {@code -Dgreenlane.everyGrant=true}. */
    private static final int STEP = Boolean.getBoolean("greenlane.everyGrant") ? 1 : 40;

    private final WarmFunctions functions = new WarmFunctions();
    private final Map<Place, Set<Grant>> granted = new LinkedHashMap<>();
    private final Map<Place, Story> neededBy = new LinkedHashMap<>();
    private final List<String> refused = new ArrayList<>();
    private final List<String> superfluous = new ArrayList<>();
    private final List<String> leaks = new ArrayList<>();
    private final List<String> forgotten = new ArrayList<>();
    private final LedgerItems items = new LedgerItems();
    private int written;
    private int open;

    /** A grant in all forms of the templates: with and without the sample the same statement names other resources. */
    private record Place(String holder, String policy, int statement, String action, String resource) {
        static Place of(Grant grant) {
            String holder = grant.holder().substring(grant.holder().lastIndexOf(':') + 1);
            String resource = grant.action().equals("lambda:InvokeFunction")
                    ? grant.resource().substring(grant.resource().lastIndexOf(':') + 1)
                    : "";
            return new Place(holder.replaceFirst("^role/member\\d+-", "role/greenlane-Sample-"),
                    grant.policy().replaceFirst("^trust of member\\d+-", "trust of greenlane-Sample-"),
                    grant.statement(), grant.action(), resource);
        }

        boolean isCoveredBy(JsonNode acknowledged) {
            return matches(acknowledged.path("holder").asText(), holder)
                    && matches(acknowledged.path("policy").asText(), policy)
                    && matches(acknowledged.path("action").asText(), action);
        }

        private static boolean matches(String pattern, String text) {
            return pattern.equals(text) || pattern.equals("*")
                    || (pattern.endsWith("*") && text.startsWith(pattern.substring(0, pattern.length() - 1)))
                    || (pattern.startsWith("*") && text.endsWith(pattern.substring(1)));
        }

        @Override
        public String toString() {
            return holder + ", policy " + policy + ", statement " + statement + ": " + action + " " + resource;
        }
    }

    @BeforeAll
    void tell() {
        Stories.all().forEach(this::tell);
    }

    @Test
    void no_secret_is_written_down() {
        assertThat(leaks).isEmpty();
        assertThat(written).isGreaterThan(1000);
    }

    /** The table forgets items by their time to live; one that somebody has still to look after has none. */
    @Test
    void nothing_that_is_open_in_the_ledger_is_forgotten() {
        assertThat(forgotten).isEmpty();
        assertThat(open).isGreaterThan(100);
    }

    @Test
    void every_item_of_the_ledger_is_as_its_schema_says() {
        assertThat(items.complaints()).isEmpty();
        assertThat(items.kinds()).isEqualTo(LedgerSchema.kinds());
    }

    @Test
    void what_the_schema_of_the_ledger_requires_is_what_the_functions_need() {
        assertThat(items.needed()).as("needed, but not required").isEmpty();
        assertThat(items.superfluous()).as("required, but not needed").isEmpty();
    }

    /**
     * Each permission that the templates grant is needed by one of the stories, or acknowledged: the first request that needs it
     * is refused without it, and a refusal breaks a promise (I13).
     */
    @Test
    void every_grant_is_needed_and_nothing_else_is() throws IOException {
        Set<Place> idle = new HashSet<>(granted.keySet());
        idle.removeAll(neededBy.keySet());
        List<JsonNode> acknowledged = acknowledged();

        print(idle);
        assertThat(refused).isEmpty();
        assertThat(superfluous).isEmpty();
        assertThat(idle).allMatch(place -> acknowledged.stream().anyMatch(place::isCoveredBy),
                "is acknowledged in docs/security/acknowledged.json");
        assertThat(acknowledged).isNotEmpty().allSatisfy(each -> {
            assertThat(idle).as(each.toString()).anyMatch(place -> place.isCoveredBy(each));
            assertThat(neededBy.keySet()).as(each.toString()).noneMatch(place -> place.isCoveredBy(each));
            assertThat(each.path("reason").asText()).hasSizeGreaterThan(20);
            assertThat(each.path("owner").asText()).isNotBlank();
            assertThat(LocalDate.parse(each.path("until").asText())).isAfter(LocalDate.now(Clock.systemUTC()));
        });
    }

    /** The story that needs a grant is told again without it, and somebody is refused; in the build without every fortieth. */
    @Test
    void a_story_goes_wrong_without_any_one_of_its_grants() {
        List<Map.Entry<Place, Story>> needed = List.copyOf(neededBy.entrySet());
        List<String> unmissed = new ArrayList<>();
        int told = 0;
        for (int i = 0; i < needed.size(); i += STEP) {
            told++;
            if (!isRefusedWithout(needed.get(i).getKey(), needed.get(i).getValue())) {
                unmissed.add(needed.get(i).getValue().name() + " goes well without " + needed.get(i).getKey());
            }
        }
        System.out.println(told + " stories told without a grant, " + unmissed.size() + " of them went well");
        assertThat(unmissed).isEmpty();
    }

    private boolean isRefusedWithout(Place place, Story story) {
        Site site = story.site().apply(functions);
        site.cloud().roles.grants().stream().filter(grant -> Place.of(grant).equals(place))
                .forEach(grant -> WithoutGrant.withdraw(site.cloud().roles, grant,
                        place.resource().isEmpty() ? null : grant.resource()));
        Throwable end = catchThrowable(() -> story.course().accept(site));
        boolean refused = site.cloud().audit.denied().stream()
                .anyMatch(denied -> denied.request().action().equals(place.action()));
        assertThat(end == null || refused).as(() -> story.name() + " without " + place + " ended with " + end).isTrue();
        return refused;
    }

    private void tell(Story story) {
        Site site = story.site().apply(functions);
        site.cloud().observers.add(new CallObserver() {
            @Override
            public void arrives(Call call) {
                if (call.request() instanceof PutItemRequest put) {
                    items.add(put.item());
                }
                if (call.request() instanceof PutItemRequest put && put.item().containsKey("open")) {
                    open++;
                    if (put.item().containsKey("expiresAt")) {
                        forgotten.add(story.name() + ": " + put.item());
                    }
                }
            }
        });
        try (Leavings left = new Leavings(site)) {
            story.course().accept(site);
            List<String> all = left.all();
            written += all.size();
            all.stream().filter(text -> text.contains(Canary.SECRET))
                    .forEach(text -> leaks.add(story.name() + ": " + text));
        }
        site.cloud().audit.denied().forEach(denied -> refused.add(story.name() + ": " + denied.sentence()));
        site.cloud().roles.grants().stream().filter(StoriesTest::isOfTheTemplates)
                .forEach(grant -> granted.computeIfAbsent(Place.of(grant), added -> new HashSet<>()).add(grant));
        site.cloud().audit.used().forEach((grant, use) -> {
            if (isOfTheTemplates(grant)) {
                neededBy.putIfAbsent(Place.of(grant), story);
            }
            if (!WithoutGrant.isRefused(site.cloud().roles, grant, use.first())) {
                superfluous.add(grant + " is granted elsewhere too");
            }
        });
    }

    private static boolean isOfTheTemplates(Grant grant) {
        return !grant.holder().equals(AccountKey.ARN);
    }

    private void print(Set<Place> idle) throws IOException {
        Map<String, Set<String>> stories = new TreeMap<>();
        neededBy.forEach(
                (place, story) -> stories.computeIfAbsent(story.name(), added -> new TreeSet<>()).add(place.holder()));
        List<String> report = new ArrayList<>();
        report.add(granted.size() + " grants, " + neededBy.size() + " needed by " + Stories.all().size() + " stories, "
                + idle.size() + " idle and acknowledged, " + refused.size() + " calls denied");
        stories.forEach((story, holders) -> report.add("  " + story + ": " + holders.stream()
                .map(holder -> holder.replace("role/greenlane-", "")).collect(Collectors.joining(", "))));
        report.add("Idle are");
        idle.stream().map(place -> "  " + place).sorted().forEach(report::add);
        Files.write(SampleSite.root().resolve("rehearsal/target/permissions.txt"), report);
    }

    private static List<JsonNode> acknowledged() throws IOException {
        List<JsonNode> all = new ArrayList<>();
        SampleSite.json(Files.readString(SampleSite.root().resolve("docs/security/acknowledged.json"))).path("grants")
                .forEach(all::add);
        return all;
    }
}
