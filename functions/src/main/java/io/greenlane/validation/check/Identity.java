package io.greenlane.validation.check;

import io.greenlane.json.Quote;
import io.greenlane.probe.Answer;
import io.greenlane.validation.rules.IdentityRule;
import org.jspecify.annotations.Nullable;

/** What an answer says about the version that gave it. */
record Identity(IdentityRule rule) {
    /** Whether any answer may say it, not only the one to the rule's own request. */
    boolean inHeader() {
        return rule.header() != null;
    }

    /** Whether the answer, to whatever request, says a version in its header. */
    boolean shownBy(Answer answer) {
        return rule.header() != null && answer instanceof Answer.Response response
                && response.header(rule.header()) != null;
    }

    /** Why the answer to the rule's own request is no proof; null when it is one. */
    @Nullable
    String missing(Answer.Response response) {
        if (rule.header() != null) {
            String value = response.header(rule.header());
            return value == null ? "has no header " + rule.header() + expected() : unless(rule.header(), value);
        }
        if (rule.jsonPath() == null) {
            throw new IllegalArgumentException("The identity (" + rule.place() + ") names neither a header nor a path");
        }
        return switch (JsonBody.of(response)) {
            case JsonBody.Unreadable(String why) -> why + expected();
            case JsonBody.Parsed parsed -> {
                Found found = Found.at(rule.jsonPath(), parsed);
                yield found.nothing()
                        ? "has nothing at " + rule.jsonPath() + expected()
                        : unless(rule.jsonPath(), found.single() ? found.values().get(0) : found.values());
            }
        };
    }

    private @Nullable String unless(String where, @Nullable Object value) {
        return rule.equals().equals(value instanceof String text ? text.strip() : JsonBody.text(value))
                ? null
                : "says " + where + " " + Quote.of(value) + expected();
    }

    private String expected() {
        return ", expected " + Quote.of(rule.equals()) + " (" + rule.place() + ")";
    }
}
