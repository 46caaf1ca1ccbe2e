package io.greenlane.rehearsal.endpoint;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkBytes;

/**
 * An HTTP request at the endpoint.
 *
 * @param path as sent, percent-encoded
 * @param query as sent, without the question mark, empty when there is none
 * @param headers by name in lower case, several values of one name with commas between them
 */
record WireRequest(String method, String path, String query, Map<String, String> headers, SdkBytes body) {
    private static final Pattern CREDENTIAL = Pattern
            .compile("Credential=([^/,\\s]+)/[^/]*/([^/]*)/([^/]*)/aws4_request");

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** The access key that signed the request, in a header or in its query; signatures themselves are not checked. */
    Optional<String> accessKeyId() {
        return scope(1);
    }

    /** The service in the scope of the signature. */
    Optional<String> signingName() {
        return scope(3);
    }

    private Optional<String> scope(int part) {
        String signed = headers.getOrDefault("authorization", "");
        Matcher credential = CREDENTIAL.matcher(signed.isEmpty() ? RestMembers.decode(query) : signed);
        return credential.find() ? Optional.of(credential.group(part)) : Optional.empty();
    }
}
