package io.greenlane.rehearsal.iam;

import io.greenlane.rehearsal.endpoint.AwsService;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.SdkRequest;

/** Says what services of the local cloud may do, which work under the roles that they were given, as those of AWS do. */
@FunctionalInterface
public interface Authority {
    /** Refuses nothing: for a service that is tried without roles. */
    Authority UNLIMITED = (who, context, service, request) -> Optional.empty();

    /**
     * The first of the permissions that the request needs and that is missing; empty when it is allowed.
     *
     * @param who a role's session, or a service that asks the resource
     * @param context what the request has besides what it says itself, by condition key
     */
    Optional<Decision> refusal(Principal who, Map<String, List<String>> context, AwsService service,
            SdkRequest request);

    /**
     * A client whose calls are checked before they are made.
     *
     * @param type the SDK's interface
     * @param refused what it throws instead of a call that is not allowed
     */
    default <C extends SdkClient> C client(Class<C> type, C client, Principal who, Map<String, List<String>> context,
            Function<Decision, RuntimeException> refused) {
        AwsService service = AwsService.of(client);
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type}, new CheckedCalls(client,
                request -> refusal(who, context, service, request).map(refused))));
    }
}
