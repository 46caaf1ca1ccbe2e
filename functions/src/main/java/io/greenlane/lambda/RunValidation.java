package io.greenlane.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.greenlane.hook.HookExecution;
import io.greenlane.hook.Validated;
import io.greenlane.hook.ValidationWork;
import io.greenlane.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The step of the validation workflow that looks at green, for as long as one function may. */
public final class RunValidation implements RequestHandler<Map<String, Object>, Map<String, Object>> {
    /** Kept back from the function's time to keep what was found. */
    private static final Duration TO_KEEP = Duration.ofSeconds(90);
    /** A slice that breaks off costs no more than this. */
    private static final Duration LONGEST_SLICE = Duration.ofMinutes(10);

    private final ValidationWork work;

    /** The one that Lambda calls. */
    public RunValidation() {
        this(Surroundings.ofLambda());
    }

    /** With surroundings of one's own. */
    public RunValidation(Surroundings surroundings) {
        this(ValidationParts.work(surroundings, ValidationSettings.from(surroundings.environment())));
    }

    /** With collaborators of one's own. */
    public RunValidation(ValidationWork work) {
        this.work = work;
    }

    /** {@code {hook}} to {@code {done: false}}, or to {@code {done: true, result, sentence, digest?, report?}}. */
    @Override
    public Map<String, Object> handleRequest(Map<String, Object> input, Context context) {
        HookExecution hook = HookExecution.from(new JsonObject("input", input).object("hook"));
        Validated validated = work.go(hook, budget(context));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("done", validated != null);
        JsonLog log = JsonLog.of("RunValidation", context.getAwsRequestId())
                .with("deploymentId", hook.deploymentId()).with("hook", hook.event().toString());
        if (validated == null) {
            log.info("Another slice is needed.");
        } else {
            answer.putAll(validated.members());
            log.with("result", validated.result().name()).with("report", validated.report())
                    .info(validated.sentence());
        }
        return answer;
    }

    private static Duration budget(Context context) {
        Duration left = Duration.ofMillis(context.getRemainingTimeInMillis()).minus(TO_KEEP);
        return left.compareTo(LONGEST_SLICE) < 0 ? left : LONGEST_SLICE;
    }
}
