package io.greenlane.validation.difference;

import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.Option;
import io.greenlane.json.Json;
import io.greenlane.probe.Answer;
import io.greenlane.probe.Answer.Response;
import io.greenlane.validation.check.PlainJson;
import io.greenlane.validation.difference.Content.Body;
import io.greenlane.validation.rules.AnalysisRule.Baseline;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what of an answer is compared; may be used by many threads at once. */
public final class ContentReader {
    private static final int FIRST_SERVER_ERROR = 500;
    private static final int NOT_COMPARED = 0;
    private static final Configuration LENIENT = PlainJson.CONFIGURATION.addOptions(Option.SUPPRESS_EXCEPTIONS);

    private final Baseline baseline;
    private final boolean nothingOfBodies;
    private final List<JsonPath> ignored;

    /** For what the baseline asks to compare. */
    public ContentReader(Baseline baseline) {
        this.baseline = baseline;
        this.nothingOfBodies = !baseline.bodies()
                || baseline.ignore().stream().anyMatch(path -> path.strip().equals("$"));
        this.ignored = nothingOfBodies
                ? List.of()
                : baseline.ignore().stream().sorted().map(path -> JsonPath.compile(path)).toList();
    }

    /** What is compared; null of an answer that counts as an error, of which nothing is. */
    public @Nullable Content read(Answer answer) {
        if (!(answer instanceof Response response) || response.status() >= FIRST_SERVER_ERROR) {
            return null;
        }
        Map<String, String> headers = new HashMap<>();
        for (String name : baseline.headers()) {
            List<String> values = response.headers().get(name);
            if (values != null) {
                headers.put(name, String.join(", ", values));
            }
        }
        return new Content(baseline.status() ? response.status() : NOT_COMPARED, headers,
                nothingOfBodies ? new Content.Empty() : body(response));
    }

    private Body body(Response response) {
        if (response.cut()) {
            return new Content.Cut();
        }
        if (response.body().isBlank()) {
            return new Content.Empty();
        }
        try {
            return new Content.Json(Shape.of(withoutIgnored(Json.value(response.body()))));
        } catch (IllegalArgumentException e) {
            return new Content.Text();
        }
    }

    private @Nullable Object withoutIgnored(@Nullable Object root) {
        if (root instanceof Map || root instanceof List) {
            ignored.forEach(path -> path.delete(root, LENIENT));
        }
        return root;
    }
}
