package io.greenlane.image;

import io.greenlane.json.Quote;
import java.util.regex.Pattern;

/**
 * Name of an ECR repository with its path, without the registry's host.
 *
 * @param text 2 to 256 characters, for example {@code shop/api}
 */
public record RepositoryName(String text) {
    private static final String PART = "[a-z0-9]+(?:(?:[.]|__?|-+)[a-z0-9]+)*+";
    private static final Pattern FORM = Pattern.compile(PART + "(?:/" + PART + ")*+");

    public RepositoryName {
        if (text.length() < 2 || text.length() > 256 || !FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("A repository name is 2 to 256 lower-case letters and digits,"
                    + " separated by '.', '_', '-' or '/', got " + Quote.of(text));
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
