package io.greenlane.rehearsal.release;

import static io.greenlane.rehearsal.release.SampleSite.BAD_PAGE;
import static io.greenlane.rehearsal.release.SampleSite.GOOD;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.rehearsal.codedeploy.CodeDeployBehaviour;
import io.greenlane.rehearsal.codedeploy.CodeDeployBehaviour.Deviation;
import io.greenlane.rehearsal.events.EventSwitches;
import io.greenlane.rehearsal.release.SampleSite.Recorded;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where AWS does not say what CodeDeploy does, the outcome is the same whatever it does. */
class DeviationsTest {
    @ParameterizedTest
    @EnumSource
    void the_bad_page_goes_back_and_the_good_one_live(Deviation deviation) {
        SampleSite site = new SampleSite(CodeDeployBehaviour.with(deviation), EventSwitches.USUAL, Map.of());

        site.push("v2", BAD_PAGE);
        site.settle();
        assertThat(site.recorded()).extracting(Recorded::outcome).containsExactly("ROLLED_BACK");
        assertThat(site.recorded().getFirst().reason()).contains("answered 500, expected 200-399");
        site.assertAtRest(site.firstDigest);

        String digest = site.push("v3", GOOD);
        site.settle();
        assertThat(site.recorded()).extracting(Recorded::outcome).containsExactlyInAnyOrder("ROLLED_BACK", "DEPLOYED");
        assertThat(site.messages()).hasSize(2);
        site.assertAtRest(digest);
        site.assertTestListenerFollows();
    }
}
