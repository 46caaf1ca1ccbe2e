package io.greenlane.rehearsal.endpoint;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;

/**
 * An operation of a service, found on the SDK's client interface.
 *
 * @param name as on the wire: {@code DescribeServices}
 * @param content whether content goes beside the members of request or answer, as that of an object in S3 does
 */
record Operation(String name, Method method, Class<?> requestType, Content content) {
    private static final String REQUEST = "Request";

    /** Where an operation has content that is no member of its shapes. */
    enum Content {
        NONE, IN_REQUEST, IN_ANSWER
    }

    /**
     * What an operation gives back.
     *
     * @param content null when the operation has no content in its answer
     */
    record Reply(SdkResponse answer, @Nullable SdkBytes content) {}

    /**
     * The operations of the interface by name: its methods from one request to one answer, and those with content, which
     * the SDK streams. The SDK spells a few names in its own case (ClientId for ClientID), so the case does not count.
     */
    static Map<String, Operation> of(Class<? extends SdkClient> clientType) {
        Map<String, Operation> operations = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Method method : clientType.getMethods()) {
            Class<?>[] parameters = method.getParameterTypes();
            Content content = content(parameters, method.getReturnType());
            if (content != null) {
                String simple = parameters[0].getSimpleName();
                String name = simple.substring(0, simple.length() - REQUEST.length());
                operations.put(name, new Operation(name, method, parameters[0], content));
            }
        }
        return operations;
    }

    /** Null when the method is none of an operation. */
    private static @Nullable Content content(Class<?>[] parameters, Class<?> returned) {
        if (parameters.length == 0 || !SdkRequest.class.isAssignableFrom(parameters[0])) {
            return null;
        }
        if (parameters.length == 2 && parameters[1] == ResponseTransformer.class) {
            return Content.IN_ANSWER;
        }
        if (!SdkResponse.class.isAssignableFrom(returned)) {
            return null;
        }
        return parameters.length == 1
                ? Content.NONE
                : parameters.length == 2 && parameters[1] == RequestBody.class ? Content.IN_REQUEST : null;
    }

    /** Whether the implementation overrides the operation; the SDK's own default throws. */
    boolean isServedBy(SdkClient implementation) {
        try {
            return !implementation.getClass().getMethod(method.getName(), method.getParameterTypes())
                    .getDeclaringClass().isInterface();
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException(method + " is missing in " + implementation.getClass(), impossible);
        }
    }

    SdkPojo newRequest() {
        return builder(requestType);
    }

    /** A new builder of the answer. */
    SdkPojo newAnswer() {
        return builder(content == Content.IN_ANSWER
                ? (Class<?>) ((ParameterizedType) method.getGenericParameterTypes()[1]).getActualTypeArguments()[0]
                : method.getReturnType());
    }

    /**
     * Calls the implementation; its exceptions come through as they are.
     *
     * @param sent the content beside the request's members, of no account where the operation has none
     */
    Reply call(SdkClient implementation, SdkRequest request, SdkBytes sent) {
        return switch (content) {
            case NONE -> new Reply((SdkResponse) invoke(implementation, request), null);
            case IN_REQUEST -> new Reply((SdkResponse) invoke(implementation, request,
                    RequestBody.fromBytes(sent.asByteArrayUnsafe())), null);
            case IN_ANSWER -> {
                ResponseBytes<?> whole = (ResponseBytes<?>) invoke(implementation, request,
                        ResponseTransformer.toBytes());
                yield new Reply((SdkResponse) whole.response(),
                        SdkBytes.fromByteArrayUnsafe(whole.asByteArrayUnsafe()));
            }
        };
    }

    private static SdkPojo builder(Class<?> shape) {
        try {
            return (SdkPojo) shape.getMethod("builder").invoke(null);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(shape + " has no builder", impossible);
        }
    }

    private Object invoke(SdkClient implementation, Object... arguments) {
        try {
            return method.invoke(implementation, arguments);
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof RuntimeException fault) {
                throw fault;
            }
            if (thrown.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(method + " failed", thrown.getCause());
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(method + " is not accessible", impossible);
        }
    }
}
