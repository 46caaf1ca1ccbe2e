package io.greenlane.rehearsal.show;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The result of a rehearsal as a file for other programs. */
final class ResultJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ResultJson() {}

    static void write(Path file, List<ReleaseResult> releases, Visitors.Tally production) throws IOException {
        JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), of(releases, production));
    }

    static ObjectNode of(List<ReleaseResult> releases, Visitors.Tally production) {
        ObjectNode root = JSON.createObjectNode();
        ArrayNode listed = root.putArray("releases");
        releases.forEach(release -> {
            ObjectNode one = listed.addObject().put("tag", release.tag()).put("digest", release.digest())
                    .put("service", release.service()).put("outcome", release.outcome())
                    .put("reason", release.reason()).put("seconds", release.seconds())
                    .put("secondsInFull", release.secondsInFull());
            if (release.report() != null) {
                one.put("report", release.report().toString());
            }
        });
        ObjectNode visits = root.putObject("production").put("requests", production.requests()).put("failed",
                production.failed());
        visits.put("servedBy", production.now());
        visits.set("byVersion", JSON.valueToTree(production.byVersion()));
        return root;
    }
}
