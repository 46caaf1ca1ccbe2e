package io.greenlane.rehearsal.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import io.greenlane.hook.HookCall;
import io.greenlane.install.StoppedTask;
import io.greenlane.install.TaskNews;
import io.greenlane.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sample events, read as Lambda's runtime reads them. */
class SampleEventsTest {
    private static String text(String name) throws IOException {
        Path here = Path.of("").toAbsolutePath();
        Path root = Files.exists(here.resolve("events")) ? here : here.resolve("..").normalize();
        return Files.readString(root.resolve("events/" + name));
    }

    private static ScheduledEvent event(String name) throws IOException {
        return LambdaEventSerializers.serializerFor(ScheduledEvent.class, ScheduledEvent.class.getClassLoader())
                .fromJson(text(name));
    }

    @Test
    void the_state_change_names_its_deployment() throws IOException {
        ScheduledEvent event = event("codedeploy-state-change.json");
        assertThat(event.getSource()).isEqualTo("aws.codedeploy");
        assertThat(event.getDetailType()).isEqualTo("CodeDeploy Deployment State-change Notification");
        JsonObject detail = JsonObject.of("event.detail", event.getDetail());
        assertThat(detail.text("deploymentId")).isEqualTo("d-AB12CD34E");
        assertThat(detail.text("state")).isEqualTo("FAILURE");
    }

    @Test
    void a_task_that_stopped_tells_whose_it_was_and_why() throws IOException {
        TaskNews news = TaskNews.from(JsonObject.of("event.detail", event("ecs-task-crashed.json").getDetail()));
        assertThat(news.cluster()).isEqualTo("sample-website");
        assertThat(news.service()).isEqualTo("sample-website");
        assertThat(news.startedBy()).isEqualTo("ecs-svc/2222222222222222222");
        assertThat(news.task().stopCode()).isEqualTo("EssentialContainerExited");
        assertThat(news.task().createdAt()).isEqualTo("2026-03-04T05:19:20.112Z");
        assertThat(news.task().containers()).containsExactly(new StoppedTask.Container("sample-website", 137,
                "OutOfMemoryError: Container killed due to memory usage"));
    }

    @Test
    void the_schedule_is_a_scheduled_event() throws IOException {
        assertThat(event("sweep-schedule.json").getDetailType()).isEqualTo("Scheduled Event");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hook-after-allow-test-traffic.json", "hook-before-allow-traffic.json"})
    void a_hook_gets_two_ids_and_nothing_else(String name) throws IOException {
        @SuppressWarnings("unchecked")
        Map<String, Object> payload = ScriptedFunctions.JSON.readValue(text(name), Map.class);
        assertThat(payload).hasSize(2);
        assertThat(HookCall.from(new JsonObject("payload", payload)).deploymentId()).isEqualTo("d-AB12CD34E");
    }
}
