package io.greenlane.validation.rules.reading;

import io.greenlane.validation.Place;
import io.greenlane.validation.rules.Problem;
import io.greenlane.validation.rules.Reading;
import io.greenlane.validation.rules.Variables;
import io.greenlane.validation.source.Document;
import io.greenlane.validation.source.DocumentSearch.Sought;
import io.greenlane.validation.source.LogFiles;
import java.util.List;

/**
 * Reads the rules of a service, whatever the search for its file came to.
 *
 * @param builtIn applies when there is no file
 */
public record ServiceRules(Variables variables, LogFiles logs, BuiltInDefault builtIn) {
    /**
     * The rules, or why there are none. One deployment always draws the same requests from an access log, in whichever slice of whichever hook.
     */
    public Reading read(Sought sought) {
        return switch (sought) {
            case Sought.File(Document document) -> new RulesReader(variables, logs, seed()).read(document);
            case Sought.Default ignored -> builtIn.read();
            case Sought.Refused(String sentence) ->
                new Reading.Refused(List.of(new Problem(new Place("settings", 0, 0), sentence)));
        };
    }

    /** {@link String#hashCode} is specified, so it is the same in every Java runtime. */
    private long seed() {
        return variables.values().getOrDefault(Variables.DEPLOYMENT_ID, "").hashCode();
    }
}
