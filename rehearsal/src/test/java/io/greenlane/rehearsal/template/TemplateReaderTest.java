package io.greenlane.rehearsal.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateReaderTest {
    static Stream<Arguments> shortForms() {
        return Stream.of(
                Arguments.of("!Ref Table", Map.of("Ref", "Table")),
                Arguments.of("!Condition CreateSample", Map.of("Condition", "CreateSample")),
                Arguments.of("!GetAtt Table.Arn", Map.of("Fn::GetAtt", List.of("Table", "Arn"))),
                Arguments.of("!GetAtt Sample.Outputs.Url", Map.of("Fn::GetAtt", List.of("Sample", "Outputs.Url"))),
                Arguments.of("!GetAtt [Table, Arn]", Map.of("Fn::GetAtt", List.of("Table", "Arn"))),
                Arguments.of("!Sub '${A}-b'", Map.of("Fn::Sub", "${A}-b")),
                Arguments.of("!Sub ['${A}', {A: !Ref B}]",
                        Map.of("Fn::Sub", List.of("${A}", Map.of("A", Map.of("Ref", "B"))))),
                Arguments.of("!If [X, a, !Ref AWS::NoValue]",
                        Map.of("Fn::If", List.of("X", "a", Map.of("Ref", "AWS::NoValue")))),
                Arguments.of("!Join [',', [a, b]]", Map.of("Fn::Join", List.of(",", List.of("a", "b")))),
                Arguments.of("!Select [1, [a, b]]", Map.of("Fn::Select", List.of(1L, List.of("a", "b")))),
                Arguments.of("!Split [',', 'a,b']", Map.of("Fn::Split", List.of(",", "a,b"))),
                Arguments.of("!Equals [a, b]", Map.of("Fn::Equals", List.of("a", "b"))),
                Arguments.of("!And [!Condition A, !Condition B]",
                        Map.of("Fn::And", List.of(Map.of("Condition", "A"), Map.of("Condition", "B")))),
                Arguments.of("!FindInMap [a, b, c]", Map.of("Fn::FindInMap", List.of("a", "b", "c"))),
                Arguments.of("!ImportValue x", Map.of("Fn::ImportValue", "x")));
    }

    @ParameterizedTest
    @MethodSource("shortForms")
    void a_short_form_is_read_as_its_long_form(String yaml, Object expected) {
        assertThat(TemplateReader.read("value: " + yaml, "t.yaml")).containsEntry("value", expected);
    }

    @Test
    void scalars_are_what_cloudformation_takes_them_for() {
        Map<String, Object> read = TemplateReader.read("""
                version: 2012-10-17
                date: 2010-09-09
                letter: N
                number: 8080
                negative: -1
                decimal: 0.5
                flag: true
                quotedNumber: '256'
                quotedFlag: "on"
                arn: arn:aws:iam::111122223333:role/x
                folded: >-
                  a
                  b
                """, "t.yaml");

        assertThat(read).containsEntry("version", "2012-10-17").containsEntry("date", "2010-09-09")
                .containsEntry("letter", "N").containsEntry("number", 8080L).containsEntry("negative", -1L)
                .containsEntry("decimal", 0.5)
                .containsEntry("flag", true).containsEntry("quotedNumber", "256").containsEntry("quotedFlag", "on")
                .containsEntry("arn", "arn:aws:iam::111122223333:role/x").containsEntry("folded", "a b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"on", "Off", "yes", "NO", "0123", "01234", "0x1F", "12:30",
            "1_000", "1e3", "<<"})
    void a_word_that_yaml_1_1_reads_as_something_else_must_be_quoted(String word) {
        assertThatThrownBy(() -> TemplateReader.read("a: 1\nvalue: " + word, "t.yaml"))
                .isInstanceOf(TemplateException.class).hasMessageContaining("line 2").hasMessageContaining(word)
                .hasMessageContaining("quotes");
    }

    @Test
    void a_key_is_read_with_the_same_care() {
        assertThatThrownBy(() -> TemplateReader.read("on: push", "t.yaml")).hasMessageContaining("'on'");
    }

    @Test
    void an_alias_is_refused_as_cloudformation_does() {
        assertThatThrownBy(() -> TemplateReader.read("a: &x {b: 1}\nc: *x", "t.yaml"))
                .hasMessageContaining("aliases are not allowed").hasMessageContaining("line 2");
    }

    @Test
    void a_key_that_appears_twice_is_refused() {
        assertThatThrownBy(() -> TemplateReader.read("a: 1\nb: 2\na: 3", "t.yaml")).hasMessageContaining("'a'")
                .hasMessageContaining("twice").hasMessageContaining("line 3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:", "a: ~", "a: null"})
    void null_is_refused(String yaml) {
        assertThatThrownBy(() -> TemplateReader.read(yaml, "t.yaml")).hasMessageContaining("Null values");
    }

    @Test
    void an_unknown_function_is_named() {
        assertThatThrownBy(() -> TemplateReader.read("a: !Reff b", "t.yaml")).hasMessageContaining("!Reff");
    }

    @Test
    void json_is_read_too() {
        assertThat(TemplateReader.read("{\"a\": {\"Ref\": \"b\"}, \"c\": [1, true]}", "t.json"))
                .containsEntry("a", Map.of("Ref", "b")).containsEntry("c", List.of(1L, true));
    }
}
