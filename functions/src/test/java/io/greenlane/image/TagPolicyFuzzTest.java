package io.greenlane.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Whatever is written as a tag policy is refused with a reason, or decides about every tag. */
class TagPolicyFuzzTest {
    private static final List<Tag> HELD = List.of(new Tag("v1.2.3"), new Tag("1.10.0-rc.1"), new Tag("latest"),
            new Tag("a".repeat(128)), new Tag("20260304"));

    @FuzzTest(maxDuration = "10m")
    @DictionaryFile(resourcePath = "/io/greenlane/image/tag-policy.dict")
    void a_policy_is_refused_or_decides(byte[] bytes) {
        TagPolicy policy;
        try {
            policy = TagPolicy.parse(new String(bytes, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        for (Tag tag : HELD) {
            assertThat(policy.decide(tag, () -> HELD)).isNotNull().isEqualTo(policy.decide(tag, () -> HELD));
        }
    }
}
