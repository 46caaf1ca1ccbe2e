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
}
