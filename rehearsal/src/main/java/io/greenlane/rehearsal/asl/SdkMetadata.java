package io.greenlane.rehearsal.asl;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.greenlane.rehearsal.cloud.RandomIds;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** What optimised integrations add to a result about the call itself: SdkHttpMetadata and SdkResponseMetadata. */
final class SdkMetadata {
    private SdkMetadata() {}

    /**
     * Adds both members.
     *
     * @param length of the response's body in bytes
     * @param own headers of the service
     */
    static void describe(ObjectNode result, int length, int status, Map<String, String> own, RandomGenerator random,
            Instant now) {
        String id = RandomIds.uuid(random);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Connection", "keep-alive");
        headers.put("Content-Length", String.valueOf(length));
        headers.put("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atZone(ZoneOffset.UTC)));
        headers.putAll(own);
        headers.put("x-amzn-RequestId", id);
        ObjectNode http = result.putObject("SdkHttpMetadata");
        ObjectNode all = http.putObject("AllHttpHeaders");
        ObjectNode single = http.putObject("HttpHeaders");
        headers.forEach((name, value) -> {
            all.putArray(name).add(value);
            single.put(name, value);
        });
        http.put("HttpStatusCode", status);
        result.putObject("SdkResponseMetadata").put("RequestId", id);
    }
}
