package io.greenlane.rehearsal.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.greenlane.rehearsal.cloud.RandomIds;
import io.greenlane.rehearsal.cloud.Timeline;
import io.greenlane.rehearsal.lambda.FunctionInvoker;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** A task {@code arn:aws:states:::lambda:invoke}: its request, its result and its errors (Step Functions guide). */
final class LambdaInvoke {
    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    private static final int NOT_FOUND = 404;
    private static final int BAD_REQUEST = 400;

    private final ObjectNode request;
    private final RandomGenerator random;
    private final Timeline timeline;

    LambdaInvoke(ObjectNode request, RandomGenerator random, Timeline timeline) {
        this.request = request;
        this.random = random;
        this.timeline = timeline;
        if (!request.path("FunctionName").isTextual()) {
            throw StatesFault
                    .runtime("The parameters of lambda:invoke need a FunctionName, got " + JsonText.write(request));
        }
    }

    /** Name, partial ARN or ARN, with its qualifier. */
    String function() {
        String name = request.path("FunctionName").textValue();
        JsonNode qualifier = request.get("Qualifier");
        return qualifier == null ? name : name + ":" + qualifier.asText();
    }

    String payload() {
        JsonNode payload = request.get("Payload");
        return payload == null || payload.isNull() ? "{}" : JsonText.write(payload);
    }

    boolean isEvent() {
        return request.path("InvocationType").asText().equals("Event");
    }

    /** What an asynchronous invocation gives at once. */
    JsonNode accepted() {
        ObjectNode result = JsonNodeFactory.instance.objectNode().put("Payload", "");
        describe(result, 0, ACCEPTED);
        return result;
    }

    JsonNode result(String payload) {
        ObjectNode result = JsonNodeFactory.instance.objectNode().put("ExecutedVersion", "$LATEST");
        if (request.path("LogType").asText().equals("Tail")) {
            result.put("LogResult", "");
        }
        result.set("Payload", JsonText.orText(payload));
        describe(result, payload.getBytes(StandardCharsets.UTF_8).length, OK);
        return result;
    }

    static Failure failure(FunctionInvoker.Answer.Failed failed) {
        JsonNode type = JsonText.orText(failed.payload()).path("errorType");
        return new Failure(type.isTextual() ? type.textValue() : "Lambda.Unknown", failed.payload());
    }

    static Failure failure(FunctionInvoker.Answer.Refused refused) {
        String code = refused.code();
        return new Failure("Lambda." + (code.endsWith("Exception") ? code : code + "Exception"),
                refused.message() + " (Service: Lambda, Status Code: "
                        + (code.startsWith("ResourceNotFound") ? NOT_FOUND : BAD_REQUEST) + ")");
    }

    private void describe(ObjectNode result, int length, int status) {
        String trace = RandomIds.uuid(random).replace("-", "");
        Map<String, String> own = new LinkedHashMap<>();
        own.put("Content-Type", "application/json");
        own.put("x-amzn-Remapped-Content-Length", "0");
        own.put("X-Amzn-Trace-Id", "root=1-" + trace.substring(0, 8) + "-" + trace.substring(8) + ";parent="
                + trace.substring(0, 16) + ";sampled=0");
        if (status == OK) {
            own.put("X-Amz-Executed-Version", "$LATEST");
        }
        SdkMetadata.describe(result, length, status, own, random, timeline.now());
        result.put("StatusCode", status);
    }
}
