package io.greenlane.rehearsal.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StackParametersTest {
    private static final Map<String, Object> DECLARED = TemplateReader.read("""
            Name: {Type: String, AllowedPattern: '^[a-z]+$', ConstraintDescription: lower case letters}
            Port: {Type: Number, Default: 80, MinValue: 1, MaxValue: 65535}
            Size: {Type: String, Default: small, AllowedValues: [small, large]}
            Subnets: {Type: CommaDelimitedList, Default: '', AllowedPattern: '^subnet-[0-9a-f]+$'}
            """, "t.yaml");

    @Test
    void defaults_fill_what_is_not_given() {
        assertThat(StackParameters.resolve("t.yaml", DECLARED, Map.of("Name", "shop"))).containsEntry("Name", "shop")
                .containsEntry("Port", "80").containsEntry("Size", "small").containsEntry("Subnets", List.of());
    }

    @Test
    void a_list_is_given_as_text_with_commas() {
        assertThat(StackParameters.resolve("t.yaml", DECLARED, Map.of("Name", "x", "Subnets", "subnet-1, subnet-2")))
                .containsEntry("Subnets", List.of("subnet-1", "subnet-2"));
    }

    @Test
    void every_problem_is_told_at_once() {
        assertThatThrownBy(() -> StackParameters.resolve("t.yaml", DECLARED,
                Map.of("Name", "Shop", "Port", "0", "Size", "huge", "Subnets", "subnet-1,vpc-2", "Colour", "red")))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining("'Name' must be lower case letters, got 'Shop'").hasMessageContaining("'Port'")
                .hasMessageContaining("got 'huge'").hasMessageContaining("got 'vpc-2'")
                .hasMessageContaining("[Colour] do not exist");
    }

    @Test
    void a_parameter_without_default_must_be_given() {
        assertThatThrownBy(() -> StackParameters.resolve("t.yaml", DECLARED, Map.of()))
                .hasMessageContaining("[Name] must have values");
    }
}
