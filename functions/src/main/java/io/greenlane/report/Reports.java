package io.greenlane.report;

import io.greenlane.json.Json;
import io.greenlane.json.JsonObject;
import io.greenlane.validation.HookEvent;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * The reports of deployments, each in a folder of its own that is named after the deployment: a JSON file per hook, and from all of
 * them {@code report.json}, {@code report.md}, {@code junit.xml} and {@code report.html}. The same records make the same bytes, so
 * writing twice changes nothing.
 */
public final class Reports {
    private final ReportFiles files;

    /** Reports in these files. */
    public Reports(ReportFiles files) {
        this.files = files;
    }

    /**
     * Adds what a hook came to and writes the report anew.
     *
     * @return the name of the page for people
     */
    public String add(ValidationRecord record) {
        String folder = record.subject().deploymentId();
        files.write(name(folder, record.hook()), "application/json", Json.text(record.members()));
        Report report = new Report(Arrays.stream(HookEvent.values()).flatMap(hook -> read(folder, hook)).toList());
        files.write(folder + "/report.json", "application/json", Json.text(report.members()));
        files.write(folder + "/report.md", "text/markdown; charset=utf-8", MarkdownReport.of(report));
        files.write(folder + "/junit.xml", "application/xml", JUnitReport.of(report));
        String page = page(folder);
        files.write(page, "text/html; charset=utf-8", HtmlReport.of(report));
        return page;
    }

    /** The name of the page for people about a deployment, whether or not it has been written. */
    public static String page(String deploymentId) {
        return deploymentId + "/report.html";
    }

    private Stream<ValidationRecord> read(String folder, HookEvent hook) {
        return Stream.ofNullable(files.read(name(folder, hook)))
                .map(text -> ValidationRecord.from(new JsonObject(name(folder, hook), Json.object(text))));
    }

    private static String name(String folder, HookEvent hook) {
        return folder + "/" + hook + ".json";
    }
}
