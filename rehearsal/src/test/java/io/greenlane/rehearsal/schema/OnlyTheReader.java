package io.greenlane.rehearsal.schema;

import java.util.Arrays;
import java.util.regex.Pattern;

/** Faults that a JSON Schema cannot see, each with what the reader says about it and an example. */
enum OnlyTheReader {
    /** A name must stand in another section. */
    NAMES_THAT_DO_NOT_EXIST("There is nothing called .*", "checks: [ready]", "checks: [raedy]"),
    /** A rule must be named in another section. */
    RULES_THAT_NOBODY_NAMES("No hook names .*", "checks: [ready]", "checks: []"),
    /** A schema compares numbers, not numbers with units. */
    RANGES_OF_VALUES_WITH_UNITS("'.+' must be (from \\S+ to \\S+|above 0 and at most 1000/s|at most 100%), got .*",
            "timeout: 3s", "timeout: 3m"),
    /** A schema does not compare one value with another. */
    ORDER_OF_TWO_VALUES("'warn' must be stricter than 'max'.*|'min' must not be above 'max', .*"
            + "|The range .* ends before it begins.*|'in_a_row' asks for .* but 'attempts' allows only .*", "max: 2s",
            "max: 1s"),
    /** Nor does it add them up. */
    TIMES_AND_COUNTS_THAT_DO_NOT_FIT("'.+' takes .*, but the hook has .*|The attempts of the check .* take .*"
            + "|'rate' and 'duration' make more than .*|'min_samples' asks for .*", "duration: 30s", "duration: 40m"),
    /** Only the reader knows which variables and secrets there are, and where they may stand. */
    VARIABLES("There is no variable .*|.* opens a variable with \\{\\{ and does not close it.*"
            + "|The secret .* cannot stand in .*|A variable cannot stand inside of a variable.*"
            + "|No variable can stand in .*|The name of a secret .*", "GET /health", "GET /{{image.name}}"),
    /** It has a pattern for an expression, not a parser. */
    SYNTAX_OF_EXPRESSIONS(
            "'matches' .*|'.+' is no JSONPath.*|'.+' must not (search|list) .*|'.+' must have \\$ only .*", "$.status",
            "\"$.[\""),
    /** What is too long is so after variables are filled in. */
    LENGTHS_OF_WHAT_IS_SENT("The value of the header .* must be one line of printable ASCII .*"
            + "|'body' has more than .*|'request' has more than .*", "text/html", "a".repeat(9000)),
    /** Which hook a rule is used at stands elsewhere. */
    A_BASELINE_AFTER_TRAFFIC("The analysis .* has a baseline, but after traffic has moved .*", "BeforeAllowTraffic",
            "AfterAllowTraffic"),
    /** Patterns of draft-07 tell small and capital letters apart. */
    SMALL_AND_CAPITAL_LETTERS("The header .* stands here twice; .*|The header \\S+ belongs to the connection .*"
            + "|The header host must be a host name .*", "accept:", "tRAILER:"),
    /** To a schema 1.0 is 1 and 2e2 is 200, and validators lose count of numbers with hundreds of digits. */
    HOW_A_NUMBER_IS_WRITTEN("'version' must be 1, .*|'status' must be a code .*|The number .* is larger or finer .*"
            + "|'.+' must be a number, got .*|'.+' must be a whole number .*, got '1E\\+1000'.", "version: 1",
            "version: 1.0"),
    /** Names of buckets and keys have rules of their own. */
    PLACES_OF_FILES("'access_log' must be s3://bucket/key or file:path.*", "requests: [ GET / ]",
            "access_log: s3://logs/../shop.log"),
    /** A schema sees what YAML has been read as. */
    YAML_ITSELF("'.+' stands here a second time.*", "version: 1", "version: 1\nversion: 1");

    private static final String GOOD = """
            version: 1
            defaults: { timeout: 3s, headers: { accept: text/html } }
            hooks:
              BeforeAllowTraffic: { checks: [ready], analyses: [beside] }
            checks:
              ready:
                request: GET /health
                expect: { latency: { warn: 1s, max: 2s }, json: [ { path: $.status, equals: UP } ] }
            analyses:
              beside: { traffic: { requests: [ GET / ], duration: 30s }, baseline: {} }
            """;

    private final Pattern sentence;
    private final String right;
    private final String wrong;

    OnlyTheReader(String sentence, String right, String wrong) {
        this.sentence = Pattern.compile(sentence, Pattern.DOTALL);
        this.right = right;
        this.wrong = wrong;
    }

    /** A file that has this fault and no other. */
    String example() {
        return GOOD.replace(right, wrong);
    }

    boolean isSaidBy(String said) {
        return sentence.matcher(said).matches();
    }

    /** Whether a sentence of the reader is about one of them. */
    static boolean sees(String said) {
        return Arrays.stream(values()).anyMatch(one -> one.isSaidBy(said));
    }
}
