package io.greenlane.rehearsal.lambda;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.greenlane.rehearsal.lambda.FunctionDefinition.LogFormat;
import io.greenlane.rehearsal.lambda.FunctionInvoker.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** The lines that Lambda itself writes around an invocation, as text or as JSON records (Lambda guide, logging). */
final class LogLines {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private LogLines() {}

    static String start(FunctionDefinition function, Instant time, String requestId) {
        if (function.logFormat() == LogFormat.TEXT) {
            return "START RequestId: " + requestId + " Version: $LATEST";
        }
        ObjectNode line = record(time, "platform.start");
        line.withObject("record").put("requestId", requestId).put("version", "$LATEST");
        return line.toString();
    }

    static List<String> end(FunctionDefinition function, Instant started, Instant time, String requestId,
            Answer answer) {
        double millis = Duration.between(started, time).toNanos() / 1e6;
        if (function.logFormat() == LogFormat.TEXT) {
            return List.of("END RequestId: " + requestId, String.format(Locale.ROOT,
                    "REPORT RequestId: %s\tDuration: %.2f ms\tBilled Duration: %d ms\tMemory Size: %d MB", requestId,
                    millis, (long) Math.ceil(millis), function.memoryMegabytes()));
        }
        ObjectNode line = record(time, "platform.report");
        line.withObject("record").put("requestId", requestId)
                .put("status", answer instanceof Answer.Returned ? "success" : "error").putObject("metrics")
                .put("durationMs", Math.round(millis * 1000) / 1000.0).put("billedDurationMs", (long) Math.ceil(millis))
                .put("memorySizeMB", function.memoryMegabytes());
        return List.of(line.toString());
    }

    private static ObjectNode record(Instant time, String type) {
        return JSON.createObjectNode().put("time", time.toString()).put("type", type);
    }
}
