package io.greenlane.release;

import java.util.Map;

/** The workflow's callbacks by task token. */
public interface Callbacks {
    /**
     * Ends the waiting state with this output.
     *
     * @return false when nobody waits on the token any more: it was used, timed out, or its execution ended
     */
    boolean succeed(String token, Map<String, Object> output);
}
