package io.greenlane.report;

import io.greenlane.validation.Result;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that was validated of one deployment so far.
 *
 * @param hooks in the order in which their events come; at least one
 */
public record Report(List<ValidationRecord> hooks) {
    public Report {
        hooks = List.copyOf(hooks);
        if (hooks.isEmpty()) {
            throw new IllegalArgumentException("A report needs the record of at least one hook");
        }
    }

    /** The worst of all hooks. */
    public Result result() {
        return hooks.stream().map(hook -> hook.conclusion().result()).reduce(Result.PASS, Result::and);
    }

    /** The hook that speaks for all: the first of the worst, or the last one when all passed. */
    public ValidationRecord telling() {
        Result worst = result();
        return worst == Result.PASS
                ? hooks.get(hooks.size() - 1)
                : hooks.stream().filter(hook -> hook.conclusion().result() == worst).findFirst().orElseThrow();
    }

    /** What was validated, as the latest hook knew it. */
    public Subject subject() {
        return hooks.get(hooks.size() - 1).subject();
    }

    Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("version", 1);
        members.put("result", result().name());
        members.put("sentence", telling().conclusion().sentence());
        members.put("subject", subject().members());
        members.put("hooks", hooks.stream().map(ValidationRecord::members).toList());
        return members;
    }
}
