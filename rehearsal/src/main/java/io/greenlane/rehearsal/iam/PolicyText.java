package io.greenlane.rehearsal.iam;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text of a policy, with {@code *} for any characters, {@code ?} for one, and variables such as
 * <code>${aws:PrincipalAccount}</code>, also with a default: <code>${aws:PrincipalTag/team, 'none'}</code> (IAM guide, policy
 * variables).
 */
final class PolicyText {
    private static final Pattern VARIABLE = Pattern
            .compile("\\$\\{\\s*([^},\\s]+|[*?$])\\s*(?:,\\s*'([^']*)'\\s*)?}");
    /** Stand for the wildcards, so that a star in the value of a variable is a star. */
    private static final char ANY = '\uE000';
    private static final char ONE = '\uE001';

    private final String written;
    private final boolean fixed;
    private final String pattern;

    PolicyText(String written) {
        this.written = written;
        this.fixed = !written.contains("${");
        this.pattern = fixed ? wild(written) : "";
    }

    /** Whether it describes the value; a text with a variable that the request does not have describes nothing. */
    boolean describes(String value, AccessRequest request) {
        Optional<String> resolved = fixed ? Optional.of(pattern) : resolve(request, true);
        return resolved.isPresent() && matches(resolved.get(), value);
    }

    /** Whether it is the value, a star being a star. */
    boolean is(String value, AccessRequest request, boolean ignoringCase) {
        Optional<String> resolved = fixed ? Optional.of(written) : resolve(request, false);
        return resolved.isPresent()
                && (ignoringCase ? resolved.get().equalsIgnoreCase(value) : resolved.get().equals(value));
    }

    /**
     * Whether it describes the ARN: part by part, so that a star stays within its part, but for the last part, which may have
     * colons; parts that are missing are stars (IAM guide, resource element and ARN operators).
     */
    boolean describesArn(String arn, AccessRequest request) {
        Optional<String> resolved = fixed ? Optional.of(pattern) : resolve(request, true);
        if (resolved.isEmpty()) {
            return false;
        }
        if (resolved.get().equals(String.valueOf(ANY))) {
            return true;
        }
        String[] parts = resolved.get().split(":", 6);
        String[] actual = arn.split(":", 6);
        if (actual.length < parts.length) {
            return false;
        }
        for (int i = 0; i < parts.length; i++) {
            if (!matches(parts[i], actual[i])) {
                return false;
            }
        }
        return true;
    }

    /** The same in lower case, for what knows no case. */
    PolicyText lowerCase() {
        return new PolicyText(written.toLowerCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return written;
    }

    private Optional<String> resolve(AccessRequest request, boolean withWildcards) {
        StringBuilder text = new StringBuilder();
        Matcher variable = VARIABLE.matcher(written);
        int from = 0;
        while (variable.find()) {
            String before = written.substring(from, variable.start());
            text.append(withWildcards ? wild(before) : before);
            String name = variable.group(1);
            if (name.length() == 1) {
                text.append(name);
            } else {
                List<String> values = request.values(name);
                if (values.size() != 1 && variable.group(2) == null) {
                    return Optional.empty();
                }
                text.append(values.size() == 1 ? values.getFirst() : variable.group(2));
            }
            from = variable.end();
        }
        String rest = written.substring(from);
        return Optional.of(text.append(withWildcards ? wild(rest) : rest).toString());
    }

    private static String wild(String text) {
        return text.replace('*', ANY).replace('?', ONE);
    }

    /** Goes back to the last star only, so it takes at most length times length steps. */
    private static boolean matches(String pattern, String text) {
        int at = 0;
        int star = -1;
        int resume = 0;
        int i = 0;
        while (i < text.length()) {
            if (at < pattern.length() && (pattern.charAt(at) == ONE || pattern.charAt(at) == text.charAt(i))) {
                at++;
                i++;
            } else if (at < pattern.length() && pattern.charAt(at) == ANY) {
                star = at++;
                resume = i;
            } else if (star >= 0) {
                at = star + 1;
                i = ++resume;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == ANY) {
            at++;
        }
        return at == pattern.length();
    }
}
