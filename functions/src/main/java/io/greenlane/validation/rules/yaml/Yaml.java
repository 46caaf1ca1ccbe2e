package io.greenlane.validation.rules.yaml;

import io.greenlane.json.Quote;
import io.greenlane.validation.Place;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads one YAML 1.2 document of at most {@value #LONGEST} characters that a stranger may have written. */
public final class Yaml {
    /** Characters; more than fits into any parameter, less than hurts. */
    public static final int LONGEST = 262_144;

    private Yaml() {}

    /**
     * The value of the document; a byte order mark before it is left out.
     *
     * @param name as places have it
     * @param numbered whether places have lines; false for a text that stands in no file
     * @return null when it is no document; then there is a problem that says why
     */
    public static @Nullable Node read(String name, boolean numbered, String text, Problems problems) {
        String marked = text.startsWith("\uFEFF") ? text.substring(1) : text;
        Source source = Source.of(name, numbered, marked);
        try {
            refuseUnfit(source, marked);
            LoadSettings settings = LoadSettings.builder().setLabel(name).setCodePointLimit(LONGEST).build();
            Node root = new YamlTree(source, new Parse(settings).parseString(marked).iterator(), problems).document();
            if (root == null) {
                throw new Unreadable(source.at(1, 1), "The file is empty.");
            }
            return root;
        } catch (Unreadable e) {
            problems.add(e.place(), String.valueOf(e.getMessage()));
        } catch (MarkedYamlEngineException e) {
            Place place = e.getProblemMark().or(e::getContextMark)
                    .map(mark -> source.at(mark.getLine() + 1, mark.getColumn() + 1)).orElseGet(() -> source.at(1, 1));
            problems.add(place, noYaml(e.getProblem()) + Hints.about(source.line(place)));
        } catch (YamlEngineException | NoSuchElementException e) {
            problems.add(source.at(1, 1), noYaml(e.getMessage()));
        }
        return null;
    }

    private static String noYaml(@Nullable String why) {
        return "This is not YAML: the parser says " + Quote.of(why) + ".";
    }

    private static void refuseUnfit(Source source, String text) {
        if (text.length() > LONGEST) {
            throw new Unreadable(source.at(1, 1),
                    "The file has " + text.length() + " characters; at most " + LONGEST + " are read.");
        }
        for (int line = 1; line <= source.lines().size(); line++) {
            int column = 1;
            for (int point : source.lines().get(line - 1).codePoints().toArray()) {
                String objection = Legibility.objection(point);
                if (objection != null) {
                    throw new Unreadable(source.at(line, column), objection);
                }
                column++;
            }
        }
    }
}
