package io.greenlane.validation.rules.reading;

import io.greenlane.validation.HookEvent;
import io.greenlane.validation.rules.HookRules;
import io.greenlane.validation.rules.Reading;
import io.greenlane.validation.rules.ValidationRules;
import io.greenlane.validation.rules.Variables;
import io.greenlane.validation.source.FileDocuments;
import io.greenlane.validation.source.LogFiles.Opening;
import io.greenlane.validation.source.Secrets.SecretUnavailableException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files of this test, and how they are read. */
final class Files {
    static final String TOKEN = "tok\"en-4711";
    private static final Map<String, String> SECRETS = Map.of("/greenlane/shop/token", TOKEN, "/greenlane/shop/key",
            "key-0815", "/greenlane/shop/lines", "two\r\nlines");
    static final Variables VARIABLES = new Variables(Map.of(Variables.IMAGE_TAG, "1.2.3", Variables.IMAGE_DIGEST,
            "sha256:abc", Variables.DEPLOYMENT_ID, "d-AB12CD34E", Variables.SERVICE_NAME, "shop"), name -> {
                String value = SECRETS.get(name);
                if (value == null) {
                    throw new SecretUnavailableException("There is no secret '" + name + "'");
                }
                return value;
            });

    private Files() {}

    static Reading read(String text) {
        return new RulesReader(VARIABLES, new FileDocuments(), 1).read("validation.yaml", "7", text);
    }

    static ValidationRules usable(String text) {
        return switch (read(text)) {
            case Reading.Usable(ValidationRules rules) -> rules;
            case Reading.Refused refused -> throw new AssertionError(refused.sentence());
        };
    }

    static HookRules hook(ValidationRules rules, HookEvent event) {
        return there(rules.hooks().get(event));
    }

    static <T> T there(@Nullable T value) {
        return Objects.requireNonNull(value);
    }

    static Reading readWithLog(String text, String log) {
        return new RulesReader(VARIABLES,
                uri -> new Opening.Opened(new ByteArrayInputStream(log.getBytes(StandardCharsets.UTF_8))), 1)
                .read("validation.yaml", null, text);
    }

    static String good(String name) {
        return text(folder("good").resolve(name));
    }

    static Stream<Path> all(String folder) {
        try (Stream<Path> files = java.nio.file.Files.list(folder(folder))) {
            return files.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Path file) {
        try {
            return java.nio.file.Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> sentences(Reading reading) {
        return reading instanceof Reading.Refused(var problems)
                ? problems.stream().map(problem -> problem.place().line() + ":" + problem.place().column() + " "
                        + problem.sentence()).toList()
                : List.of();
    }

    static Path folder(String name) {
        try {
            return Path.of(there(Files.class.getResource("/io/greenlane/validation/rules/" + name)).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
