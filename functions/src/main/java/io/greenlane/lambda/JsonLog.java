package io.greenlane.lambda;

import io.greenlane.json.Json;
import io.greenlane.release.Release;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The log of one invocation: every line is one JSON object that carries what is known about the release by then. Tokens never
 * come here.
 */
final class JsonLog {
    private final PrintStream out;
    private final Map<String, Object> known = new LinkedHashMap<>();

    private JsonLog(PrintStream out) {
        this.out = out;
    }

    /** A log for one invocation of a function; its lines go to standard output, which Lambda collects. */
    static JsonLog of(String function, @Nullable String requestId) {
        JsonLog log = new JsonLog(System.out);
        return log.with("function", function).with("requestId", requestId);
    }

    /** From now on lines carry this as well; null is not known and is left out. */
    JsonLog with(String name, @Nullable String value) {
        if (value != null) {
            known.put(name, value);
        }
        return this;
    }

    /** From now on lines carry release id, deployment id, digest and service of the item, as far as they are known. */
    JsonLog with(ReleaseItem item) {
        return with("releaseId", item.releaseId()).with("digest", item.push().digest().text())
                .with("service", item.service().key()).with("deploymentId", item.deploymentId());
    }

    /** From now on lines carry release id, deployment id, digest and service of the release. */
    JsonLog with(Release release) {
        return with("releaseId", release.id()).with("digest", release.push().digest().text())
                .with("service", release.service().key()).with("deploymentId", release.launch().deploymentId());
    }

    /** Writes a line. */
    void info(String message) {
        write("INFO", message);
    }

    /** Writes a line that somebody should read. */
    void warn(String message) {
        write("WARN", message);
    }

    private void write(String level, String message) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("level", level);
        line.put("message", message);
        line.putAll(known);
        out.println(Json.text(line));
    }
}
