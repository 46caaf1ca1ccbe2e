package io.greenlane.rehearsal.template;

import java.util.Map;

/** Creates resources of one type. */
interface ResourceType {
    /** Creates the resource in the service it belongs to. */
    Created create(ResourceRequest request);

    /**
     * A created resource.
     *
     * @param ref what Ref gives
     * @param attributes what GetAtt gives: texts
     */
    record Created(String ref, Map<String, String> attributes) {
        Created(String ref) {
            this(ref, Map.of());
        }
    }
}
