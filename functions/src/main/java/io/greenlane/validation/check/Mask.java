package io.greenlane.validation.check;

import io.greenlane.json.Json;
import io.greenlane.json.Quote;
import io.greenlane.validation.Finding;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Hides secrets in texts that people will see: each stands there as {@value #HIDDEN}, in whatever form it was written, also
 * where a text was cut in the middle of it.
 */
public final class Mask {
    private static final String HIDDEN = "***";
    /** A piece of a secret before a cut that is shorter than this gives nothing away. */
    private static final int SHORTEST_PIECE = 3;
    /** Texts are cut before they are longer (see {@link Quote}). */
    private static final int LONGEST_PIECE = 121;

    private final Pattern pattern;

    /** Hides these values; empty ones are none. */
    public Mask(Collection<String> secrets) {
        List<String> forms = secrets.stream().filter(secret -> !secret.isEmpty()).flatMap(Mask::forms).distinct()
                .sorted(Comparator.comparingInt(String::length).reversed()).toList();
        String whole = forms.stream().map(Pattern::quote).collect(Collectors.joining("|"));
        String cut = forms.stream().flatMap(Mask::beginnings).distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(beginning -> Pattern.quote(beginning) + "(?=\\.\\.\\. \\()").collect(Collectors.joining("|"));
        this.pattern = Pattern
                .compile(forms.isEmpty() ? "(?!)" : cut.isEmpty() ? whole : whole + "|" + cut);
    }

    private static Stream<String> forms(String secret) {
        String quoted = Quote.of(secret);
        String json = Json.text(secret);
        return Stream.of(secret, quoted.substring(1, quoted.length() - 1), json.substring(1, json.length() - 1),
                URLEncoder.encode(secret, StandardCharsets.UTF_8),
                URLEncoder.encode(secret, StandardCharsets.UTF_8).replace("+", "%20"));
    }

    private static Stream<String> beginnings(String form) {
        return IntStream.range(SHORTEST_PIECE, Math.min(form.length(), LONGEST_PIECE))
                .mapToObj(end -> form.substring(0, end));
    }

    /** The text without secrets. */
    public String text(String text) {
        return pattern.matcher(text).replaceAll(Matcher.quoteReplacement(HIDDEN));
    }

    /** The finding without secrets in anything that it says. */
    public Finding finding(Finding finding) {
        return new Finding(finding.rule(), finding.place(), finding.result(), finding.enforced(),
                text(finding.sentence()), text(finding.expected()), text(finding.seen()), finding.samples(),
                finding.confidence());
    }
}
