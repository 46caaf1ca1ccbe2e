package io.greenlane.rehearsal.iam;

import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;

/**
 * What the calls of one service need: those whose action is granted on resources, or is not called like the operation. For
 * the others the service authorization data is enough.
 */
interface ServiceNeeds {
    /** All of them must be allowed; null when the operation is not written down here. */
    @Nullable
    List<Need> of(SdkRequest request);
}
