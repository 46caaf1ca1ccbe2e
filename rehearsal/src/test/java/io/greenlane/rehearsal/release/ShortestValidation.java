package io.greenlane.rehearsal.release;

/** The shortest validation that there is, in a file: one answer proves green, one check passes it. */
public final class ShortestValidation {
    /** For the parameter {@code ValidationSource}. */
    public static final String SOURCE = "s3://files/validation.yaml";

    private static final String RULES = """
            version: 1
            identity: { header: x-image-digest, equals: "{{image.digest}}", in_a_row: 1 }
            hooks:
              AfterAllowTestTraffic: { checks: [page], ready_within: 1m }
              BeforeAllowTraffic: { checks: [page], ready_within: 1m }
            checks:
              page: { request: GET /, expect: { status: 200 } }
            """;

    private ShortestValidation() {}

    /** Puts the file where the source names it. */
    public static void keep(SampleSite site) {
        site.keepInS3("files", "validation.yaml", RULES);
    }
}
