package io.greenlane.rehearsal.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.rehearsal.release.CallFault;
import io.greenlane.rehearsal.simulation.Ingredient.Fault;
import io.greenlane.rehearsal.simulation.Ingredient.Image;
import io.greenlane.rehearsal.simulation.Simulation.Run;
import java.util.List;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each call of a release goes wrong in each way there is, one at a time: no promise is broken, and the next step repairs it. A
 * sample runs with every build, {@code -Dgreenlane.everyFault=true} runs them all.
 */
@Execution(ExecutionMode.CONCURRENT)
class SingleFaultsTest {
    private static final List<String> HOOKS_AND_VALIDATION = List.of("TestTraffic", "Traffic", "AfterTraffic",
            "RunValidation", "ReportVerdict");

    private final Simulation simulation = new Simulation();

    @ParameterizedTest
    @EnumSource(names = {"GOOD", "BAD_PAGE"})
    void a_release_survives_every_single_fault(Image image) {
        FaultSurface surface = FaultSurface.of(simulation, image);
        List<Fault> faults = Boolean.getBoolean("greenlane.everyFault") ? surface.faults() : surface.sample();
        Tally tally = new Tally(simulation);
        for (Fault fault : faults) {
            Run run = tally.run(Schedule.of(image, fault), "-Dtest=SingleFaultsTest");
            assertThat(run.met()).as("the run with %s", fault).containsExactly(fault);
            assertThat(run.outcomes()).as("outcomes with %s", fault).last().isEqualTo(expected(image, fault, run));
        }
        System.out.println("Single faults of a " + image + " image: " + surface.calls().size() + " calls, "
                + surface.faults().size() + " faults, " + tally);
        assertThat(tally.broken()).isEmpty();
    }

    /** What is lost on the way to a verdict costs the release, and so does a permission that is not there; all else costs time. */
    private static String expected(Image image, Fault fault, Run run) {
        if (fault.what() == CallFault.ACCESS_DENIED && fault.call().operation().equals("CreateDeployment")) {
            return "FAILED";
        }
        boolean failsClosed = HOOKS_AND_VALIDATION.contains(fault.call().function())
                && run.outcomes().getLast().equals("ROLLED_BACK");
        return image == Image.GOOD && !failsClosed ? "DEPLOYED" : "ROLLED_BACK";
    }
}
