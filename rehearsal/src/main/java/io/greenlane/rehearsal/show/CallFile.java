package io.greenlane.rehearsal.show;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.greenlane.rehearsal.iam.DecidedCall;
import io.greenlane.rehearsal.iam.Decision;
import io.greenlane.rehearsal.iam.Principal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** A file with a line of JSON for each call, written as it is made: who asked for what under which role, and why it was allowed. */
public final class CallFile implements AutoCloseable {
    /** Of the option that asks for it. */
    static final String DESCRIPTION = "Also write each AWS call into this file as it is made, a line of JSON each: caller, role, "
            + "operation, allowed, and each permission that it needs with the statement that grants it.";

    private final Path path;
    private final PrintWriter lines;

    private CallFile(Path path, PrintWriter lines) {
        this.path = path;
        this.lines = lines;
    }

    /** Begins the file anew. */
    static CallFile open(Path path) throws IOException {
        return new CallFile(path, new PrintWriter(Files.newBufferedWriter(path, UTF_8), true));
    }

    /** Writes every call in the cloud from now on. */
    void follow(Cloud cloud) {
        cloud.followCalls(call -> write(cloud.timeline().now(), call));
    }

    void write(Instant time, DecidedCall call) {
        lines.println(line(time, call));
    }

    /** @throws IOException when some line could not be written */
    @Override
    public void close() throws IOException {
        boolean lost = lines.checkError();
        lines.close();
        if (lost) {
            throw new IOException(
                    path + " lacks some calls, since it could not be written; choose a place with more room");
        }
    }

    /** One call. Of the request it has the names of resources, and nothing else. */
    public static ObjectNode line(Instant time, DecidedCall call) {
        ObjectNode line = JsonNodeFactory.instance.objectNode().put("time", time.toString());
        switch (call.who()) {
            case Principal.Session session -> line.put("caller", session.sessionName()).put("role", session.roleName());
            case Principal.Service service -> line.put("caller", service.name()).putNull("role");
        }
        line.put("service", call.service().signingName()).put("operation", call.operation()).put("allowed",
                call.isAllowed());
        ArrayNode permissions = line.putArray("permissions");
        call.decisions().stream().filter(decision -> !isUsual(decision)).map(CallFile::permission).distinct()
                .forEach(permissions::add);
        return line;
    }

    /** That a role may be assumed by the one it is for, which is asked before each of its calls. */
    private static boolean isUsual(Decision decision) {
        return decision.isAllowed() && decision.request().action().equals("sts:AssumeRole");
    }

    private static ObjectNode permission(Decision decision) {
        ObjectNode permission = JsonNodeFactory.instance.objectNode().put("action", decision.request().action())
                .put("resource", decision.request().resource()).put("allowed", decision.isAllowed());
        return switch (decision) {
            case Decision.Allowed allowed -> permission.put("by", allowed.by().place());
            case Decision.ExplicitlyDenied denied ->
                permission.put("by", denied.by().place()).put("because", denied.sentence());
            case Decision.NotAllowed lacking -> permission.put("because", lacking.sentence());
        };
    }
}
