package io.greenlane.rehearsal.release;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.greenlane.rehearsal.show.CallFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/** Everything that is written down at a site from now on: logs, journal, calls, ledger, messages, histories of workflows, reports. */
final class Leavings implements AutoCloseable {
    private final Site site;
    private final List<String> told = new ArrayList<>();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = System.out;

    Leavings(Site site) {
        this.site = site;
        site.cloud().journal.follow(entry -> told.add(entry.toString()));
        site.cloud().audit
                .follow(call -> told.add(CallFile.line(site.cloud().timeline.now(), call).toString()));
        System.setOut(new PrintStream(new Both(out, printed), true, UTF_8));
    }

    /** Logs go where they went before. */
    @Override
    public void close() {
        System.setOut(out);
    }

    /** All of it, in no order. */
    List<String> all() {
        List<String> all = new ArrayList<>(told);
        all.add(printed.toString(UTF_8));
        all.addAll(site.cloud().log);
        site.ledger().forEach(item -> all.add(item.toString()));
        site.messages().forEach(message -> all.add(message.toString()));
        site.cloud().stepFunctions.listStateMachines().stateMachines().stream()
                .flatMap(machine -> site.cloud().stepFunctions
                        .listExecutions(it -> it.stateMachineArn(machine.stateMachineArn())).executions().stream())
                .forEach(execution -> all.addAll(history(execution.executionArn())));
        all.addAll(reports());
        return all;
    }

    /** What the validations wrote into the bucket. */
    List<String> reports() {
        String bucket = site.resource("Reports");
        return site.cloud().s3.listObjectsV2(it -> it.bucket(bucket)).contents().stream().map(S3Object::key)
                .map(key -> site.cloud().s3.getObjectAsBytes(it -> it.bucket(bucket).key(key)).asUtf8String()).toList();
    }

    private List<String> history(String execution) {
        return site.cloud().stepFunctions.getExecutionHistoryPaginator(
                it -> it.executionArn(execution).includeExecutionData(true)).events().stream()
                .map(HistoryEvent::toString).toList();
    }

    /** Tests that run at the same time keep their output. */
    private static final class Both extends OutputStream {
        private final OutputStream one;
        private final OutputStream other;

        Both(OutputStream one, OutputStream other) {
            this.one = one;
            this.other = other;
        }

        @Override
        public void write(int octet) {
            write(new byte[]{(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] octets, int from, int length) {
            try {
                one.write(octets, from, length);
                other.write(octets, from, length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
