package io.greenlane.rehearsal.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** A handler object called as the runtime client calls it: JSON text in, JSON text out, by Lambda's own serialisation. */
@FunctionalInterface
interface HandlerCall {
    /** Calls the handler; what it throws comes through. */
    String call(String payload, Context context);

    /** The call of a handler object. */
    static HandlerCall of(Object handler) {
        return switch (handler) {
            case RequestStreamHandler streams -> (payload, context) -> call(streams, payload, context);
            case RequestHandler<?, ?> typed -> call(typed);
            default -> throw new IllegalArgumentException(
                    handler.getClass().getName() + " must implement RequestHandler or RequestStreamHandler");
        };
    }

    /** The call of a handler named as in a template, {@code package.Class::method} or {@code package.Class}. */
    static HandlerCall load(String handler) throws ReflectiveOperationException {
        String className = handler.split("::", 2)[0];
        return of(Class.forName(className).getDeclaredConstructor().newInstance());
    }

    /** What the handler threw, as the body of a function error. */
    static String errorOf(Throwable thrown) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("errorMessage", String.valueOf(thrown.getMessage()));
        error.put("errorType", thrown.getClass().getName());
        error.put("stackTrace", Stream.of(thrown.getStackTrace()).map(StackTraceElement::toString).toList());
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        serializer(LinkedHashMap.class).toJson(error, output);
        return output.toString(StandardCharsets.UTF_8);
    }

    private static String call(RequestStreamHandler handler, String payload, Context context) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try {
            handler.handleRequest(new ByteArrayInputStream(payload.getBytes(StandardCharsets.UTF_8)), output, context);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return output.toString(StandardCharsets.UTF_8);
    }

    @SuppressWarnings("unchecked") // The serialiser is made for the handler's own input type.
    private static HandlerCall call(RequestHandler<?, ?> handler) {
        RequestHandler<Object, Object> typed = (RequestHandler<Object, Object>) handler;
        PojoSerializer<Object> input = serializer(inputType(handler));
        return (payload, context) -> {
            Object answer = typed.handleRequest(input.fromJson(payload), context);
            if (answer == null) {
                return "null";
            }
            ByteArrayOutputStream output = new ByteArrayOutputStream();
            serializer(answer.getClass()).toJson(answer, output);
            return output.toString(StandardCharsets.UTF_8);
        };
    }

    private static Type inputType(RequestHandler<?, ?> handler) {
        return Stream.of(handler.getClass().getMethods())
                .filter(method -> method.getName().equals("handleRequest") && !method.isBridge()
                        && method.getParameterCount() == 2)
                .map(Method::getGenericParameterTypes).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(handler.getClass() + " has no handleRequest"))[0];
    }

    @SuppressWarnings("unchecked")
    private static PojoSerializer<Object> serializer(Type type) {
        if (type instanceof Class<?> raw && LambdaEventSerializers.isLambdaSupportedEvent(raw.getName())) {
            return LambdaEventSerializers.serializerFor((Class<Object>) raw, raw.getClassLoader());
        }
        return JacksonFactory.getInstance().getSerializer(type);
    }
}
