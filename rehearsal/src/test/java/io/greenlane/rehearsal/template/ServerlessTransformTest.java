package io.greenlane.rehearsal.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ServerlessTransformTest {
    private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    static Stream<Arguments> templates() {
        return Stream.of(Arguments.of("template", ShippedTemplates.main(), "DeploymentChangedStateChangePermission"),
                Arguments.of("serverless",
                        ShippedTemplates.root().resolve("rehearsal/src/test/resources/template/serverless.yaml"),
                        "MachinePushedRole"));
    }

    /** CI compares the file with what aws-sam-translator makes of the same template. */
    @ParameterizedTest
    @MethodSource("templates")
    void nothing_serverless_is_left_after_the_expansion(String name, Path template, String made) throws IOException {
        Map<String, Object> expanded = ServerlessTransform.expand(Template.read(template)).resources();

        assertThat(expanded).containsKey(made);
        String json = JSON.writeValueAsString(expanded);
        assertThat(json).doesNotContain("AWS::Serverless");
        Path folder = ShippedTemplates.root().resolve("rehearsal/target/expanded");
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(name + ".json"), json);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{Handler: a, CodeUri: b, ReservedConcurrentExecutions: 1} | F: the local cloud does not expand the SAM property ReservedConcurrentExecutions",
            "{Handler: a} | F needs CodeUri",
            "{Handler: a, CodeUri: b, Policies: [AmazonS3FullAccess]} | Resource F: of Policies, only statements and ARNs",
            "{Handler: a, CodeUri: b, Events: {Up: {Type: S3, Properties: {Bucket: x}}}} | F, event Up: the type S3",
            "{Handler: a, CodeUri: b, EventInvokeConfig: {DestinationConfig: {}}} | F, EventInvokeConfig: the local cloud does not expand the SAM property DestinationConfig"})
    void what_is_not_expanded_is_named(String properties, String message) {
        Template template = Template.of("""
                Transform: AWS::Serverless-2016-10-31
                Resources:
                  F:
                    Type: AWS::Serverless::Function
                    Properties: %s
                """.formatted(properties), "t.yaml", Path.of("."));

        assertThatThrownBy(() -> ServerlessTransform.expand(template)).isInstanceOf(TemplateException.class)
                .hasMessageContaining(message);
    }

    @Test
    void an_unknown_serverless_type_and_a_foreign_transform_are_refused() {
        assertThatThrownBy(() -> ServerlessTransform.expand(Template.of("""
                Transform: AWS::Serverless-2016-10-31
                Resources: {Api: {Type: 'AWS::Serverless::Api'}}
                """, "t.yaml", Path.of(".")))).hasMessageContaining("Resource Api: the type AWS::Serverless::Api");
        assertThatThrownBy(
                () -> Template.of("Transform: AWS::Include\nResources: {A: {Type: x}}", "t.yaml", Path.of(".")))
                .hasMessageContaining("AWS::Include");
    }
}
