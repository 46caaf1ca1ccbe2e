package io.greenlane.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.image.RepositoryName;
import io.greenlane.json.Json;
import io.greenlane.service.ServiceReference;
import io.greenlane.service.ServiceTopology;
import io.greenlane.service.TaskSet;
import io.greenlane.service.TaskSet.CapacityProvider;
import io.greenlane.service.TaskSet.Network;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AppSpecTest {
    private static final AppSpec.Hooks HOOKS = new AppSpec.Hooks("CodeDeployHook_After", "CodeDeployHook_Before",
            "CodeDeployHook_Done");
    private static final Network NETWORK = new Network(List.of("subnet-2", "subnet-1"), List.of("sg-1"), "DISABLED");

    @Test
    void a_fargate_service_is_deployed_as_it_runs() {
        AppSpec appSpec = AppSpec.of(topology("1.4.0", NETWORK, List.of(new CapacityProvider("FARGATE_SPOT", 0, 4))),
                "arn:42", HOOKS);

        assertThat(Json.text(appSpec.members())).isEqualTo("{\"version\":0.0,\"Resources\":[{\"TargetService\":"
                + "{\"Type\":\"AWS::ECS::Service\",\"Properties\":{\"TaskDefinition\":\"arn:42\",\"LoadBalancerInfo\":"
                + "{\"ContainerName\":\"api\",\"ContainerPort\":8080},\"PlatformVersion\":\"1.4.0\","
                + "\"NetworkConfiguration\":{\"AwsvpcConfiguration\":{\"Subnets\":[\"subnet-2\",\"subnet-1\"],"
                + "\"SecurityGroups\":[\"sg-1\"],\"AssignPublicIp\":\"DISABLED\"}},\"CapacityProviderStrategy\":"
                + "[{\"Base\":0,\"CapacityProvider\":\"FARGATE_SPOT\",\"Weight\":4}]}}}],\"Hooks\":"
                + "[{\"AfterAllowTestTraffic\":\"CodeDeployHook_After\"},{\"BeforeAllowTraffic\":\"CodeDeployHook_Before\"},"
                + "{\"AfterAllowTraffic\":\"CodeDeployHook_Done\"}]}");
    }

    @Test
    void a_service_on_ec2_names_no_platform_and_no_network() {
        AppSpec appSpec = AppSpec.of(topology(null, null, List.of()), "arn:42", HOOKS);

        assertThat(Json.text(appSpec.members())).contains("\"Properties\":{\"TaskDefinition\":\"arn:42\","
                + "\"LoadBalancerInfo\":{\"ContainerName\":\"api\",\"ContainerPort\":8080}}");
    }

    @Test
    void a_network_that_is_not_complete_is_left_to_the_service() {
        for (Network network : List.of(new Network(List.of("subnet-1"), List.of(), "ENABLED"),
                new Network(List.of(), List.of("sg-1"), "ENABLED"))) {
            assertThat(AppSpec.of(topology("1.4.0", network, List.of()), "arn:42", HOOKS).network()).isNull();
        }
    }

    @Test
    void names_from_elsewhere_are_escaped_not_pasted() {
        AppSpec appSpec = AppSpec.of(topology(null, null, List.of()), "arn\",\"Hooks\":[]", HOOKS);

        assertThat(Json.text(appSpec.members())).contains("\"TaskDefinition\":\"arn\\\",\\\"Hooks\\\":[]\"");
    }

    @Test
    void the_same_deployment_has_the_same_text_and_hash_each_time() {
        AppSpec one = AppSpec.of(topology("1.4.0", NETWORK, List.of()), "arn:42", HOOKS);
        AppSpec same = AppSpec.of(topology("1.4.0", NETWORK, List.of()), "arn:42", HOOKS);
        AppSpec other = AppSpec.of(topology("1.4.0", NETWORK, List.of()), "arn:43", HOOKS);

        assertThat(sha256(one)).isEqualTo(sha256(same)).isNotEqualTo(sha256(other)).matches("[0-9a-f]{64}");
    }

    @Test
    void the_hash_is_over_exactly_the_utf8_text() {
        assertThat(new AppSpecContent("").sha256())
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(new AppSpecContent("abc").sha256())
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(new AppSpecContent("é").sha256())
                .isEqualTo("4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c");
    }

    private static String sha256(AppSpec appSpec) {
        return new AppSpecContent(Json.text(appSpec.members())).sha256();
    }

    private static ServiceTopology topology(@Nullable String platformVersion, @Nullable Network network,
            List<CapacityProvider> capacityProviders) {
        return new ServiceTopology(new ServiceReference(new RepositoryName("shop/api"), "shop", "api", "shop", "api"),
                2,
                new TaskSet("ecs-svc/1", "arn:41", "arn/blue", platformVersion, network, capacityProviders), List.of(),
                "prod", "test", URI.create("http://127.0.0.1:8080"), "api", 8080, null);
    }
}
