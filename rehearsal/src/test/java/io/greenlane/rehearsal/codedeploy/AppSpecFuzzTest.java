package io.greenlane.rehearsal.codedeploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Whatever is sent as an AppSpec, it names what to deploy, or is refused with a reason. */
class AppSpecFuzzTest {
    @FuzzTest(maxDuration = "10m")
    @DictionaryFile(resourcePath = "/io/greenlane/rehearsal/codedeploy/appspec.dict")
    void an_appspec_names_what_to_deploy_or_is_refused(byte[] bytes) {
        try {
            AppSpec appSpec = AppSpec.parse(new String(bytes, StandardCharsets.UTF_8));
            assertThat(appSpec.taskDefinition()).isNotNull();
            assertThat(appSpec.containerPort()).isBetween(1, 65_535);
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }
}
