package io.greenlane.rehearsal.asl;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The task tokens that are out: each belongs to one attempt of one task and is closed for good when that ends. */
public final class TaskTokens {
    private final RandomGenerator random;
    private final Map<String, Holder> open = new HashMap<>();
    private final Set<String> closed = new HashSet<>();

    public TaskTokens(RandomGenerator random) {
        this.random = random;
    }

    /** Who waits for a token. */
    public interface Holder {
        /** The work is done; closes the token. */
        void succeed(JsonNode output);

        /** The work failed; closes the token. */
        void fail(Failure failure);

        /** The work goes on; the time for the next heartbeat starts anew. */
        void heartbeat();
    }

    /** What a token is at this moment. */
    public enum Standing {
        OPEN, CLOSED, UNKNOWN
    }

    public Standing standing(String token) {
        return open.containsKey(token) ? Standing.OPEN : closed.contains(token) ? Standing.CLOSED : Standing.UNKNOWN;
    }

    /** Who waits for the token; null unless it is open. */
    public @Nullable Holder holder(String token) {
        return open.get(token);
    }

    String issue(Holder holder) {
        String token = token();
        open.put(token, holder);
        return token;
    }

    void close(String token) {
        if (open.remove(token) != null) {
            closed.add(token);
        }
    }

    /** Opaque, and long as AWS's are. */
    private String token() {
        byte[] bytes = new byte[384];
        random.nextBytes(bytes);
        return "AAAAKgAAAAIAAAAA" + Base64.getEncoder().encodeToString(bytes);
    }
}
