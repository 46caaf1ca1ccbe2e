package io.greenlane.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.greenlane.taskdefinition.GeneratedTaskDefinition;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"a\":null}", "{\"a\":0}", "{\"a\":-1}", "{\"a\":1.10}", "{\"a\":1.0}",
            "{\"a\":9007199254740993}", "{\"a\":123456789012345678901234567890}",
            "{\"a\":0.12345678901234567890123456789}", "{\"z\":1,\"a\":2,\"m\":3}", "{\"a\":[[],{},\"\",false,true]}",
            "{\"a\":\"\\u0000\\u001F\"}", "{\"a\":\"é🚀\"}"})
    void an_object_comes_back_as_it_was(String text) {
        assertThat(Json.text(Json.object(text))).isEqualTo(text);
    }

    @Test
    void generated_documents_come_back_equal() {
        for (int seed = 0; seed < 300; seed++) {
            Map<String, Object> document = new GeneratedTaskDefinition(seed).describeAnswer("nginx");
            String text = Json.text(document);
            assertThat(Json.text(Json.object(text))).isEqualTo(text);
            assertThat(Json.object(text)).usingRecursiveComparison().withStrictTypeChecking()
                    .isEqualTo(Json.object(text));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[1]", "7", "{\"a\":1,\"a\":2}", "{a:1}", "\"{}\"", "{} trailing", "{\"a\":NaN}"})
    void what_is_no_json_object_is_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Json.object(text));
    }

    @Test
    void nesting_without_end_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.object("{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}"));
        assertThatIllegalArgumentException().isThrownBy(() -> Json.value("[".repeat(100_000)));
    }
}
