package io.greenlane.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.greenlane.hook.HookExecution.CodeDeployHook;
import io.greenlane.hook.HookExecution.EcsHook;
import io.greenlane.json.JsonObject;
import io.greenlane.validation.HookEvent;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HookExecutionTest {
    private static final HookEvent EVENT = HookEvent.AFTER_ALLOW_TRAFFIC;

    private static String name(String deploymentId) {
        return new CodeDeployHook(EVENT, new HookCall(deploymentId, "execution")).name();
    }

    @Test
    void a_name_of_80_characters_is_taken_as_it_is_and_a_longer_one_is_hashed() {
        String longest = "d-" + "A".repeat(80 - "d--AfterAllowTraffic".length());
        assertThat(name(longest)).isEqualTo(longest + "-AfterAllowTraffic").hasSize(80);
        assertThat(name(longest + "A")).matches("[0-9a-f]{32}-AfterAllowTraffic");
        assertThat(name("d:1")).matches("[0-9a-f]{32}-AfterAllowTraffic");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "service-deployment",
            "arn:aws:ecs:eu-west-1:111122223333:service-deployment/shop/api/"})
    void the_arn_of_a_service_deployment_ends_in_its_id(String arn) {
        assertThatIllegalArgumentException().isThrownBy(() -> new EcsHook(EVENT, arn, "revision"))
                .withMessage("The ARN of a service deployment ends in /<id>, got '" + arn + "'");
    }

    @Test
    void the_id_of_a_service_deployment_is_the_last_part_of_its_arn() {
        assertThat(new EcsHook(EVENT, "/one", "revision").deploymentId()).isEqualTo("one");
    }

    @Test
    void who_else_makes_deployments_is_refused_in_words() {
        assertThatIllegalArgumentException().isThrownBy(() -> HookExecution.from(
                new JsonObject("hook", Map.of("event", EVENT.toString(), "by", "TERRAFORM"))))
                .withMessage("hook.by must be CODE_DEPLOY or ECS, got TERRAFORM");
    }
}
