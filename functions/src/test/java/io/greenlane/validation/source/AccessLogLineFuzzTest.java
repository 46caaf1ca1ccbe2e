package io.greenlane.validation.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Whatever stands in an access log, only requests that read, with a target that fits in a request line, are sent again. */
class AccessLogLineFuzzTest {
    @FuzzTest(maxDuration = "10m")
    @DictionaryFile(resourcePath = "/io/greenlane/validation/source/access-log.dict")
    void a_line_is_a_request_that_reads_or_of_no_use(byte[] bytes) {
        if (AccessLogLine.read(
                new String(bytes, StandardCharsets.UTF_8)) instanceof AccessLogLine.Reading.Usable(var request)) {
            assertThat(request.method()).isIn("GET", "HEAD");
            assertThat(request.target()).startsWith("/").matches("[\\x21-\\x7e]+").doesNotContain("#");
        }
    }
}
