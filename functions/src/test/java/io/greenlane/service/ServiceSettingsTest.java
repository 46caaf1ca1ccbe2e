package io.greenlane.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.image.RepositoryName;
import io.greenlane.json.JsonObject;
import io.greenlane.service.Overlap.Policy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ServiceSettingsTest {
    private final List<String> problems = new ArrayList<>();

    @Test
    void services_are_read_in_order_and_found_by_their_repository() {
        ServiceSettings settings = ServiceSettings.of(List.of(
                Map.of("repository", "shop/api", "application", "shop", "deploymentGroup", "api", "tags",
                        List.of("glob:v*", "exact:latest")),
                Map.of("repository", "shop/web", "application", "shop", "deploymentGroup", "web"),
                Map.of("repository", "shop/api", "application", "shop", "deploymentGroup", "worker")), problems::add);

        assertThat(problems).isEmpty();
        assertThat(settings.following(new RepositoryName("shop/api")))
                .extracting(service -> service.reference().key()).containsExactly("shop/api", "shop/worker");
        assertThat(settings.services().get(0).tags().policies()).hasSize(2);
        assertThat(settings.services().get(1).tags().policies()).isEmpty();
    }

    @Test
    void two_repositories_may_feed_one_service() {
        ServiceSettings settings = ServiceSettings.of(
                List.of(Map.of("repository", "shop/api", "application", "shop", "deploymentGroup", "api"),
                        Map.of("repository", "shop/proxy", "application", "shop", "deploymentGroup", "api")),
                problems::add);

        assertThat(problems).isEmpty();
        assertThat(settings.services()).hasSize(2);
    }

    @Test
    void every_problem_is_told_at_once() {
        ServiceSettings.of(List.of("shop",
                Map.of("repository", "Shop", "application", "", "tags", List.of("banana", 7), "region", "x"),
                Map.of("repository", "shop/api", "application", "shop", "deploymentGroup", "a/b", "tags", List.of()),
                Map.of("repository", "shop/api", "application", "shop", "deploymentGroup", "api"),
                Map.of("repository", "shop/api", "application", "shop", "deploymentGroup", "api")), problems::add);

        assertThat(problems).satisfiesExactly(
                one -> assertThat(one).isEqualTo("SERVICES[0] must be an object, got 'shop'"),
                one -> assertThat(one).isEqualTo("SERVICES[1] has no member 'region'"),
                one -> assertThat(one).startsWith("SERVICES[1].repository: A repository name is").contains("'Shop'"),
                one -> assertThat(one).startsWith("SERVICES[1].application: it is 1 to 100 characters"),
                one -> assertThat(one).isEqualTo("SERVICES[1].deploymentGroup is missing"),
                one -> assertThat(one).startsWith("SERVICES[1].tags: tag policy 'banana' is not usable"),
                one -> assertThat(one).isEqualTo("SERVICES[1].tags: a tag policy is text, got 7"),
                one -> assertThat(one).startsWith("SERVICES[2].deploymentGroup: it is 1 to 100"),
                one -> assertThat(one).startsWith("SERVICES[2].tags must be a list of at least one"),
                one -> assertThat(one).isEqualTo("SERVICES[4] names shop/api with repository shop/api a second time"));
    }

    private static Map<String, Object> member(String deploymentGroup, Object... more) {
        Map<String, Object> members = new HashMap<>(Map.of("repository", "shop/api", "application", "shop",
                "deploymentGroup", deploymentGroup, "group", "shop"));
        for (int i = 0; i < more.length; i += 2) {
            members.put(String.valueOf(more[i]), more[i + 1]);
        }
        return members;
    }

    @Test
    void services_of_a_group_have_a_wave_each() {
        ServiceSettings settings = ServiceSettings.of(List.of(member("web"), member("worker", "wave", 2),
                Map.of("repository", "shop/api", "application", "shop", "deploymentGroup", "batch")), problems::add);

        assertThat(problems).isEmpty();
        assertThat(settings.of("shop")).extracting(TrackedService::place).containsExactly(
                new TrackedService.Place("shop", 1), new TrackedService.Place("shop", 2));
        assertThat(settings.services().get(2).place()).isNull();
        assertThat(settings.services().get(2).reference().group()).isNull();
    }

    @Test
    void a_group_that_cannot_be_released_as_one_is_told() {
        ServiceSettings.of(List.of(member("web"), member("worker", "wave", 3, "repository", "shop/worker", "tags",
                List.of("glob:v*"), "overlap", "queue"), member("alone", "group", "other"),
                member("wrong", "group", "a b"), member("wrong-wave", "wave", 1.5),
                Map.of("repository", "shop/api", "application", "shop", "deploymentGroup", "batch", "wave", 2),
                Map.of("repository", "shop/proxy", "application", "shop", "deploymentGroup", "web")), problems::add);

        assertThat(problems).satisfiesExactly(
                one -> assertThat(one).startsWith("SERVICES[3].group is 1 to 50 letters").contains("'a b'"),
                one -> assertThat(one).isEqualTo("SERVICES[4].wave is a whole number from 1 to 10, got 1.5"),
                one -> assertThat(one).startsWith("SERVICES[5].wave orders the services of a group"),
                one -> assertThat(one).startsWith("shop/web is in a group and named a second time"),
                one -> assertThat(one).startsWith("The services of group 'shop' must follow the same repository"),
                one -> assertThat(one).startsWith("The services of group 'shop' must have the same tags"),
                one -> assertThat(one).startsWith("The services of group 'shop' must have the same overlap"),
                one -> assertThat(one).isEqualTo(
                        "Group 'other' has 2 to 10 services, got 1; a service alone needs no group"));
        problems.clear();

        ServiceSettings.of(List.of(member("web"), member("worker", "wave", 3)), problems::add);
        assertThat(problems).containsExactly(
                "The waves of group 'shop' must be 1, 2 and so on without a gap, got [1, 3]");
    }

    @Test
    void a_group_has_two_to_ten_services_in_as_many_waves_at_most() {
        List<Map<String, Object>> members = new ArrayList<>();
        for (int wave = 1; wave <= 10; wave++) {
            members.add(member("service-" + wave, "wave", wave));
        }
        ServiceSettings.of(members.subList(0, 2), problems::add);
        ServiceSettings.of(members, problems::add);
        assertThat(problems).isEmpty();

        members.add(member("service-11", "wave", 10));
        ServiceSettings.of(members, problems::add);
        ServiceSettings.of(List.of(member("web", "wave", 0), member("worker", "wave", 11)), problems::add);
        assertThat(problems).containsExactly("Group 'shop' has 2 to 10 services, got 11",
                "SERVICES[0].wave is a whole number from 1 to 10, got 0",
                "SERVICES[1].wave is a whole number from 1 to 10, got 11");
    }

    @Test
    void a_name_has_at_most_100_characters_and_no_slash_anywhere() {
        ServiceSettings settings = ServiceSettings.of(List.of(
                Map.of("repository", "shop/api", "application", "a".repeat(100), "deploymentGroup", "g".repeat(100)),
                Map.of("repository", "shop/api", "application", "a".repeat(101), "deploymentGroup", "/api")),
                problems::add);

        assertThat(problems).satisfiesExactly(
                one -> assertThat(one).startsWith("SERVICES[1].application: it is 1 to 100 characters"),
                one -> assertThat(one).startsWith("SERVICES[1].deploymentGroup: it is 1 to 100 characters")
                        .endsWith("got '/api'"));
        assertThat(settings.services()).hasSize(1);
    }

    @Test
    void overlap_is_newest_wins_unless_the_settings_say_otherwise() {
        Map<String, Object> named = Map.of("repository", "shop/api", "application", "shop");
        ServiceSettings settings = ServiceSettings.of(List.of(with(named, Map.of("deploymentGroup", "a")),
                with(named, Map.of("deploymentGroup", "b", "overlap", "queue", "endTerminationWait", true)),
                with(named, Map.of("deploymentGroup", "c", "overlap", "refuse", "endTerminationWait", false))),
                problems::add);

        assertThat(problems).isEmpty();
        assertThat(settings.services()).extracting(TrackedService::overlap).containsExactly(
                new Overlap(Policy.NEWEST_WINS, false), new Overlap(Policy.QUEUE, true),
                new Overlap(Policy.REFUSE, false));
        assertThat(settings.services()).allSatisfy(service -> assertThat(
                Overlap.from(new JsonObject("item", service.overlap().members()))).isEqualTo(service.overlap()));
    }

    @Test
    void an_overlap_that_cannot_be_is_told_with_what_can() {
        Map<String, Object> named = Map.of("repository", "shop/api", "application", "shop");
        ServiceSettings.of(List.of(with(named, Map.of("deploymentGroup", "a", "overlap", "newest")),
                with(named, Map.of("deploymentGroup", "b", "endTerminationWait", "yes")),
                with(named, Map.of("deploymentGroup", "c", "overlap", "refuse", "endTerminationWait", true))),
                problems::add);

        assertThat(problems).containsExactly(
                "SERVICES[0].overlap is one of newest-wins, queue, refuse, got 'newest'",
                "SERVICES[1].endTerminationWait must be true or false, got 'yes'",
                "SERVICES[2]: endTerminationWait is for a release that waits, and with overlap 'refuse' none does; leave"
                        + " one of the two out");
    }

    private static Map<String, Object> with(Map<String, Object> members, Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(members);
        all.putAll(more);
        return all;
    }

    @Test
    void no_services_are_no_settings() {
        assertThat(Stream.of(List.of(), Map.of(), "shop").map(value -> ServiceSettings.of(value, problems::add)))
                .containsOnly(new ServiceSettings(List.of()));

        assertThat(problems).containsExactly("SERVICES must be a list of at least one service, got an empty list",
                "SERVICES must be a list of at least one service, got an object of 0 members",
                "SERVICES must be a list of at least one service, got 'shop'");
    }
}
