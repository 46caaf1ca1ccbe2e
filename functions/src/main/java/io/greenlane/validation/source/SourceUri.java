package io.greenlane.validation.source;

import io.greenlane.json.Quote;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The place of a file: {@code ssm:/path/name}, {@code s3://bucket/key}, {@code appconfig:application/environment/profile},
 * {@code file:path} or {@code default:}. What cannot be such a place is refused with an {@link IllegalArgumentException} whose
 * message is a sentence for people.
 */
public sealed interface SourceUri {
    /** The longest text that is read as a URI, in characters. */
    int LONGEST = 2_000;

    /** The URI as text; {@link #parse} reads it back. */
    String text();

    /** Reads a URI. */
    static SourceUri parse(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("A URI of a file has at most " + LONGEST + " characters, this one has "
                    + text.length());
        }
        int colon = text.indexOf(':');
        if (colon < 0 || !text.chars().allMatch(c -> c >= ' ' && c != 0x7f)) {
            throw unknown(text);
        }
        String rest = text.substring(colon + 1);
        return switch (text.substring(0, colon)) {
            case "ssm" -> new Parameter(rest);
            case "s3" -> S3Object.of(text, rest);
            case "appconfig" -> AppConfig.of(text, rest);
            case "file" -> LocalFile.of(text, rest);
            case "default" -> {
                if (!rest.isEmpty()) {
                    throw new IllegalArgumentException("Nothing follows default:, got " + Quote.of(text));
                }
                yield new BuiltIn();
            }
            default -> throw unknown(text);
        };
    }

    /** Where the validation file of an ECS service is looked for when nothing else is said. */
    static Parameter usualOf(String service) {
        return usualOf(service, "validation");
    }

    /** Where another file of an ECS service is looked for, by what it is about. */
    static Parameter usualOf(String service, String about) {
        return new Parameter("/greenlane/" + service + "/" + about);
    }

    private static IllegalArgumentException unknown(String text) {
        return new IllegalArgumentException(Quote.of(text) + " is no place of a file; it must be ssm:/path/name, "
                + "s3://bucket/key, appconfig:application/environment/profile, file:path or default:");
    }

    /**
     * A parameter of Parameter Store in the account and region of the function.
     *
     * @param name in full, with its path (Systems Manager API, PutParameter: letters, digits, {@code .-_/}, at most 15 levels)
     */
    record Parameter(String name) implements SourceUri {
        private static final Pattern NAME = Pattern.compile("(/[A-Za-z0-9_.-]+){1,15}");
        private static final int LONGEST_NAME = 1_011;

        public Parameter {
            if (!NAME.matcher(name).matches() || name.length() > LONGEST_NAME) {
                throw new IllegalArgumentException(
                        "The name of a parameter is a path such as /greenlane/shop/validation, "
                                + "of letters, digits and .-_ between at most 15 slashes, got " + Quote.of(name));
            }
        }

        @Override
        public String text() {
            return "ssm:" + name;
        }
    }

    /**
     * An object in S3.
     *
     * @param bucket by the rules for names of buckets (S3 guide)
     * @param key as it is, not percent-encoded; without empty, {@code .} and {@code ..} segments, which clients resolve
     */
    record S3Object(String bucket, String key) implements SourceUri {
        private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
        private static final Pattern ADDRESS = Pattern.compile("[0-9]+(\\.[0-9]+){3}");
        private static final int LONGEST_KEY = 1_024;

        public S3Object {
            if (!BUCKET.matcher(bucket).matches() || bucket.contains("..") || ADDRESS.matcher(bucket).matches()) {
                throw new IllegalArgumentException("The name of a bucket has 3 to 63 small letters, digits, dots and "
                        + "hyphens and is no IP address, got " + Quote.of(bucket));
            }
            if (key.isEmpty() || key.length() > LONGEST_KEY
                    || List.of(key.split("/", -1)).stream().anyMatch(S3Object::isHostile)) {
                throw new IllegalArgumentException("The key of an object has 1 to " + LONGEST_KEY
                        + " characters and no empty, . or .. segment, got " + Quote.of(key));
            }
        }

        static S3Object of(String text, String rest) {
            int slash = rest.startsWith("//") ? rest.indexOf('/', 2) : -1;
            if (slash < 0) {
                throw new IllegalArgumentException("An object in S3 is named s3://bucket/key, got " + Quote.of(text));
            }
            return new S3Object(rest.substring(2, slash), rest.substring(slash + 1));
        }

        private static boolean isHostile(String segment) {
            return segment.isEmpty() || segment.equals(".") || segment.equals("..");
        }

        @Override
        public String text() {
            return "s3://" + bucket + "/" + key;
        }
    }

    /** A configuration profile of AppConfig; each part is an id or a name of at most 128 characters (AppConfig data API). */
    record AppConfig(String application, String environment, String profile) implements SourceUri {
        private static final int LONGEST_PART = 128;

        public AppConfig {
            for (String part : List.of(application, environment, profile)) {
                if (part.isBlank() || part.length() > LONGEST_PART || part.contains("/")) {
                    throw new IllegalArgumentException("Application, environment and profile of AppConfig have 1 to "
                            + LONGEST_PART + " characters and no slash, got " + Quote.of(part));
                }
            }
        }

        static AppConfig of(String text, String rest) {
            String[] parts = rest.split("/", -1);
            if (parts.length != 3) {
                throw new IllegalArgumentException(
                        "A configuration is named appconfig:application/environment/profile, got " + Quote.of(text));
            }
            return new AppConfig(parts[0], parts[1], parts[2]);
        }

        @Override
        public String text() {
            return "appconfig:" + application + "/" + environment + "/" + profile;
        }
    }

    /** A file of this machine; only for a laptop and the rehearsal. */
    record LocalFile(Path path) implements SourceUri {
        static LocalFile of(String text, String rest) {
            String path = rest.startsWith("///") ? rest.substring(2) : rest;
            if (path.isEmpty() || path.startsWith("//")) {
                throw new IllegalArgumentException(
                        "A file is named file:path or file:///path, without a host, got " + Quote.of(text));
            }
            try {
                return new LocalFile(Path.of(path));
            } catch (InvalidPathException e) {
                throw new IllegalArgumentException(Quote.of(text) + " names no file: " + e.getReason(), e);
            }
        }

        @Override
        public String text() {
            return "file:" + path;
        }
    }

    /** What comes with Greenlane. */
    record BuiltIn() implements SourceUri {
        @Override
        public String text() {
            return "default:";
        }
    }
}
