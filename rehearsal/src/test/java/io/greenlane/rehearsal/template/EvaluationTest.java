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

class EvaluationTest {
    private static final Intrinsics.References RESOURCES = new Intrinsics.References() {
        @Override
        public Object ref(String logicalId, String where) {
            if (logicalId.equals("Table")) {
                return "table-1";
            }
            return NONE.ref(logicalId, where);
        }

        @Override
        public Object attribute(String logicalId, String attribute, String where) {
            return logicalId + "/" + attribute;
        }
    };

    private static final Intrinsics CONSTANTS = new Intrinsics(
            Map.of("AWS::Region", "eu-west-1", "Name", "shop", "Port", "80", "Empty", "", "Subnets", List.of("a", "b")),
            Map.of("Sizes", Map.of("shop", Map.of("cpu", 256L))), Intrinsics.References.NONE);

    private static Object value(String yaml) {
        Object written = TemplateReader.read("v: " + yaml, "t.yaml").getOrDefault("v", "");
        Object pruned = conditions("T: !Equals [a, a]\nF: !Equals [a, b]").prune(written, "Here");
        return CONSTANTS.with(RESOURCES).evaluate(pruned, "Here");
    }

    private static Conditions conditions(String yaml) {
        return new Conditions(TemplateReader.read(yaml, "t.yaml"), CONSTANTS);
    }

    static Stream<Arguments> functions() {
        return Stream.of(
                Arguments.of("!Ref Name", "shop"),
                Arguments.of("!Ref AWS::Region", "eu-west-1"),
                Arguments.of("!Ref Table", "table-1"),
                Arguments.of("!Ref Subnets", List.of("a", "b")),
                Arguments.of("!GetAtt Table.Arn", "Table/Arn"),
                Arguments.of("!Sub '${Name}:${Port}/${Table.Arn}/${AWS::Region}'", "shop:80/Table/Arn/eu-west-1"),
                Arguments.of("!Sub '${!Name} $1 \\ {x}'", "${Name} $1 \\ {x}"),
                Arguments.of("!Sub ['${Name}-${X}', {X: !Ref Port}]", "shop-80"),
                Arguments.of("!Sub ['${Name}', {Name: mine}]", "mine"),
                Arguments.of("!Join ['-', [a, !Ref Name, 3, true]]", "a-shop-3-true"),
                Arguments.of("!Join [',', !Ref Subnets]", "a,b"),
                Arguments.of("!Split [',', 'a,b,']", List.of("a", "b", "")),
                Arguments.of("!Split ['.', 'a.b']", List.of("a", "b")),
                Arguments.of("!Select [1, !Ref Subnets]", "b"),
                Arguments.of("!Select ['0', !Split ['/', 'x/y']]", "x"),
                Arguments.of("!FindInMap [Sizes, !Ref Name, cpu]", 256L),
                Arguments.of("!If [T, yes-branch, !Ref Missing]", "yes-branch"),
                Arguments.of("!If [F, !Ref Missing, !If [T, inner, x]]", "inner"),
                Arguments.of("{a: !If [F, 1, !Ref AWS::NoValue], b: 2}", Map.of("b", 2L)),
                Arguments.of("[a, !If [T, !Ref AWS::NoValue, x], b]", List.of("a", "b")),
                Arguments.of("{Version: 2012-10-17, Ref: x}", Map.of("Version", "2012-10-17", "Ref", "x")));
    }

    @ParameterizedTest
    @MethodSource("functions")
    void a_function_gives_what_cloudformation_gives(String yaml, Object expected) {
        assertThat(value(yaml)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"!Ref Missing", "!Sub '${Missing}'", "!Select [2, !Ref Subnets]",
            "!Select [-1, !Ref Subnets]",
            "!Sub '${Subnets}'", "!FindInMap [Sizes, other, cpu]", "!If [Unknown, a, b]", "!ImportValue x",
            "!GetAZs ''", "!Base64 x", "!Cidr [10.0.0.0/16, 2, 8]", "!Ref AWS::Unheard", "!Join [a]",
            "{'Fn::Sub': x, More: z}"})
    void what_cannot_be_evaluated_fails_and_says_where(String yaml) {
        assertThatThrownBy(() -> value(yaml)).isInstanceOf(TemplateException.class).hasMessageContaining("Here");
    }

    static Stream<Arguments> conditionFunctions() {
        return Stream.of(
                Arguments.of("!Equals [!Ref Name, shop]", true),
                Arguments.of("!Equals [!Ref Port, 80]", true),
                Arguments.of("!Equals [!Ref Empty, '']", true),
                Arguments.of("!Not [!Equals [!Ref Name, shop]]", false),
                Arguments.of("!And [!Equals [a, a], !Equals [b, b]]", true),
                Arguments.of("!And [!Equals [a, a], !Equals [a, b]]", false),
                Arguments.of("!Or [!Equals [a, b], !Equals [b, b]]", true),
                Arguments.of("!Or [!Equals [a, b], !Equals [b, c]]", false),
                Arguments.of("!And [!Condition Other, !Equals [a, a]]", true),
                Arguments.of("{Condition: Other}", true));
    }

    @ParameterizedTest
    @MethodSource("conditionFunctions")
    void a_condition_is_decided_by_the_parameters(String yaml, boolean expected) {
        Conditions conditions = conditions("Tested: " + yaml + "\nOther: !Equals [x, x]");

        assertThat(conditions.holds("Tested", "Here")).isEqualTo(expected);
    }

    @Test
    void conditions_that_depend_on_each_other_are_refused() {
        assertThatThrownBy(() -> conditions("A: !Not [!Condition B]\nB: !Not [!Condition A]"))
                .hasMessageContaining("[A, B]");
    }

    @Test
    void a_condition_cannot_ask_for_a_resource() {
        assertThatThrownBy(() -> conditions("A: !Equals [!Ref Table, x]")).hasMessageContaining("Condition A")
                .hasMessageContaining("Table");
    }
}
