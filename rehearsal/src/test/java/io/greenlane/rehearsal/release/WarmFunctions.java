package io.greenlane.rehearsal.release;

import io.greenlane.aws.Clients;
import io.greenlane.lambda.Surroundings;
import io.greenlane.rehearsal.lambda.FunctionDefinition;
import io.greenlane.validation.Pace;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * Function objects that outlive a cloud, since to set them up costs as much as many calls: they serve one cloud after the other,
 * as a function that stays warm serves one invocation after the other.
 */
public final class WarmFunctions {
    private final Map<Defined, Object> handlers = new HashMap<>();
    private @Nullable VirtualCloud cloud;

    /** From now on they serve that cloud. */
    void serve(VirtualCloud next) {
        cloud = next;
    }

    /**
     * The object that serves a function.
     *
     * @param revision how often the function was defined; each has an object of its own, as new code has a process of its own
     */
    Object of(FunctionDefinition function, int revision) {
        return handlers.computeIfAbsent(new Defined(function, revision),
                added -> VirtualCloud.handler(added.function(), surroundings(added.function())));
    }

    private record Defined(FunctionDefinition function, int revision) {}

    private Surroundings here(FunctionDefinition function) {
        return Objects.requireNonNull(cloud, "no cloud is served").place(function);
    }

    private Surroundings surroundings(FunctionDefinition function) {
        InstantSource now = () -> here(function).clock().instant();
        RandomGenerator random = () -> here(function).random().nextLong();
        return new Surroundings(function.environment(),
                new Clients(http(function.name()), builder -> VirtualCloud.prepare(builder, function),
                        () -> io.greenlane.rehearsal.cloud.RandomIds.uuid(random)),
                now.withZone(ZoneOffset.UTC), pace(function),
                occasion -> here(function).senders().apply(occasion), random);
    }

    private SdkHttpClient http(String function) {
        return new SdkHttpClient() {
            @Override
            public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
                return Objects.requireNonNull(cloud, "no cloud is served").http(function).prepareRequest(request);
            }

            @Override
            public void close() {
                // Holds nothing.
            }
        };
    }

    private Pace pace(FunctionDefinition function) {
        return new Pace() {
            @Override
            public Duration now() {
                return here(function).pace().now();
            }

            @Override
            public void pause(Duration duration) {
                here(function).pace().pause(duration);
            }

            @Override
            public void begin(Runnable work) {
                here(function).pace().begin(work);
            }
        };
    }
}
