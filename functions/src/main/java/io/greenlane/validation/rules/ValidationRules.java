package io.greenlane.validation.rules;

import io.greenlane.validation.HookEvent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All rules of a service.
 *
 * @param source name of the file, as places have it
 * @param version of the document where it came from, for example of the parameter; null when it has none
 * @param sha256 of the text, in hexadecimal; of a built-in default too
 * @param lines of the text, for reports; secrets are no part of it, since the file only refers to them
 * @param identity how an answer shows which version gave it; null when the service offers nothing
 * @param hooks what to do at which hook; a hook that is missing has nothing to do
 * @param secrets values that were filled in and must never be shown
 */
public record ValidationRules(String source, @Nullable String version, String sha256, List<String> lines,
        @Nullable IdentityRule identity, Map<HookEvent, HookRules> hooks, Set<String> secrets) {
    public ValidationRules {
        lines = List.copyOf(lines);
        hooks = Map.copyOf(hooks);
        secrets = Set.copyOf(secrets);
    }
}
