package io.greenlane.report;

import io.greenlane.json.Quote;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * XML that is written element by element, so that it is well-formed whatever its texts are: they are escaped, and all that
 * is invisible in them, or no XML at all, stands there as its code point. It is HTML too when it is written with HTML's elements.
 */
final class Markup {
    private static final Set<String> ENDS_A_LINE = Set.of("head", "style", "title", "header",
            "section", "h1", "h2", "h3", "p", "tr", "table", "thead", "tbody", "li", "ol", "ul", "svg", "g", "figure",
            "figcaption", "body", "html", "testcase", "testsuite", "testsuites", "properties", "dl", "div", "details",
            "main", "footer", "caption", "nav");

    private final StringBuilder text = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /** Something of our own before the first element, such as a document type. */
    Markup prolog(String prolog) {
        text.append(prolog).append('\n');
        return this;
    }

    /**
     * Begins an element.
     *
     * @param attributes names and values by turns
     */
    Markup open(String name, String... attributes) {
        begin(name, attributes);
        text.append('>');
        open.push(name);
        return this;
    }

    /** Ends the element that was begun last. */
    Markup close() {
        String name = open.pop();
        text.append("</").append(name).append('>');
        if (ENDS_A_LINE.contains(name)) {
            text.append('\n');
        }
        return this;
    }

    /** An element without content, of which there are some in HTML and many in SVG. */
    Markup empty(String name, String... attributes) {
        begin(name, attributes);
        text.append("/>");
        return this;
    }

    /** An element with a text in it. */
    Markup element(String name, String content, String... attributes) {
        return open(name, attributes).text(content).close();
    }

    /** A text. */
    Markup text(String content) {
        text.append(escaped(content));
        return this;
    }

    /** A style sheet of our own. */
    Markup style(String sheet) {
        open("style");
        text.append('\n').append(sheet);
        return close();
    }

    private void begin(String name, String... attributes) {
        text.append('<').append(name);
        for (int i = 0; i < attributes.length; i += 2) {
            text.append(' ').append(attributes[i]).append("=\"").append(escaped(attributes[i + 1])).append('"');
        }
    }

    private static String escaped(String content) {
        return Quote.visible(content).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
                .replace("\"", "&quot;").replace("'", "&#39;");
    }

    /** The document; all elements must have ended. */
    @Override
    public String toString() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("The element " + open.peek() + " has no end");
        }
        return text.toString();
    }
}
