package io.greenlane.rehearsal.simulation;

import io.greenlane.rehearsal.release.CallFault;
import io.greenlane.rehearsal.release.FunctionCall;
import io.greenlane.rehearsal.simulation.Ingredient.Fault;
import io.greenlane.rehearsal.simulation.Ingredient.Image;
import io.greenlane.rehearsal.simulation.Simulation.Run;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Where a release can be harmed: every call that its functions make when nothing goes wrong, counted in a run.
 *
 * @param calls in their order
 * @param faults all that can befall one of them
 */
record FaultSurface(List<FunctionCall> calls, List<Fault> faults) {
    /** One in so many of the distinct faults runs with every build. */
    private static final int SHARE = 3;

    /** Kinds that differ in what they leave behind; the others fail a call as these do. */
    private static final Set<CallFault> PAIRED = EnumSet.of(CallFault.SERVER_ERROR, CallFault.ANSWER_LOST,
            CallFault.LANDS_LATE, CallFault.CRASH_BEFORE, CallFault.CRASH_AFTER, CallFault.HANGS, CallFault.STALE,
            CallFault.MISSING, CallFault.TOKEN_LOST);

    /** Of reads that are repeated. */
    private static final Set<CallFault> LATER = EnumSet.of(CallFault.SERVER_ERROR, CallFault.STALE, CallFault.MISSING);

    /** The surface of the release of such an image. */
    static FaultSurface of(Simulation simulation, Image image) {
        return of(simulation, Schedule.of(image));
    }

    /** The surface of a schedule in which no call goes wrong. */
    static FaultSurface of(Simulation simulation, Schedule unharmed) {
        Run run = simulation.run(unharmed);
        if (!run.holds()) {
            throw new AssertionError("The unharmed release breaks " + run.violations());
        }
        List<Fault> faults = new ArrayList<>();
        for (FunctionCall call : run.calls()) {
            for (CallFault what : CallFault.values()) {
                if (what.canBefall(call) && (what != CallFault.STALE || run.lagging().contains(call))) {
                    faults.add(new Fault(call, what));
                }
            }
        }
        return new FaultSurface(run.calls(), List.copyOf(faults));
    }

    /**
     * One in three, so that each call is still harmed in some way, and without what fails a read in yet another way: at the first
     * call of an operation every way, later one that leaves it undone.
     */
    List<Fault> sample() {
        Set<FunctionCall> first = first();
        List<Fault> distinct = faults.stream().filter(fault -> !fault.call().isRead() || first.contains(fault.call())
                || LATER.contains(fault.what())).toList();
        return IntStream.range(0, distinct.size()).filter(i -> i % SHARE == 0).mapToObj(distinct::get).toList();
    }

    /**
     * The part whose pairs are run: all writes but those that overwrite a file of a report, of these and of the reads the first of
     * each operation of each function. A read does not come back in one of two ways, in turns: that the function goes on without
     * it, or ends with it, is alike for what a second fault finds.
     */
    List<Fault> paired() {
        Set<FunctionCall> first = first();
        List<Fault> paired = new ArrayList<>();
        int reads = 0;
        for (Fault fault : faults) {
            FunctionCall call = fault.call();
            if (!PAIRED.contains(fault.what()) || ((call.isRead() || isReportFile(call)) && !first.contains(call))) {
                continue;
            }
            if (call.isRead() && fault.what() == CallFault.SERVER_ERROR) {
                reads++;
            }
            if (!call.isRead() || isInTurn(fault.what(), reads)) {
                paired.add(fault);
            }
        }
        return List.copyOf(paired);
    }

    private static boolean isInTurn(CallFault what, int read) {
        return switch (what) {
            case SERVER_ERROR -> read % 2 == 1;
            case HANGS -> read % 2 == 0;
            default -> true;
        };
    }

    private static boolean isReportFile(FunctionCall call) {
        return call.service().equals("s3");
    }

    private Set<FunctionCall> first() {
        Set<String> operations = new HashSet<>();
        Set<FunctionCall> first = new HashSet<>();
        for (FunctionCall call : calls) {
            if (operations.add(call.function() + " " + call.service() + ":" + call.operation())) {
                first.add(call);
            }
        }
        return first;
    }
}
