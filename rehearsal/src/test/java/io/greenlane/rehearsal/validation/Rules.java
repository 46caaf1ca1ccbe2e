package io.greenlane.rehearsal.validation;

import io.greenlane.validation.rules.Reading;
import io.greenlane.validation.rules.ValidationRules;
import io.greenlane.validation.rules.Variables;
import io.greenlane.validation.rules.reading.RulesReader;
import io.greenlane.validation.source.LogFiles;
import io.greenlane.validation.source.Secrets.SecretUnavailableException;
import java.util.Map;

/** Rules of these trials, read as those of a service are. */
final class Rules {
    private static final Variables VARIABLES = new Variables(Map.of(Variables.IMAGE_TAG, Websites.NEW), name -> {
        throw new SecretUnavailableException("There are no secrets here");
    });

    private Rules() {}

    static ValidationRules read(String text) {
        return switch (new RulesReader(VARIABLES, uri -> new LogFiles.Opening.Unavailable("There are no logs here"), 1)
                .read("validation.yaml", null, text)) {
            case Reading.Usable(ValidationRules rules) -> rules;
            case Reading.Refused refused -> throw new IllegalArgumentException(refused.sentence());
        };
    }
}
