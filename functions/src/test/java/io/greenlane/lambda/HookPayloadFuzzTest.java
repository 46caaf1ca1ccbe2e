package io.greenlane.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.greenlane.hook.HookCall;
import io.greenlane.json.Json;
import io.greenlane.json.JsonObject;
import java.nio.charset.StandardCharsets;

/** Whatever a hook is called with, it is a call of CodeDeploy's, or refused by a message that names the member. */
class HookPayloadFuzzTest {
    @FuzzTest(maxDuration = "10m")
    @DictionaryFile(resourcePath = "/io/greenlane/lambda/hook.dict")
    void a_payload_is_a_call_or_refused(byte[] bytes) {
        try {
            HookCall call = HookCall.from(
                    JsonObject.of("payload", Json.value(new String(bytes, StandardCharsets.UTF_8))));
            assertThat(call.deploymentId()).isNotNull();
            assertThat(call.executionId()).isNotNull();
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).containsAnyOf("not JSON", "payload");
        }
    }
}
