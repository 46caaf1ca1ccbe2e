package io.greenlane.taskdefinition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenlane.image.Digest;
import io.greenlane.image.Registry;
import io.greenlane.image.Repository;
import io.greenlane.image.RepositoryName;
import io.greenlane.service.ServiceNotDeployableException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RevisionCopyTest {
    private static final String HOST = "111122223333.dkr.ecr.eu-west-1.amazonaws.com";
    private static final Repository SHOP = new Repository(new Registry("111122223333", "eu-west-1"),
            new RepositoryName("shop/api"), HOST + "/shop/api");
    private static final Digest DIGEST = new Digest("sha256:" + "7f".repeat(32));
    private static final String PINNED = HOST + "/shop/api@" + DIGEST;

    @Test
    void only_containers_of_the_repository_change_and_only_their_image() {
        Map<String, Object> api = Map.of("name", "api", "image", HOST + "/shop/api:v1", "cpu", 7);
        Map<String, Object> worker = Map.of("name", "worker", "image", PINNED.replace("7f", "00"));
        Map<String, Object> proxy = Map.of("name", "proxy", "image", HOST + "/shop/proxy:v1");

        RevisionCopy copy = copy(revision(Map.of("containerDefinitions", List.of(api, proxy, worker))));

        assertThat(copy.members()).containsEntry("containerDefinitions",
                List.of(Map.of("name", "api", "image", PINNED, "cpu", 7), proxy,
                        Map.of("name", "worker", "image", PINNED)));
    }

    @Test
    void a_task_definition_without_a_container_of_the_repository_is_refused_with_what_it_runs() {
        Revision source = revision(Map.of("containerDefinitions", List.of(Map.of("name", "web", "image", "nginx:1"))));

        assertThatThrownBy(() -> copy(source)).isInstanceOf(ServiceNotDeployableException.class).hasMessage(
                "No container of task definition shop-api:41 runs an image of " + HOST
                        + "/shop/api: web runs 'nginx:1'");
    }

    @Test
    void members_that_no_sdk_knows_survive_in_a_thousand_generated_task_definitions() {
        for (int seed = 0; seed < 1_000; seed++) {
            Map<String, Object> answer = new GeneratedTaskDefinition(seed).describeAnswer(HOST + "/shop/api:v1");
            Revision source = Revision.from(answer);
            Map<String, Object> request = copy(source).request();

            Map<String, Object> expected = new LinkedHashMap<>(source.members());
            expected.keySet().removeAll(RevisionCopy.OUTPUT_ONLY);
            assertThat(request).as("seed %d", seed).containsOnlyKeys(plus(expected.keySet(), "tags"));
            expected.forEach((name, value) -> {
                if (!name.equals("containerDefinitions")) {
                    assertThat(request.get(name)).isSameAs(value);
                }
            });
            assertThat(containersWithoutImage(request)).isEqualTo(containersWithoutImage(expected));
            copy(source).requireSame(registered(request, it -> {
            }));
        }
    }

    @Test
    void tags_travel_but_for_those_that_aws_reserves() {
        RevisionCopy copy = copy(
                Revision.from(new GeneratedTaskDefinition(1).describeAnswer(HOST + "/shop/api:v1")));

        assertThat(copy.tags()).containsOnly(Map.entry("team", "shop"), Map.entry("empty", ""),
                Map.entry("greenlane:release", "r-1"), Map.entry("greenlane:digest", DIGEST.text()));
    }

    @Test
    void a_copy_of_a_copy_names_only_its_own_release() {
        Revision first = registered(
                copy(Revision.from(new GeneratedTaskDefinition(1).describeAnswer(HOST + "/shop/api:v1"))).request(),
                it -> {
                });

        RevisionCopy second = RevisionCopy.of(first, SHOP, DIGEST, "r-2");

        assertThat(second.tags()).containsEntry("greenlane:release", "r-2").hasSize(4);
    }

    @Test
    void a_task_definition_with_too_many_tags_is_refused() {
        Map<String, String> tags = new LinkedHashMap<>();
        IntStream.range(0, 49).forEach(i -> tags.put("tag" + i, ""));
        Revision source = revision(
                Map.of("containerDefinitions", List.of(Map.of("name", "api", "image", HOST + "/shop/api"))));
        Revision full = new Revision(source.arn(), source.members(), tags);

        assertThatThrownBy(() -> copy(full)).isInstanceOf(ServiceNotDeployableException.class)
                .hasMessageContaining("make 51; ECS allows 50");
    }

    @Test
    void fifty_tags_are_allowed() {
        Map<String, String> tags = new LinkedHashMap<>();
        IntStream.range(0, 48).forEach(i -> tags.put("tag" + i, ""));
        Revision source = revision(
                Map.of("containerDefinitions", List.of(Map.of("name", "api", "image", HOST + "/shop/api"))));
        assertThat(copy(new Revision(source.arn(), source.members(), tags)).tags()).hasSize(50);
    }

    @ParameterizedTest
    @CsvSource({"10, x9", "11, x9 and 1 more places", "12, x9 and 2 more places"})
    void of_many_differences_the_first_ten_are_named(int count, String end) {
        RevisionCopy copy = copy(plain());
        Revision registered = registered(copy.request(),
                document -> IntStream.range(0, count).forEach(i -> document.put("x" + i, i)));
        assertThatThrownBy(() -> copy.requireSame(registered)).hasMessageEndingWith(", " + end);
    }

    @ParameterizedTest
    @CsvSource({"awsvpc, 80", "host, 80", "bridge, 0", "none, 0"})
    void the_port_of_the_host_is_that_of_the_container_where_the_task_has_an_address_of_its_own(String mode,
            int hostPort) {
        Map<String, Object> members = new LinkedHashMap<>(plain().members());
        members.put("networkMode", mode);
        RevisionCopy copy = copy(new Revision(plain().arn(), members, Map.of()));
        assertThat(copy.isSame(registered(copy.request(), document -> api(document).put("portMappings",
                List.of(Map.of("containerPort", 80, "hostPort", hostPort, "protocol", "tcp")))))).isTrue();
        assertThat(copy.isSame(registered(copy.request(), document -> api(document).put("portMappings",
                List.of(Map.of("containerPort", 80, "hostPort", 81)))))).isFalse();
        assertThat(copy.isSame(registered(copy.request(), document -> api(document).put("portMappings",
                List.of(Map.of("containerPort", 80, "protocol", "udp")))))).isFalse();
    }

    @Test
    void the_size_of_a_task_is_told_in_many_ways() {
        RevisionCopy copy = copy(plain());
        for (String half : List.of("512", "0.5GB", ".5 GB", "0.50 gb")) {
            assertThat(copy.isSame(registered(copy.request(), document -> document.put("memory", half))))
                    .as(half).isEqualTo(!half.startsWith("."));
        }
        assertThat(copy.isSame(registered(copy.request(), document -> document.put("memory", "1 GB")))).isFalse();
        assertThat(copy.isSame(registered(copy.request(), document -> document.put("cpu", "0.5 vCPU")))).isFalse();
    }

    static Stream<Arguments> harmless() {
        return Stream.of(harmless("environment in another order",
                it -> it.put("environment", List.of(env("B", "2"), env("A", "1")))),
                harmless("the members of its items in another order",
                        it -> it.put("environment", List.of(env("B", "2"), valueFirst("A", "1")))),
                harmless("secrets in another order", it -> it.put("secrets", List.of(secret("Y"), secret("X")))),
                harmless("empty lists said", it -> it.putAll(Map.of("mountPoints", List.of(), "volumesFrom", List.of(),
                        "systemControls", List.of()))),
                harmless("zero cpu said", it -> it.put("cpu", 0)),
                harmless("port defaults said",
                        it -> it.put("portMappings",
                                List.of(Map.of("containerPort", 80, "hostPort", 80, "protocol", "tcp")))),
                harmless("a number written otherwise", it -> it.put("stopTimeout", new java.math.BigDecimal("30.0"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("harmless")
    void what_ecs_writes_in_another_form_is_the_same(String name, Consumer<Map<String, Object>> change) {
        RevisionCopy copy = copy(plain());

        assertThatCode(() -> copy.requireSame(registered(copy.request(), document -> change.accept(api(document)))))
                .doesNotThrowAnyException();
    }

    @Test
    void the_size_of_a_task_may_come_back_without_its_unit() {
        RevisionCopy copy = copy(plain());

        copy.requireSame(registered(copy.request(), document -> {
            document.put("cpu", "256");
            document.put("memory", "512");
        }));
    }

    static Stream<Arguments> harmful() {
        return Stream.of(harmful("containerDefinitions[api].environment[A].value",
                it -> it.put("environment", List.of(env("A", "other"), env("B", "2")))),
                harmful("containerDefinitions[api].environment[B]",
                        it -> it.put("environment", List.of(env("A", "1")))),
                harmful("containerDefinitions[api].secrets", it -> it.remove("secrets")),
                harmful("containerDefinitions[api].image", it -> it.put("image", HOST + "/shop/api:v1")),
                harmful("containerDefinitions[api].entryPoint", it -> it.remove("entryPoint")),
                harmful("containerDefinitions[api].command[0]", it -> it.put("command", List.of("b", "a"))),
                harmful("containerDefinitions[api].stopTimeout", it -> it.put("stopTimeout", 31)),
                harmful("containerDefinitions[api].portMappings[0].hostPort",
                        it -> it.put("portMappings", List.of(Map.of("containerPort", 80, "hostPort", 81)))),
                harmful("containerDefinitions[api].future.deep[1]",
                        it -> it.put("future", Map.of("deep", List.of(1, 3)))),
                harmful("containerDefinitions[api].cpu", it -> it.put("cpu", 1)),
                harmful("containerDefinitions[api].surprise", it -> it.put("surprise", 1)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("harmful")
    void a_difference_is_named_and_its_value_is_not_shown(String path, Consumer<Map<String, Object>> change) {
        RevisionCopy copy = copy(plain());
        Revision registered = registered(copy.request(), document -> change.accept(api(document)));

        assertThatThrownBy(() -> copy.requireSame(registered)).isInstanceOf(CopyDiffersException.class)
                .hasMessageStartingWith("Task definition shop-api:42 is not the copy of shop-api:41")
                .hasMessageContaining(
                        "it differs in " + path)
                .hasMessageNotContaining("other");
    }

    @Test
    void roles_tags_and_unknown_members_of_the_task_are_held_against_the_source_too() {
        RevisionCopy copy = copy(plain());

        assertThatThrownBy(() -> copy.requireSame(registered(copy.request(), document -> {
            document.put("taskRoleArn", "arn:aws:iam::111122223333:role/admin");
            document.remove("futureTask");
            document.remove("tags");
        }))).isInstanceOf(CopyDiffersException.class).hasMessageContainingAll(" taskRoleArn", " futureTask",
                " tags.team",
                " tags.greenlane:release", " tags.greenlane:digest");
    }

    @Test
    void tags_that_aws_adds_are_no_difference_and_others_are() {
        RevisionCopy copy = copy(plain());
        Revision registered = registered(copy.request(), document -> {
        });
        for (String key : List.of("aws:cloudformation:stack-name", "cost-center")) {
            Map<String, String> tags = new LinkedHashMap<>(registered.tags());
            tags.put(key, "shop");
            assertThat(copy.isSame(new Revision(registered.arn(), registered.members(), tags))).as(key)
                    .isEqualTo(key.startsWith("aws:"));
        }
    }

    @Test
    void a_revision_is_told_by_its_family_and_number() {
        assertThat(plain().family()).isEqualTo("shop-api");
        assertThat(plain().name()).isEqualTo("shop-api:41");
    }

    @Test
    void a_container_in_another_place_is_a_difference() {
        RevisionCopy copy = copy(plain());

        assertThatThrownBy(() -> copy.requireSame(registered(copy.request(), document -> {
            List<Object> containers = new ArrayList<>(containers(document));
            java.util.Collections.reverse(containers);
            document.put("containerDefinitions", containers);
        }))).hasMessageEndingWith("it differs in containerDefinitions (its order)");
    }

    private static Arguments harmless(String name, Consumer<Map<String, Object>> change) {
        return Arguments.of(name, change);
    }

    private static Arguments harmful(String path, Consumer<Map<String, Object>> change) {
        return Arguments.of(path, change);
    }

    private static RevisionCopy copy(Revision source) {
        return RevisionCopy.of(source, SHOP, DIGEST, "r-1");
    }

    private static Revision plain() {
        Map<String, Object> api = new LinkedHashMap<>(Map.of("name", "api", "image", HOST + "/shop/api:v1",
                "environment", List.of(env("A", "1"), env("B", "2")), "secrets", List.of(secret("X"), secret("Y")),
                "entryPoint", List.of(), "command", List.of("a", "b"), "stopTimeout", 30, "portMappings",
                List.of(Map.of("containerPort", 80)), "future", Map.of("deep", List.of(1, 2))));
        Map<String, Object> sidecar = Map.of("name", "sidecar", "image", "public.example/sidecar:1");
        return new Revision("arn:aws:ecs:eu-west-1:111122223333:task-definition/shop-api:41",
                Map.of("family", "shop-api", "cpu", "0.25 vCPU", "memory", "0.5 GB", "networkMode",
                        "awsvpc", "taskRoleArn", "arn:aws:iam::111122223333:role/shop", "futureTask", Map.of(),
                        "containerDefinitions", List.of(api, sidecar)),
                Map.of("team", "shop"));
    }

    private static Revision revision(Map<String, Object> members) {
        Map<String, Object> all = new LinkedHashMap<>(members);
        all.put("family", "shop-api");
        return new Revision("arn:aws:ecs:eu-west-1:111122223333:task-definition/shop-api:41", all, Map.of());
    }

    /** What ECS would answer, with a change on the way. */
    private static Revision registered(Map<String, Object> request, Consumer<Map<String, Object>> change) {
        Map<String, Object> document = new LinkedHashMap<>(request);
        change.accept(document);
        Object tags = document.remove("tags");
        document.put("taskDefinitionArn", "arn:aws:ecs:eu-west-1:111122223333:task-definition/shop-api:42");
        document.put("revision", 42);
        document.put("status", "ACTIVE");
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("taskDefinition", document);
        answer.put("tags", tags);
        return Revision.from(answer);
    }

    private static Map<String, Object> api(Map<String, Object> document) {
        List<Object> containers = new ArrayList<>(containers(document));
        Map<String, Object> api = new LinkedHashMap<>();
        ((Map<?, ?>) containers.get(0)).forEach((name, value) -> api.put(String.valueOf(name), value));
        containers.set(0, api);
        document.put("containerDefinitions", containers);
        return api;
    }

    private static List<Map<Object, Object>> containersWithoutImage(Map<String, Object> document) {
        return containers(document).stream().map(container -> {
            Map<Object, Object> rest = new LinkedHashMap<>((Map<?, ?>) container);
            rest.remove("image");
            return rest;
        }).toList();
    }

    private static List<?> containers(Map<String, Object> document) {
        return document.get("containerDefinitions") instanceof List<?> list ? list : List.of();
    }

    private static List<String> plus(Iterable<String> names, String another) {
        List<String> all = new ArrayList<>();
        names.forEach(all::add);
        all.add(another);
        return all;
    }

    private static Map<String, Object> env(String name, String value) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("name", name);
        item.put("value", value);
        return item;
    }

    private static Map<String, Object> valueFirst(String name, String value) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("value", value);
        item.put("name", name);
        return item;
    }

    private static Map<String, Object> secret(String name) {
        return Map.of("name", name, "valueFrom", "arn:aws:ssm:eu-west-1:111122223333:parameter/" + name);
    }
}
