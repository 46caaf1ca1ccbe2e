package io.greenlane.rehearsal.endpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.greenlane.rehearsal.cloud.Timeline;
import io.greenlane.rehearsal.endpoint.OperationRunner.Answer;
import io.greenlane.rehearsal.endpoint.OperationRunner.Reader;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;

/** From a request on the wire to the simulated service that it is for, and back. */
public final class AwsDispatcher {
    private final Router router;
    private final OperationRunner runner;
    private final Timeline timeline;
    private final WireFaults faults;
    private final AtomicLong requests = new AtomicLong();

    /** @param observer told about every call */
    public AwsDispatcher(Timeline timeline, List<ServiceBinding> services, CallObserver observer) {
        this(timeline, services, observer, WireFaults.NONE);
    }

    /**
     * @param observer told about every call that is served
     * @param faults what goes wrong before and after
     */
    public AwsDispatcher(Timeline timeline, List<ServiceBinding> services, CallObserver observer, WireFaults faults) {
        this.router = new Router(services);
        this.runner = new OperationRunner(timeline, observer);
        this.timeline = timeline;
        this.faults = faults;
    }

    /** Serves the request; waits for the answer of a slow operation. {@link WireResponse#NONE} when it is not to be answered. */
    WireResponse handle(WireRequest request) {
        return answer(request).join();
    }

    /** Serves the request; the future is done on return unless the operation is a slow one. Never fails. */
    CompletableFuture<WireResponse> answer(WireRequest sent) {
        String requestId = new UUID(0x67726e6c_00004000L, 0x8000000000000000L | requests.incrementAndGet()).toString();
        WireRequest request = sent;
        Router.Route route;
        try {
            request = AwsChunkedBody.decoded(sent);
            route = router.route(request);
        } catch (RequestFault refused) {
            Fault fault = new Fault(refused.code(), null, refused.status(), refused.text(),
                    JsonProtocol.MAPPER.createObjectNode());
            return CompletableFuture.completedFuture(router.protocolOfRefusal(request).write(fault, requestId));
        }
        WireFaults.Sent call = new WireFaults.Sent(request.accessKeyId().orElse(null), route.binding().service().id(),
                route.operation(), request.header("amz-sdk-invocation-id").orElse(""));
        WireFault fault = timeline.call(() -> Optional.ofNullable(faults.meeting(call))).orElse(null);
        return switch (fault) {
            case null -> serve(request, route, requestId);
            case REQUEST_LOST -> CompletableFuture.completedFuture(WireResponse.NONE);
            case ANSWER_LOST -> serve(request, route, requestId).thenApply(lost -> {
                timeline.run(() -> faults.answerIsLost(call));
                return WireResponse.NONE;
            });
            case THROTTLED, FAILED -> CompletableFuture.completedFuture(
                    route.protocol().write(fault.answer(route.binding().service()), requestId));
        };
    }

    private CompletableFuture<WireResponse> serve(WireRequest request, Router.Route route, String requestId) {
        WireProtocol protocol = route.protocol();
        return runner
                .run(route.binding(), route.operation(), request.accessKeyId().orElse(null),
                        new Wire(protocol, request))
                .thenApply(answer -> switch (answer) {
                    case Answer.Typed typed when typed.content() != null ->
                        protocol.write(typed.answer(), typed.content(), requestId);
                    case Answer.Typed typed -> protocol.write(typed.answer(), requestId);
                    case Answer.Raw raw -> protocol.writeRaw(raw.answer(), requestId);
                }).exceptionally(failure -> protocol
                        .write(Faults.of(route.binding().service(), OperationRunner.thrown(failure)), requestId));
    }

    private record Wire(WireProtocol protocol, WireRequest request) implements Reader {
        @Override
        public void read(SdkPojo into) {
            protocol.read(request, into);
        }

        @Override
        public boolean readsRaw() {
            return protocol instanceof JsonProtocol;
        }

        @Override
        public ObjectNode raw() {
            return protocol.readRaw(request);
        }

        @Override
        public SdkBytes content() {
            return request.body();
        }
    }
}
