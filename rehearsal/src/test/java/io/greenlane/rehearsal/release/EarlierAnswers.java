package io.greenlane.rehearsal.release;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.http.HttpExecuteRequest;

/** What requests were answered, whoever asked, to be answered again by a service that lags. */
final class EarlierAnswers {
    private final Map<String, Known> known = new HashMap<>();

    private record Known(WireAnswer last, Optional<WireAnswer> before) {}

    /** Takes an answer; the one that the same request had before it changed last is given back. */
    Optional<WireAnswer> remember(HttpExecuteRequest request, WireAnswer answer) throws IOException {
        return known.merge(key(request), new Known(answer, Optional.empty()), (old, fresh) -> old.last().saysTheSameAs(
                answer) ? old : new Known(answer, Optional.of(old.last()))).before();
    }

    private static String key(HttpExecuteRequest request) throws IOException {
        StringBuilder key = new StringBuilder(request.httpRequest().firstMatchingHeader("X-Amz-Target").orElse(""))
                .append(request.httpRequest().method()).append(request.httpRequest().encodedPath());
        if (request.contentStreamProvider().isPresent()) {
            try (InputStream body = request.contentStreamProvider().get().newStream()) {
                key.append(new String(body.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
            }
        }
        return key.toString();
    }
}
