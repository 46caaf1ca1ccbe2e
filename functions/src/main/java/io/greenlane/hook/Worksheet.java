package io.greenlane.hook;

import io.greenlane.json.JsonObject;
import io.greenlane.validation.run.Progress;
import io.greenlane.validation.source.Document;
import io.greenlane.validation.source.DocumentSearch.Sought;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A validation between two slices. It carries the text of its validation file, so that all slices go by the same rules whatever
 * becomes of the file meanwhile; secrets are no part of that text.
 *
 * @param begun when the first slice did
 */
record Worksheet(Instant begun, Sought sought, Progress progress) {
    Worksheet with(Progress further) {
        return new Worksheet(begun, sought, further);
    }

    /** Name of the file that has it. */
    static String name(HookExecution hook) {
        return hook.deploymentId() + "/" + hook.event() + ".progress.json";
    }

    Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        switch (sought) {
            case Sought.File(Document document) -> {
                members.put("uri", document.uri());
                members.put("version", document.version());
                members.put("text", document.text());
            }
            case Sought.Default(String sentence) -> members.put("default", sentence);
            case Sought.Refused(String sentence) -> members.put("refused", sentence);
        }
        members.put("begun", begun.toString());
        members.put("progress", progress.members());
        return members;
    }

    /** Read back; an {@link IllegalArgumentException} names what does not fit. */
    static Worksheet from(JsonObject json) {
        return new Worksheet(Instant.parse(json.text("begun")), sought(json), Progress.from(json.object("progress")));
    }

    private static Sought sought(JsonObject json) {
        String builtIn = json.optionalText("default");
        if (builtIn != null) {
            return new Sought.Default(builtIn);
        }
        String refused = json.optionalText("refused");
        return refused != null
                ? new Sought.Refused(refused)
                : new Sought.File(new Document(json.text("uri"), json.text("version"), json.text("text")));
    }
}
