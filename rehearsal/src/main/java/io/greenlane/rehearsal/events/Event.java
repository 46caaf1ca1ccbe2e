package io.greenlane.rehearsal.events;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.greenlane.rehearsal.cloud.Account;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * An event on a bus.
 *
 * @param json the whole envelope
 */
record Event(String id, String source, String detailType, ObjectNode json) {
    static final JsonMapper JSON = JsonMapper.builder().build();

    static Event of(String id, Account account, Instant time, String source, String detailType, List<String> resources,
            ObjectNode detail) {
        ObjectNode json = JSON.createObjectNode().put("version", "0").put("id", id).put("detail-type", detailType)
                .put("source", source).put("account", account.id())
                .put("time", time.truncatedTo(ChronoUnit.SECONDS).toString()).put("region", account.region());
        resources.forEach(json.putArray("resources")::add);
        json.set("detail", detail);
        return new Event(id, source, detailType, json);
    }

    String text() {
        return json.toString();
    }
}
