package io.greenlane.rehearsal.show;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.greenlane.rehearsal.chaos.Chaos;
import io.greenlane.rehearsal.chaos.PlannedFault;
import io.greenlane.rehearsal.iam.Audit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The result of a rehearsal as a file for other programs. */
final class ResultJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ResultJson() {}

    static void write(Path file, List<ReleaseResult> releases, Visitors.Tally production, Audit audit, Chaos chaos)
            throws IOException {
        ObjectNode root = of(releases, production);
        ArrayNode permissions = root.putArray("permissions");
        PermissionTable.rows(audit).forEach(row -> permissions.addObject().put("role", row.role())
                .put("action", row.action()).put("resource", row.resource()).put("calls", row.calls())
                .put("allowed", row.allowed()));
        if (!chaos.plan().faults().isEmpty()) {
            root.set("chaos", of(chaos));
        }
        JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), root);
    }

    static ObjectNode of(Chaos chaos) {
        ObjectNode root = JSON.createObjectNode().put("seed", chaos.plan().seed())
                .put("planned", chaos.plan().faults().size()).put("struck", chaos.strikes().size());
        ArrayNode faults = root.putArray("faults");
        chaos.strikes().forEach(strike -> fault(faults, strike.fault()).put("at", strike.at().toString())
                .put("effect", strike.effect()));
        ChaosTable.missed(chaos).forEach(fault -> fault(faults, fault));
        return root;
    }

    private static ObjectNode fault(ArrayNode faults, PlannedFault fault) {
        return faults.addObject().put("kind", fault.kind().name()).put("subject", fault.subject()).put("ordinal",
                fault.ordinal());
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
