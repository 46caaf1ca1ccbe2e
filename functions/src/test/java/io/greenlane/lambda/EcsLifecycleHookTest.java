package io.greenlane.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.hook.EcsLifecycle;
import io.greenlane.hook.ServiceDeployments.ServiceDeployment;
import io.greenlane.hook.Verdict;
import io.greenlane.hook.Verdicts;
import io.greenlane.release.World;
import io.greenlane.validation.HookEvent;
import io.greenlane.validation.Result;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EcsLifecycleHookTest {
    private final World world = new World();
    private final Verdicts verdicts = new Verdicts(world.ledger());
    private final EcsLifecycleHook hook = new EcsLifecycleHook(() -> new EcsLifecycle(
            it -> new ServiceDeployment(false, World.digest('a')), verdicts, execution -> world.now,
            world.clock));

    private Map<String, Object> answer(String stage) {
        return hook.handleRequest(Map.of("executionId", "x", "lifecycleStage", stage, "resourceArn",
                "arn:aws:ecs:eu-west-1:111122223333:service-deployment/shop/api/one", "executionDetails",
                Map.of("serviceArn", "arn:aws:ecs:eu-west-1:111122223333:service/shop/api", "targetServiceRevisionArn",
                        "arn:aws:ecs:eu-west-1:111122223333:service-revision/shop/api/7"),
                "hookDetails", Map.of()), new FunctionContext());
    }

    @Test
    void ecs_is_told_to_ask_again_and_then_the_verdict() {
        assertThat(answer("POST_TEST_TRAFFIC_SHIFT"))
                .isEqualTo(Map.of("hookStatus", "IN_PROGRESS", "callBackDelay", 15));
        verdicts.write("one", HookEvent.AFTER_ALLOW_TEST_TRAFFIC,
                new Verdict(Result.PASS, "Fine.", World.digest('a'), null, world.now));
        assertThat(answer("POST_TEST_TRAFFIC_SHIFT")).isEqualTo(Map.of("hookStatus", "SUCCEEDED"));
    }

    @Test
    void whatever_breaks_is_failed() {
        assertThat(answer("POST_SCALE_UP")).isEqualTo(Map.of("hookStatus", "FAILED"));
        assertThat(hook.handleRequest(Map.of(), new FunctionContext())).isEqualTo(Map.of("hookStatus", "FAILED"));
        assertThat(new EcsLifecycleHook(() -> {
            throw new IllegalStateException("TABLE_NAME is not set");
        }).handleRequest(Map.of(), new FunctionContext())).isEqualTo(Map.of("hookStatus", "FAILED"));
    }
}
