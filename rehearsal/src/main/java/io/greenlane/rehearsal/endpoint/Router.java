package io.greenlane.rehearsal.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells which service and operation a request is for: by X-Amz-Target, by a REST path, by the Action of a form; where
 * several services have the same action, by the scope of the signature.
 */
final class Router {
    private final List<ServiceBinding> services;
    private final List<Rest> rests = new ArrayList<>();

    Router(List<ServiceBinding> services) {
        this.services = List.copyOf(services);
        for (ServiceBinding binding : services) {
            AwsService.Wire wire = binding.service().wire();
            if (wire.targetPrefix() == null && wire.queryVersion() == null) {
                rests.add(new Rest(binding, new RestRoutes(binding)));
            }
        }
    }

    Route route(WireRequest request) {
        Optional<String> target = request.header("x-amz-target");
        if (target.isPresent()) {
            return byTarget(target.get());
        }
        if (request.path().startsWith("/service/")) {
            throw new RequestFault("UnknownOperationException", 400,
                    "The local cloud does not speak smithy-rpc-v2-cbor (" + request.path()
                            + "); use a client that speaks JSON or query, as the AWS CLI and AWS SDK for Java 2.40 do");
        }
        if (!request.path().equals("/")) {
            return byPath(request);
        }
        Map<String, String> form = QueryProtocol.parameters(request.query());
        form.putAll(QueryProtocol.parameters(request.body().asUtf8String()));
        return byAction(form.get("Action"), form.get("Version"), request.signingName().orElse(null));
    }

    /** How to tell a client that nobody serves its request. */
    WireProtocol protocolOfRefusal(WireRequest request) {
        if (request.header("x-amz-target").isPresent()) {
            return new JsonProtocol("1.1");
        }
        return request.path().equals("/")
                ? new QueryProtocol("Unknown", "http://webservices.amazon.com/")
                : new RestJsonProtocol(Map.of());
    }

    private Route byTarget(String target) {
        int dot = target.lastIndexOf('.');
        String prefix = dot < 0 ? target : target.substring(0, dot);
        for (ServiceBinding binding : services) {
            AwsService.Wire wire = binding.service().wire();
            if (prefix.equals(wire.targetPrefix())) {
                return new Route(binding, target.substring(dot + 1), new JsonProtocol(wire.jsonVersion()));
            }
        }
        throw new RequestFault("UnknownOperationException", 400,
                "The local cloud does not simulate the service of X-Amz-Target " + target);
    }

    private Route byPath(WireRequest request) {
        for (Rest rest : rests) {
            Optional<RestRoutes.Match> match = rest.routes().find(request);
            if (match.isPresent()) {
                return new Route(rest.binding(), match.get().operation().name(),
                        new RestJsonProtocol(match.get().labels()));
            }
        }
        throw new RequestFault("UnknownOperationException", 404,
                "The local cloud does not simulate " + request.method() + " " + request.path());
    }

    private Route byAction(@Nullable String action, @Nullable String version, @Nullable String signingName) {
        if (action == null) {
            throw signingName == null || serves(signingName)
                    ? new RequestFault("MissingAction", 400,
                            "The request has neither X-Amz-Target nor a path nor an Action that tells the operation")
                    : new RequestFault("InvalidAction", 400, "The local cloud does not simulate " + signingName);
        }
        for (ServiceBinding binding : services) {
            AwsService.Wire wire = binding.service().wire();
            boolean sameService = signingName == null || signingName.equals(binding.service().signingName());
            if (wire.queryVersion() != null && wire.xmlNamespace() != null && sameService
                    && (version == null || version.equals(wire.queryVersion()))) {
                return new Route(binding, action, new QueryProtocol(action, wire.xmlNamespace()));
            }
        }
        throw new RequestFault("InvalidAction", 400, "The local cloud does not simulate " + action + " of "
                + (signingName == null ? "version " + version : signingName));
    }

    private boolean serves(String signingName) {
        return services.stream().anyMatch(binding -> binding.service().signingName().equals(signingName));
    }

    /** Where a request goes. */
    record Route(ServiceBinding binding, String operation, WireProtocol protocol) {}

    private record Rest(ServiceBinding binding, RestRoutes routes) {}
}
