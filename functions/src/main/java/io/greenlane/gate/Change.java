package io.greenlane.gate;

import io.greenlane.image.Digest;
import io.greenlane.image.RepositoryName;
import io.greenlane.json.Quote;
import io.greenlane.json.Sha256;
import io.greenlane.service.ServiceReference;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What would start, in the words that are shown to the one who approves it; an approval is bound to these very words.
 *
 * @param text lines: the image, and for each service what production runs now and by which gates
 */
public record Change(String text) {
    /**
     * One service of it.
     *
     * @param gates where its gates are, with what tells that file from any other; {@code none} without
     */
    public record Part(ServiceReference service, Production production, String gates) {
        private String line() {
            return service.key() + ": instead of "
                    + (production.images().isEmpty()
                            ? "another image"
                            : production.images().stream().map(Quote::visible).collect(Collectors.joining(", ")))
                    + " in " + Quote.visible(production.revision()) + "; gates " + gates;
        }
    }

    /** The change that a push makes to these services. */
    static Change of(RepositoryName repository, Digest digest, List<Part> parts) {
        return new Change(Stream.concat(Stream.of(repository + "@" + digest), parts.stream()
                .sorted(Comparator.comparing(part -> part.service().key())).map(Part::line))
                .collect(Collectors.joining("\n")));
    }

    /** SHA-256 of the text, in hex. */
    public String hash() {
        return Sha256.hex(text);
    }

    /** What it says that another did not say. */
    String besides(String before) {
        List<String> known = before.lines().toList();
        return text.lines().filter(line -> !known.contains(line)).collect(Collectors.joining("; "));
    }
}
