package io.greenlane.rehearsal.ssm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.VirtualTimeline;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterAlreadyExistsException;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.ssm.model.ParameterVersionNotFoundException;
import software.amazon.awssdk.services.ssm.model.SsmException;

final class SimulatedSsmTest {
    private final SimulatedSsm ssm = new SimulatedSsm(new Account("111122223333", "eu-west-1"),
            new VirtualTimeline(Instant.parse("2026-01-01T00:00:00Z")));

    @Test
    void a_parameter_is_overwritten_only_on_request_and_counts_its_versions() {
        ssm.putParameter(put -> put.name("/shop/validation").value("a"));
        assertThatThrownBy(() -> ssm.putParameter(put -> put.name("/shop/validation").value("b")))
                .isInstanceOf(ParameterAlreadyExistsException.class);
        assertThat(ssm.putParameter(put -> put.name("/shop/validation").value("b").overwrite(true)).version())
                .isEqualTo(2);
        assertThat(ssm.getParameter(get -> get.name("/shop/validation")).parameter().value()).isEqualTo("b");
        assertThatThrownBy(() -> ssm.getParameter(get -> get.name("/none")))
                .isInstanceOf(ParameterNotFoundException.class);
    }

    @Test
    void a_path_lists_its_own_level_or_all_below_in_pages_of_ten() {
        for (int i = 0; i < 12; i++) {
            String name = "/a/p%02d".formatted(i);
            ssm.putParameter(put -> put.name(name).value("x"));
        }
        ssm.putParameter(put -> put.name("/a/deep/er").value("x"));
        var first = ssm.getParametersByPath(get -> get.path("/a"));
        var rest = ssm.getParametersByPath(get -> get.path("/a").nextToken(first.nextToken()));
        assertThat(first.parameters()).hasSize(10);
        assertThat(rest.parameters()).extracting(Parameter::name).containsExactly("/a/p10", "/a/p11");
        assertThat(ssm.getParametersByPath(get -> get.path("/a/").recursive(true)).parameters())
                .extracting(Parameter::name).contains("/a/deep/er");
    }

    @Test
    void an_earlier_version_is_read_by_its_number() {
        ssm.putParameter(put -> put.name("/a").value("1"));
        ssm.putParameter(put -> put.name("/a").value("2").overwrite(true));

        assertThat(ssm.getParameter(get -> get.name("/a:1")).parameter().value()).isEqualTo("1");
        assertThat(ssm.getParameter(get -> get.name("/a:2")).parameter().selector()).isEqualTo(":2");
        assertThatThrownBy(() -> ssm.getParameter(get -> get.name("/a:3")))
                .isInstanceOf(ParameterVersionNotFoundException.class);
    }

    @Test
    void a_secure_string_is_readable_only_with_decryption() {
        ssm.putParameter(put -> put.name("/secret").value("s3cret").type(ParameterType.SECURE_STRING));

        assertThat(ssm.getParameter(get -> get.name("/secret")).parameter().value()).isNotEqualTo("s3cret");
        assertThat(ssm.getParameter(get -> get.name("/secret").withDecryption(true)).parameter().value())
                .isEqualTo("s3cret");
    }

    @Test
    void a_value_that_refers_to_another_parameter_or_is_too_long_is_refused() {
        assertThatThrownBy(() -> ssm.putParameter(put -> put.name("/a").value("tag: {{ssm:b}}")))
                .isInstanceOf(SsmException.class).hasMessageContaining("Do not use {{}}");
        assertThatThrownBy(() -> ssm.putParameter(put -> put.name("/a").value("x".repeat(4097))))
                .isInstanceOf(SsmException.class).hasMessageContaining("4096");
    }
}
