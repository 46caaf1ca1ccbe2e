package io.greenlane.rehearsal.lambda;

import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.Journal;
import io.greenlane.rehearsal.cloud.ScaledTimeline;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import software.amazon.awssdk.core.SdkBytes;

/** A local cloud in a process of its own: prints what one invocation answered, then waits to be killed. */
final class KilledHost {
    private KilledHost() {}

    /** Takes the directory with the function's classes. */
    public static void main(String[] arguments) throws InterruptedException {
        ScaledTimeline timeline = new ScaledTimeline(Clock.systemUTC(), 1, Throwable::printStackTrace);
        Account account = new Account("111122223333", "eu-west-1");
        FunctionHost host = new FunctionHost(account, timeline, new Journal(timeline), (group, stream, time, text) -> {
        }, () -> URI.create("http://127.0.0.1:1"), null, null, new Random(1));
        timeline.run(() -> host.define(FunctionDefinition
                .of("probe", ProbeFunction.class.getName() + "::handleRequest", List.of(Path.of(arguments[0])))
                .withTimeout(Duration.ofSeconds(60))));
        System.out.println(new SimulatedLambda(account, timeline, host).invoke(
                request -> request.functionName("probe").payload(SdkBytes.fromUtf8String("{}"))).payload()
                .asUtf8String());
        Thread.currentThread().join();
    }
}
