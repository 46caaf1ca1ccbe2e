package io.greenlane.rehearsal.show;

import io.greenlane.rehearsal.iam.AccessRequest;
import io.greenlane.rehearsal.iam.Audit;
import io.greenlane.rehearsal.iam.Decision;
import io.greenlane.rehearsal.iam.Principal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Which calls were made under which roles, and whether they were granted. */
record PermissionTable(Terminal terminal) {
    private static final List<String> HEAD = List.of("Role", "Action", "Resource", "Calls", "");

    /**
     * Calls that one role made.
     *
     * @param role its name, or that of a service which asks the policy of a resource
     * @param resource as the template grants it; what was asked for, where it was refused
     * @param allowed whether they were
     */
    record Row(String role, String action, String resource, long calls, boolean allowed) {
        private Row and(Row other) {
            return new Row(role, action, resource, calls + other.calls, allowed);
        }
    }

    /** By role, then by action. */
    static List<Row> rows(Audit audit) {
        List<Row> rows = new ArrayList<>();
        audit.used().forEach((grant, use) -> rows.add(
                new Row(role(use.first()), use.first().action(), grant.resource(), use.times(), true)));
        audit.denied().stream().map(Decision::request).forEach(
                asked -> rows.add(new Row(role(asked), asked.action(), asked.resource(), 1, false)));
        Map<String, Row> together = new HashMap<>();
        rows.forEach(row -> together.merge(row.role + row.action + row.resource + row.allowed, row, Row::and));
        return together.values().stream().sorted(Comparator.comparing(Row::role).thenComparing(Row::action)
                .thenComparing(Row::resource)).toList();
    }

    private static String role(AccessRequest asked) {
        return asked.principal() instanceof Principal.Session session
                ? session.role().substring(session.role().lastIndexOf('/') + 1)
                : asked.principal().name();
    }

    /** Every line, then the sum. */
    String of(Audit audit) {
        List<List<String>> cells = new ArrayList<>(List.of(HEAD));
        rows(audit).forEach(row -> cells.add(List.of(row.role, row.action, shortened(row.resource),
                String.format(Locale.ROOT, "%,d", row.calls), row.allowed ? "allowed" : "DENIED")));
        int[] widths = new int[HEAD.size()];
        cells.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        StringBuilder table = new StringBuilder("\n");
        for (List<String> row : cells) {
            StringBuilder line = new StringBuilder("  ");
            for (int i = 0; i < widths.length; i++) {
                String padding = " ".repeat(widths[i] - row.get(i).length());
                line.append(i == 3 ? padding + row.get(i) : row.get(i) + padding).append("  ");
            }
            table.append(style(row, line.toString().stripTrailing())).append('\n');
        }
        return table.append(sum(audit)).toString();
    }

    private String style(List<String> row, String line) {
        return row.equals(HEAD)
                ? terminal.styled(Terminal.Style.FAINT, line)
                : row.getLast().equals("DENIED") ? terminal.styled(Terminal.Style.BAD, line) : line;
    }

    /** One line, and one for each refusal. */
    String sum(Audit audit) {
        Collection<Audit.Use> uses = audit.used().values();
        long roles = uses.stream().map(use -> role(use.first())).distinct().count();
        String allowed = String.format(Locale.ROOT, "%,d uses of %,d permissions by %,d roles and services",
                uses.stream().mapToLong(Audit.Use::times).sum(), uses.size(), roles);
        StringBuilder text = new StringBuilder("  ");
        text.append(audit.denied().isEmpty()
                ? terminal.styled(Terminal.Style.GOOD, "✔ " + allowed + ", 0 denied")
                : terminal.styled(Terminal.Style.BAD, "✖ " + allowed + ", " + audit.denied().size() + " denied"));
        text.append(".\n");
        audit.denied().forEach(denied -> text.append("    ").append(denied.sentence()).append('\n'));
        return text.toString();
    }

    /** Without partition, region and account. */
    private static String shortened(String resource) {
        return resource.startsWith("arn:") ? resource.replaceFirst("^arn:[^:]*:([^:]*):[^:]*:[^:]*:", "$1:") : resource;
    }
}
