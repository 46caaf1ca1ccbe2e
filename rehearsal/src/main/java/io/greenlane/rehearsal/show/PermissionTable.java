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
    /**
     * Calls that one role made.
     *
     * @param role its name, or that of a service which asks the policy of a resource
     * @param resource as the template grants it; what was asked for, where it was refused; for whom, where a role was assumed
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
        audit.used().forEach((grant, use) -> rows.add(row(use.first(), grant.resource(), use.times(), true)));
        audit.denied().stream().map(Decision::request)
                .forEach(asked -> rows.add(row(asked, asked.resource(), 1, false)));
        Map<String, Row> together = new HashMap<>();
        rows.forEach(row -> together.merge(row.role + row.action + row.resource + row.allowed, row, Row::and));
        return together.values().stream().sorted(Comparator.comparing(Row::role).thenComparing(Row::action)
                .thenComparing(Row::resource)).toList();
    }

    /** A role that is assumed stands at itself. */
    private static Row row(AccessRequest asked, String resource, long times, boolean allowed) {
        return asked.action().equals("sts:AssumeRole")
                ? new Row(name(asked.resource()), asked.action(), "for " + asked.principal().name(), times, allowed)
                : new Row(role(asked), asked.action(), resource, times, allowed);
    }

    private static String name(String role) {
        return role.substring(role.lastIndexOf('/') + 1);
    }

    private static String role(AccessRequest asked) {
        return asked.principal() instanceof Principal.Session session
                ? session.roleName()
                : asked.principal().name();
    }

    /** Every role with its calls, then the sum. */
    String of(Audit audit) {
        List<Row> rows = rows(audit);
        int width = rows.stream().mapToInt(row -> row.action.length()).max().orElse(0);
        StringBuilder table = new StringBuilder();
        String role = "";
        for (Row row : rows) {
            if (!row.role.equals(role)) {
                role = row.role;
                table.append("\n  ").append(terminal.styled(Terminal.Style.STRONG, role)).append('\n');
            }
            String line = String.format(Locale.ROOT, "  %,7d  %-7s  %-" + width + "s  %s", row.calls,
                    row.allowed ? "allowed" : "DENIED", row.action, shortened(row.resource));
            table.append(row.allowed ? line : terminal.styled(Terminal.Style.BAD, line)).append('\n');
        }
        return table.append('\n').append(sum(audit)).toString();
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

    /** Without partition, service, region and account. */
    private static String shortened(String resource) {
        return resource.replaceFirst("^arn:[^:]*:[^:]*:[^:]*:[^:]*:", "");
    }
}
