package io.greenlane.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PushEventTest {
    private static final Registry HOME = new Registry("111122223333", "eu-west-1");
    private static final String DIGEST = "sha256:" + "7f".repeat(32);

    @Test
    void a_tagged_push_arrives_with_what_the_event_says() {
        PushEvent event = PushEvent.read(push(), HOME);

        assertThat(event).isInstanceOfSatisfying(PushEvent.Arrived.class, arrived -> {
            Push push = arrived.push();
            assertThat(push.repository()).isEqualTo(new RepositoryName("shop/api"));
            assertThat(push.digest()).isEqualTo(new Digest(DIGEST));
            assertThat(push.tag()).isEqualTo(new Tag("1.8.2"));
            assertThat(push.registry()).isEqualTo(HOME);
            assertThat(push.time()).isEqualTo("2026-03-04T05:06:07Z");
        });
    }

    @Test
    void an_operator_wants_an_image_at_one_service() {
        Push push = new Push(HOME, new RepositoryName("shop/api"), new Digest(DIGEST), new Tag("1.8.2"),
                Push.OPERATOR + "1", Instant.parse("2026-03-04T05:06:07Z"));

        assertThat(PushEvent.read(PushEvent.wanted(push, "shop", "api", null), HOME))
                .isEqualTo(new PushEvent.Wanted(push, "shop", "api", null));
    }

    @Test
    void the_release_of_a_group_that_goes_back_says_so() {
        Push push = new Push(HOME, new RepositoryName("shop/api"), new Digest(DIGEST), new Tag("1.8.2"),
                Push.OPERATOR + "1", Instant.parse("2026-03-04T05:06:07Z"));
        String group = "g-" + "0a".repeat(16);

        assertThat(PushEvent.read(PushEvent.wanted(push, "shop", "api", group), HOME))
                .isEqualTo(new PushEvent.Wanted(push, "shop", "api", group));
        assertThat(PushEvent.read(PushEvent.wanted(push, "shop", "api", "r-1"), HOME)).isEqualTo(
                new PushEvent.Rejected("event.detail.backFrom must be the release of a group, got 'r-1'"));
    }

    @Test
    void what_the_registry_announces_is_not_what_an_operator_wants() {
        Push push = new Push(HOME, new RepositoryName("shop/api"), new Digest(DIGEST), new Tag("1.8.2"), "event-1",
                Instant.parse("2026-03-04T05:06:07Z"));

        assertThat(PushEvent.read(PushEvent.wanted(push, "shop", "api", null), HOME))
                .isEqualTo(new PushEvent.Rejected("event.id must begin with 'operator-' or 'glass-', got 'event-1'"));
    }

    static Stream<Arguments> hostile() {
        String bidi = "v1\u202egpj\u0000\r\n\u001b[31mred";
        return Stream.of(broken("no detail", "event.detail is missing", event -> event.remove("detail")),
                broken("detail is a list", "event.detail must be an object, got a list",
                        event -> event.put("detail", List.of())),
                broken("no source", "event.source is missing", event -> event.remove("source")),
                broken("other source", "event.source must be 'aws.ecr', got 'my.app'",
                        event -> event.put("source", "my.app")),
                broken("no detail-type", "event.detail-type is missing", event -> event.remove("detail-type")),
                broken("detail-type null", "event.detail-type must be text, got null",
                        event -> event.put("detail-type", null)),
                broken("account a number", "event.account must be text, got 111122223333",
                        event -> event.put("account", 111122223333L)),
                broken("other account", "The event comes from account 999988887777 in eu-west-1",
                        event -> event.put("account", "999988887777")),
                broken("other region", "The event comes from account 111122223333 in us-east-1",
                        event -> event.put("region", "us-east-1")),
                broken("region no region", "An AWS region looks like eu-west-1, got 'mars'",
                        event -> event.put("region", "mars")),
                broken("no id", "event.id is missing", event -> event.remove("id")),
                broken("id too long", "got 'xxxx", event -> event.put("id", "x".repeat(65))),
                broken("time no time", "event.time must be a time like 2026-03-04T05:06:07Z, got 'yesterday'",
                        event -> event.put("time", "yesterday")),
                inDetail("repository missing", "event.detail.repository-name is missing", "repository-name", null),
                inDetail("repository upper case", "got 'Shop'", "repository-name", "Shop"),
                inDetail("repository climbs", "got '../shop'", "repository-name", "../shop"),
                inDetail("repository huge", "(262145 characters)", "repository-name", "a".repeat(262_144) + "/"),
                inDetail("action a number", "event.detail.action-type must be text, got 7", "action-type", 7),
                inDetail("result an object", "event.detail.result must be text, got an object of 1 members", "result",
                        Map.of("$ne", 1)),
                inDetail("digest missing", "event.detail.image-digest is missing", "image-digest", null),
                inDetail("digest short", "got 'sha256:7f'", "image-digest", "sha256:7f"),
                inDetail("digest upper case", "lower-case hex", "image-digest", "sha256:" + "7F".repeat(32)),
                inDetail("digest of another algorithm", "got 'sha512:", "image-digest", "sha512:" + "7f".repeat(64)),
                inDetail("digest with a line break", "<U+000A>'", "image-digest", DIGEST + "\n"),
                inDetail("tag a boolean", "event.detail.image-tag must be text, got true", "image-tag", true),
                inDetail("tag of 300", "(300 characters)", "image-tag", "v".repeat(300)),
                inDetail("tag begins with a dash", "got '-rf'", "image-tag", "-rf"),
                inDetail("tag with a path", "got 'a/b'", "image-tag", "a/b"),
                inDetail("tag hidden direction", "got 'v1<U+202E>gpj<U+0000><U+000D><U+000A><U+001B>[31mred'",
                        "image-tag", bidi),
                inDetail("tag lone surrogate", "<U+D800>", "image-tag", "v\ud800"),
                inDetail("tag zero width", "<U+200B>", "image-tag", "v\u200b1"), Arguments.of("a list", List.of(),
                        "event must be an object, got a list"),
                Arguments.of("text", "hello", "event must be an object, got 'hello'"),
                Arguments.of("nothing", null, "event must be an object, got null"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void a_hostile_event_is_rejected_with_the_value_made_safe(String name, Object event, String reason) {
        assertThat(PushEvent.read(event, HOME)).isInstanceOfSatisfying(PushEvent.Rejected.class, rejected -> {
            assertThat(rejected.reason()).contains(reason).hasSizeLessThan(500);
            assertThat(rejected.reason().chars()).as("only visible characters").allMatch(c -> c >= ' ' && c < 0x7f);
        });
    }

    static Stream<Arguments> ignored() {
        return Stream.of(other("ECR Referrer Action", "A referrer"),
                other("ECR Replication Action", "A replicated image"),
                other("ECR Pull Through Cache Action", "pull-through cache"),
                other("ECR Image Scan", "scan is no push"),
                other("AWS API Call via CloudTrail", "Only 'ECR Image Action' events"),
                passedOver("DELETE", "Deleting an image of shop/api changes no service", "action-type", "DELETE"),
                passedOver("archive", "is 'UPDATE_STORAGE_CLASS'", "action-type", "UPDATE_STORAGE_CLASS"),
                passedOver("failed", "is 'FAILURE'", "result", "FAILURE"),
                passedOver("untagged", "without a tag", "image-tag", null),
                passedOver("empty tag", "without a tag", "image-tag", ""),
                passedOver("cosign", "signatures", "image-tag", "sha256-" + "7f".repeat(32) + ".sig"),
                passedOver("attestation", "signatures", "image-tag", "sha256-" + "7f".repeat(32) + ".att"),
                passedOver("sbom", "signatures", "image-tag", "sha256-" + "7f".repeat(32) + ".sbom"),
                passedOver("referrers", "signatures", "image-tag", "sha256-" + "7f".repeat(32)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ignored")
    void an_event_that_asks_for_no_release_says_why(String name, Object event, String reason) {
        assertThat(PushEvent.read(event, HOME)).isInstanceOfSatisfying(PushEvent.Ignored.class,
                ignored -> assertThat(ignored.reason()).contains(reason));
    }

    @Test
    void deep_nesting_anywhere_does_no_harm() {
        Object deep = "end";
        for (int i = 0; i < 100_000; i++) {
            deep = Map.of("a", deep);
        }
        Map<String, Object> event = push();
        event.put("resources", deep);
        assertThat(PushEvent.read(event, HOME)).isInstanceOf(PushEvent.Arrived.class);
        event.put("account", deep);
        assertThat(PushEvent.read(event, HOME)).isInstanceOf(PushEvent.Rejected.class);
    }

    @Test
    void whatever_is_thrown_at_it_is_answered() {
        Random random = new Random(20260304);
        List<Object> odd = new ArrayList<>(List.of("", " ", "\u0000", "x".repeat(5000), 7, -1.5, true, List.of(1),
                Map.of("a", 1), "sha256:", "sha256-" + "7f".repeat(32), "latest", "\ud83d\ude80"));
        odd.add(null);
        for (int i = 0; i < 5_000; i++) {
            Map<String, Object> event = push();
            Map<String, Object> detail = detail(event);
            for (int change = random.nextInt(4); change >= 0; change--) {
                Map<String, Object> where = random.nextBoolean() ? event : detail;
                String name = new ArrayList<>(where.keySet()).get(random.nextInt(where.size()));
                where.put(name, odd.get(random.nextInt(odd.size())));
            }
            PushEvent read = PushEvent.read(event, HOME);
            if (read instanceof PushEvent.Arrived arrived) {
                assertThat(Push.from(new io.greenlane.json.JsonObject("push", arrived.push().members())))
                        .isEqualTo(arrived.push());
            }
        }
    }

    private static Arguments broken(String name, String reason, Consumer<Map<String, Object>> change) {
        Map<String, Object> event = push();
        change.accept(event);
        return Arguments.of(name, event, reason);
    }

    private static Arguments inDetail(String name, String reason, String member,
            @Nullable Object value) {
        return passedOver(name, reason, member, value);
    }

    private static Arguments passedOver(String name, String reason, String member,
            @Nullable Object value) {
        Map<String, Object> event = push();
        if (value == null) {
            detail(event).remove(member);
        } else {
            detail(event).put(member, value);
        }
        return Arguments.of(name, event, reason);
    }

    private static Arguments other(String detailType, String reason) {
        Map<String, Object> event = push();
        event.put("detail-type", detailType);
        return Arguments.of(detailType, event, reason);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> detail(Map<String, Object> event) {
        return event.get("detail") instanceof Map<?, ?> detail
                ? (Map<String, Object>) detail
                : new HashMap<>(Map.of("x", 1));
    }

    private static Map<String, Object> push() {
        return new HashMap<>(Map.of("version", "0", "id", "0b1c2d3e-1111-2222-3333-444455556666", "detail-type",
                "ECR Image Action", "source", "aws.ecr", "account", "111122223333", "time", "2026-03-04T05:06:07Z",
                "region", "eu-west-1", "resources", List.of(), "detail",
                new HashMap<>(Map.of("result", "SUCCESS", "repository-name", "shop/api", "action-type", "PUSH",
                        "image-tag", "1.8.2", "image-digest", DIGEST))));
    }
}
