package io.greenlane.rehearsal.endpoint;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;

/**
 * An operation of a service, found on the SDK's client interface.
 *
 * @param name as on the wire: {@code DescribeServices}
 */
record Operation(String name, Method method, Class<?> requestType) {
    private static final String REQUEST = "Request";

    /**
     * The operations of the interface by name: its methods from one request to one answer. The SDK spells a few names in
     * its own case (ClientId for ClientID), so the case does not count.
     */
    static Map<String, Operation> of(Class<? extends SdkClient> clientType) {
        Map<String, Operation> operations = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Method method : clientType.getMethods()) {
            if (method.getParameterCount() == 1 && SdkRequest.class.isAssignableFrom(method.getParameterTypes()[0])
                    && SdkResponse.class.isAssignableFrom(method.getReturnType())) {
                Class<?> requestType = method.getParameterTypes()[0];
                String simple = requestType.getSimpleName();
                String name = simple.substring(0, simple.length() - REQUEST.length());
                operations.put(name, new Operation(name, method, requestType));
            }
        }
        return operations;
    }

    /** Whether the implementation overrides the operation; the SDK's own default throws. */
    boolean isServedBy(SdkClient implementation) {
        try {
            return !implementation.getClass().getMethod(method.getName(), requestType).getDeclaringClass()
                    .isInterface();
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException(method + " is missing in " + implementation.getClass(), impossible);
        }
    }

    SdkPojo newRequest() {
        try {
            return (SdkPojo) requestType.getMethod("builder").invoke(null);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(requestType + " has no builder", impossible);
        }
    }

    /** Calls the implementation; its exceptions come through as they are. */
    SdkResponse call(SdkClient implementation, SdkRequest request) {
        try {
            return (SdkResponse) method.invoke(implementation, request);
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
