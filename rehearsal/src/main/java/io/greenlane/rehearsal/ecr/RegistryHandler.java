package io.greenlane.rehearsal.ecr;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ecr.model.EcrException;

/** Routes a request of the OCI distribution API, after its login. */
final class RegistryHandler implements HttpHandler {
    private final Registry registry;
    private final List<Route> routes;

    /** @param path its first group is the name of the repository, its second the reference */
    private record Route(Pattern path, Target target) {
        Route(String path, Target target) {
            this(Pattern.compile(path), target);
        }
    }

    private interface Target {
        void serve(RegistryExchange exchange, String name, String reference) throws IOException;
    }

    RegistryHandler(Registry registry) {
        this.registry = registry;
        BlobRoutes blobs = new BlobRoutes(registry);
        UploadRoutes uploads = new UploadRoutes(registry);
        ManifestRoutes manifests = new ManifestRoutes(registry);
        this.routes = List.of(
                new Route("/v2/?()()", (exchange, name, reference) -> exchange.answerJson(200, "{}")),
                new Route("/v2/(.+)/blobs/uploads/([^/]*)", uploads::serve),
                new Route("/v2/(.+)/blobs/([^/]+)", blobs::serve),
                new Route("/v2/(.+)/manifests/([^/]+)", manifests::serve),
                new Route("/v2/(.+)/tags/list()",
                        (exchange, name, reference) -> manifests.listTags(exchange, name)),
                new Route("/v2/(.+)/referrers/([^/]+)", manifests::listReferrers));
    }

    @Override
    public void handle(HttpExchange http) throws IOException {
        RegistryExchange exchange = new RegistryExchange(http);
        try (http) {
            exchange.header("Docker-Distribution-Api-Version", "registry/2.0");
            try {
                if (admit(exchange)) {
                    route(exchange);
                }
            } catch (RegistryFault refused) {
                exchange.refuse(refused);
            } catch (EcrException refused) {
                exchange.refuse(RegistryFault.of(refused));
            }
        }
    }

    private boolean admit(RegistryExchange exchange) throws IOException {
        String signature = exchange.query(LayerOperations.SIGNATURE).orElse(null);
        if (signature != null && exchange.method().equals("GET")
                && registry.timeline().call(() -> registry.tokens().isSigned(exchange.path(), signature))) {
            return true;
        }
        String authorization = exchange.requestHeader("Authorization");
        switch (registry.timeline().call(() -> registry.tokens().check(authorization))) {
            case VALID -> {
                return true;
            }
            case EXPIRED -> throw new RegistryFault(403, "DENIED",
                    "Your authorization token has expired. Reauthenticate and try again.");
            case UNKNOWN -> {
                exchange.header("WWW-Authenticate",
                        "Basic realm=\"http://" + exchange.host() + "/\",service=\"ecr.amazonaws.com\"");
                exchange.refuse(new RegistryFault(401, "UNAUTHORIZED",
                        "Not Authorized: log in as AWS with the password of aws ecr get-login-password"));
            }
        }
        return false;
    }

    private void route(RegistryExchange exchange) throws IOException {
        for (Route route : routes) {
            Matcher matcher = route.path().matcher(exchange.path());
            if (matcher.matches()) {
                route.target().serve(exchange, matcher.group(1), matcher.group(2));
                return;
            }
        }
        throw new RegistryFault(404, "UNSUPPORTED", "The registry has nothing at " + exchange.path());
    }
}
