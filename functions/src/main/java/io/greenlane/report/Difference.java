package io.greenlane.report;

import io.greenlane.json.JsonObject;
import io.greenlane.validation.difference.Kind;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One way in which answers of green differ from those of blue to the same request.
 *
 * @param request its line, for example {@code GET /api/products}
 * @param path where in the answer, for example {@code $.items[*].price}
 * @param blue example of what blue said, in short
 * @param green what green said in its place
 * @param differing how many pairs of answers differ so
 * @param pairs of how many
 * @param noiseDiffering how many pairs of blue's own answers differ so
 * @param noisePairs of how many
 * @param significant whether that is more than noise
 */
public record Difference(String request, Kind kind, String path, String blue, String green, int differing, int pairs,
        int noiseDiffering, int noisePairs, boolean significant) {
    static Difference of(io.greenlane.validation.difference.Difference found) {
        return new Difference(found.request(), found.kind(), found.path(), found.blue(), found.green(),
                found.differing(), found.pairs(), found.noiseDiffering(), found.noisePairs(), found.significant());
    }

    /** Whether green fails by it. */
    boolean harmful() {
        return significant && kind.harmful();
    }

    /** What it is and what it counts for, in words. */
    String judged() {
        return kind.name().toLowerCase(Locale.ROOT) + ": "
                + (!significant ? "noise" : kind.harmful() ? "more than noise" : "told, no failure");
    }

    Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("request", request);
        members.put("kind", kind.name());
        members.put("path", path);
        members.put("blue", blue);
        members.put("green", green);
        members.put("differing", differing);
        members.put("pairs", pairs);
        members.put("noiseDiffering", noiseDiffering);
        members.put("noisePairs", noisePairs);
        members.put("significant", significant);
        return members;
    }

    static Difference from(JsonObject json) {
        return new Difference(json.text("request"), Kind.valueOf(json.text("kind")), json.text("path"),
                json.text("blue"), json.text("green"), (int) json.number("differing"), (int) json.number("pairs"),
                (int) json.number("noiseDiffering"), (int) json.number("noisePairs"), json.truth("significant"));
    }
}
