package io.greenlane.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenlane.hook.EcsLifecycle.Answer;
import io.greenlane.hook.HookExecution.EcsHook;
import io.greenlane.hook.ServiceDeployments.ServiceDeployment;
import io.greenlane.image.Digest;
import io.greenlane.release.World;
import io.greenlane.validation.HookEvent;
import io.greenlane.validation.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EcsLifecycleTest {
    private static final String DEPLOYMENT = "arn:aws:ecs:eu-west-1:111122223333:service-deployment/shop/api/one";
    private static final Digest DIGEST = World.digest('a');

    private final World world = new World();
    private final Verdicts verdicts = new Verdicts(world.ledger());
    private final List<HookExecution> begun = new ArrayList<>();
    private @Nullable ServiceDeployment deployment = new ServiceDeployment(false, DIGEST);
    private @Nullable Instant begin = world.now;

    private Answer answer(String stage) {
        return new EcsLifecycle(hook -> deployment, verdicts, hook -> {
            begun.add(hook);
            return begin;
        }, world.clock).answer(new EcsHook(EcsLifecycle.event(stage), DEPLOYMENT, "revision"));
    }

    private void judged(HookEvent event, Result result) {
        verdicts.write("one", event, new Verdict(result, "Judged.", DIGEST, null, world.now));
    }

    private Verdict verdict(HookEvent event) {
        return Objects.requireNonNull(verdicts.find("one", event));
    }

    @Test
    void each_stage_is_in_progress_until_its_verdict_stands() {
        for (String stage : List.of("POST_TEST_TRAFFIC_SHIFT", "PRE_PRODUCTION_TRAFFIC_SHIFT",
                "POST_PRODUCTION_TRAFFIC_SHIFT")) {
            HookEvent event = EcsLifecycle.event(stage);
            assertThat(answer(stage)).isEqualTo(new Answer.InProgress());
            world.pass(Duration.ofMinutes(50));
            assertThat(answer(stage)).isEqualTo(new Answer.InProgress());
            judged(event, event == HookEvent.BEFORE_ALLOW_TRAFFIC ? Result.WARN : Result.PASS);
            assertThat(answer(stage)).isEqualTo(new Answer.Succeeded("Judged."));
            begin = world.now;
        }
        assertThat(begun).hasSize(6).extracting(HookExecution::name).contains("one-AfterAllowTestTraffic",
                "one-BeforeAllowTraffic", "one-AfterAllowTraffic");
    }

    @Test
    void what_is_not_known_for_sure_is_failed() {
        judged(HookEvent.AFTER_ALLOW_TEST_TRAFFIC, Result.INCONCLUSIVE);
        assertThat(answer("POST_TEST_TRAFFIC_SHIFT")).isEqualTo(new Answer.Failed("Judged."));
    }

    @Test
    void a_validation_that_takes_too_long_is_failed_once_and_for_all() {
        answer("POST_TEST_TRAFFIC_SHIFT");
        world.pass(Duration.ofMinutes(55));
        assertThat(answer("POST_TEST_TRAFFIC_SHIFT")).isInstanceOf(Answer.Failed.class);
        judged(HookEvent.AFTER_ALLOW_TEST_TRAFFIC, Result.PASS);
        assertThat(verdict(HookEvent.AFTER_ALLOW_TEST_TRAFFIC).result()).isEqualTo(Result.FAIL);
        assertThat(answer("POST_TEST_TRAFFIC_SHIFT")).isInstanceOf(Answer.Failed.class);
    }

    @Test
    void a_workflow_that_ended_without_a_verdict_is_failed() {
        begin = null;
        assertThat(answer("POST_TEST_TRAFFIC_SHIFT")).asString().contains("ended without a verdict");
    }

    @Test
    void production_does_not_move_without_the_pass_of_the_stage_before_for_the_same_image() {
        assertThat(answer("PRE_PRODUCTION_TRAFFIC_SHIFT")).asString().contains("no verdict of AfterAllowTestTraffic");
        assertThat(begun).isEmpty();
        EcsLifecycleTest other = new EcsLifecycleTest();
        other.judged(HookEvent.AFTER_ALLOW_TEST_TRAFFIC, Result.PASS);
        other.deployment = new ServiceDeployment(false, World.digest('b'));
        assertThat(other.answer("PRE_PRODUCTION_TRAFFIC_SHIFT")).asString()
                .contains("no pass for " + World.digest('b'));
    }

    @Test
    void the_way_back_is_never_held_up() {
        judged(HookEvent.AFTER_ALLOW_TEST_TRAFFIC, Result.FAIL);
        deployment = new ServiceDeployment(true, DIGEST);
        for (String stage : List.of("POST_TEST_TRAFFIC_SHIFT", "PRE_PRODUCTION_TRAFFIC_SHIFT",
                "POST_PRODUCTION_TRAFFIC_SHIFT")) {
            assertThat(answer(stage)).isEqualTo(new Answer.Succeeded("A rollback is never held up."));
        }
        assertThat(begun).isEmpty();
    }

    @Test
    void an_unknown_deployment_and_an_unknown_stage_are_refused_in_words() {
        deployment = null;
        assertThat(answer("POST_TEST_TRAFFIC_SHIFT")).asString().contains(DEPLOYMENT);
        assertThatThrownBy(() -> answer("POST_SCALE_UP")).hasMessageContaining("POST_SCALE_UP")
                .hasMessageContaining("POST_TEST_TRAFFIC_SHIFT").hasMessageContaining("lifecycleStages");
    }
}
