package io.greenlane.rehearsal.iam;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;

/**
 * Asks before each operation of a client. The SDK's short forms, with a consumer of a builder, come back to the operation.
 *
 * @param refusal what is thrown instead of a call; empty to let it through
 */
record CheckedCalls(
        SdkClient client, Function<SdkRequest, Optional<RuntimeException>> refusal) implements InvocationHandler {
    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (arguments != null && arguments.length == 1 && arguments[0] instanceof SdkRequest request
                && SdkResponse.class.isAssignableFrom(method.getReturnType())) {
            Optional<RuntimeException> refused = refusal.apply(request);
            if (refused.isPresent()) {
                throw refused.get();
            }
        } else if (method.isDefault() && arguments != null) {
            return InvocationHandler.invokeDefault(proxy, method, arguments);
        }
        try {
            return method.invoke(client, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause() == null ? thrown : thrown.getCause();
        }
    }
}
