package io.greenlane.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.rehearsal.endpoint.AwsService;
import io.greenlane.rehearsal.endpoint.CallObserver.Call;
import io.greenlane.rehearsal.endpoint.CallObserver.Ending;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DefectWatchTest {
    private static final Call CALL = new Call(AwsService.ECS, "DescribeServices", null, null, null);

    private final List<Throwable> reported = new ArrayList<>();
    private final DefectWatch watch = new DefectWatch(reported::add);

    @Test
    void an_operation_that_broke_is_reported_with_its_name_and_its_fault() {
        RuntimeException fault = new IllegalStateException("no task set");
        watch.ends(CALL, new Ending.Broke(fault));
        assertThat(reported).singleElement().satisfies(defect -> assertThat(defect)
                .hasMessage("DescribeServices of ecs broke: java.lang.IllegalStateException: no task set")
                .hasCause(fault));
    }

    @Test
    void an_error_of_a_service_is_no_defect() {
        watch.ends(CALL, new Ending.Refused("ClusterNotFoundException", "Cluster not found."));
        watch.ends(CALL, new Ending.Answered());
        assertThat(reported).isEmpty();
    }
}
