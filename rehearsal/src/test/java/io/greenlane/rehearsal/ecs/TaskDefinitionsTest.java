package io.greenlane.rehearsal.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecs.model.ClientException;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionField;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;

@SuppressWarnings("unchecked") // the SDK's varargs of consumers
class TaskDefinitionsTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private final Website website = new Website(DescribeNoise.AS_AWS);

    @Test
    void members_that_no_sdk_knows_survive() {
        ObjectNode registered = website.ecs.callRaw("RegisterTaskDefinition", json("""
                {"family": "f", "novelty": {"deep": [1, "two"]}, "memory": "512", "containerDefinitions": [
                  {"name": "c", "image": "i", "sidecarPolicy": {"wait": true}}]}"""));
        ObjectNode described = website.ecs.callRaw("DescribeTaskDefinition", json("{\"taskDefinition\": \"f\"}"));

        assertThat(described.at("/taskDefinition/novelty/deep/1").asText()).isEqualTo("two");
        assertThat(described.at("/taskDefinition/containerDefinitions/0/sidecarPolicy/wait").asBoolean()).isTrue();
        assertThat(described.get("taskDefinition")).isEqualTo(registered.get("taskDefinition"));
        assertThat(
                website.ecs.describeTaskDefinition(b -> b.taskDefinition("f:1")).taskDefinition().containerDefinitions()
                        .getFirst().image())
                .isEqualTo("i");
    }

    @Test
    void what_ecs_adds_between_register_and_describe() {
        ObjectNode input = json("""
                {"family": "f", "networkMode": "awsvpc", "cpu": "1 vCPU", "memory": "2 GB", "containerDefinitions": [
                  {"name": "c", "image": "i", "portMappings": [{"containerPort": 80}],
                   "environment": [{"name": "A", "value": "1"}, {"name": "B", "value": "2"}]}]}""");

        ObjectNode noisy = (ObjectNode) website.ecs.callRaw("RegisterTaskDefinition", input).get("taskDefinition");
        assertThat(noisy.path("cpu").asText()).isEqualTo("1024");
        assertThat(noisy.path("memory").asText()).isEqualTo("2048");
        assertThat(noisy.at("/containerDefinitions/0/portMappings/0/hostPort").asInt()).isEqualTo(80);
        assertThat(noisy.at("/containerDefinitions/0/environment/0/name").asText()).isEqualTo("B");
        assertThat(noisy.at("/containerDefinitions/0/mountPoints").isArray()).isTrue();
        assertThat(noisy.at("/containerDefinitions/0").has("simulatedFutureSetting")).isTrue();

        ObjectNode minimal = (ObjectNode) new Website(DescribeNoise.MINIMAL).ecs.callRaw("RegisterTaskDefinition",
                input).get("taskDefinition");
        assertThat(minimal.at("/containerDefinitions/0/portMappings/0").has("hostPort")).isFalse();
        assertThat(minimal.at("/containerDefinitions/0").has("mountPoints")).isFalse();
    }

    @Test
    void a_family_names_its_latest_active_revision() {
        website.register("one");
        website.register("two");
        website.register("three");
        TaskDefinition deregistered = website.ecs.deregisterTaskDefinition(b -> b.taskDefinition("website:3"))
                .taskDefinition();

        assertThat(deregistered.status()).isEqualTo(TaskDefinitionStatus.INACTIVE);
        assertThat(website.ecs.describeTaskDefinition(b -> b.taskDefinition("website")).taskDefinition().revision())
                .isEqualTo(2);
        assertThat(website.ecs.describeTaskDefinition(b -> b.taskDefinition("website:3")).taskDefinition().revision())
                .isEqualTo(3);
        assertThat(website.register("four")).endsWith("website:4");
        assertThat(website.ecs.listTaskDefinitions(b -> b.familyPrefix("website")).taskDefinitionArns()).extracting(
                Names::last).containsExactly("website:1", "website:2", "website:4");
        assertThat(website.ecs.listTaskDefinitionFamilies(b -> b.familyPrefix("web")).families()).containsExactly(
                "website");
    }

    @Test
    void tags_are_told_only_when_asked_for() {
        website.ecs.registerTaskDefinition(b -> b.family("f").memory("512").containerDefinitions(c -> c.name("c").image(
                "i")).tags(t -> t.key("team").value("web")));

        assertThat(website.ecs.describeTaskDefinition(b -> b.taskDefinition("f")).hasTags()).isFalse();
        assertThat(website.ecs.describeTaskDefinition(b -> b.taskDefinition("f").include(TaskDefinitionField.TAGS))
                .tags().getFirst().value()).isEqualTo("web");
    }

    @Test
    void a_missing_revision_is_a_client_exception() {
        assertThatThrownBy(() -> website.ecs.describeTaskDefinition(b -> b.taskDefinition("nothing:7"))).isInstanceOf(
                ClientException.class).hasMessageContaining("Unable to describe task definition.");
    }

    @Test
    void output_only_members_are_refused_by_name() {
        assertThatThrownBy(() -> website.ecs.callRaw("RegisterTaskDefinition",
                json("""
                {"family": "f", "revision": 3, "memory": "512", "containerDefinitions": [{"name": "c", "image": "i"}]}""")))
                .isInstanceOf(InvalidParameterException.class).hasMessageContaining("'revision'");
    }

    @ParameterizedTest
    @CsvSource({"256,512,true", "256,2048,true", "256,3072,false", "257,512,false", "512,4096,true", "1024,1024,false",
            "1024,8192,true", "4096,30720,true", "8192,16384,true", "8192,17408,false", "16384,122880,true"})
    void fargate_runs_only_some_sizes(String cpu, String memory, boolean accepted) {
        ObjectNode input = json("""
                {"family": "f", "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"],
                 "containerDefinitions": [{"name": "c", "image": "i"}]}""");
        input.put("cpu", cpu).put("memory", memory);
        if (accepted) {
            assertThat(website.ecs.callRaw("RegisterTaskDefinition", input).at("/taskDefinition/cpu").asText())
                    .isEqualTo(cpu);
        } else {
            assertThatThrownBy(() -> website.ecs.callRaw("RegisterTaskDefinition", input)).isInstanceOf(
                    ClientException.class).hasMessageContaining(
                            "No Fargate configuration exists for given values: "
                                    + cpu + " CPU");
        }
    }

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) MAPPER.readTree(text);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
