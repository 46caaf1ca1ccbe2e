package io.greenlane.rehearsal.endpoint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells which service and operation a request is for: by X-Amz-Target, by a REST path, by the Action of a form; where
 * several services have the same path or action, by the scope of the signature.
 */
final class Router {
    /** What S3 gives to a request that nobody signed, so that a browser can open the link to a report. */
    private static final Set<String> WITHOUT_SIGNATURE = Set.of("GetObject", "HeadObject");

    private final List<ServiceBinding> services;
    private final List<Rest> rests = new ArrayList<>();
    private final @Nullable Rest s3;

    Router(List<ServiceBinding> services) {
        this.services = List.copyOf(services);
        Rest withBuckets = null;
        for (ServiceBinding binding : services) {
            AwsService.Wire wire = binding.service().wire();
            if (binding.service() == AwsService.S3) {
                withBuckets = new Rest(binding, new RestRoutes(binding));
            } else if (wire.targetPrefix() == null && wire.queryVersion() == null) {
                rests.add(new Rest(binding, new RestRoutes(binding)));
            }
        }
        this.s3 = withBuckets;
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
        if (isForS3(request)) {
            return byBucket(request);
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
        if (isForS3(request)) {
            return new RestXmlProtocol("", request.method(), Map.of());
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

    /** Signed for S3, or not signed at all and with a path: every other service with paths has its requests signed. */
    private boolean isForS3(WireRequest request) {
        return s3 != null && request.signingName().map(s3.binding().service().signingName()::equals)
                .orElse(!request.path().equals("/"));
    }

    private Route byBucket(WireRequest request) {
        Rest rest = Objects.requireNonNull(s3);
        BucketAddress address = BucketAddress.of(request);
        String operation;
        Map<String, String> labels = new HashMap<>(address.label());
        if (address.bucket() == null) {
            operation = request.method().equals("GET") ? "ListBuckets" : "";
        } else {
            Optional<RestRoutes.Match> match = rest.routes().find(address.rest());
            operation = match.map(found -> found.operation().name()).orElse("");
            match.ifPresent(found -> labels.putAll(found.labels()));
        }
        if (operation.isEmpty()) {
            throw new RequestFault("MethodNotAllowed", 405,
                    "The specified method is not allowed against this resource.");
        }
        if (request.accessKeyId().isEmpty() && !WITHOUT_SIGNATURE.contains(operation)) {
            throw new RequestFault("AccessDenied", 403,
                    "Access Denied: without a signature the local cloud gives out objects and nothing else");
        }
        return new Route(rest.binding(), operation, new RestXmlProtocol(operation, request.method(), labels));
    }

    private Route byPath(WireRequest request) {
        for (Rest rest : rests) {
            boolean signedForOther = request.signingName()
                    .filter(name -> !name.equals(rest.binding().service().signingName())).isPresent();
            if (signedForOther) {
                continue;
            }
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
