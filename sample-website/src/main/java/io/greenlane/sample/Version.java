package io.greenlane.sample;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A version of the website: what it answers, decided from what it is given alone. */
public final class Version {
    private static final Duration SLOW_START = Duration.ofMinutes(10);
    private static final double ERROR_SHARE = 0.01;
    private static final int KEPT_BYTES = 4096;
    private static final String PRODUCTS = "/api/products";
    private static final String CARTS = "/api/cart";
    private static final String JSON = "application/json";

    private final String name;
    private final Behaviour behaviour;
    private final String page;
    private final Catalogue catalogue;

    /**
     * A version of that behaviour.
     *
     * @param name what the page and the header {@code X-Version} show
     */
    public Version(String name, Behaviour behaviour) {
        this.name = name;
        this.behaviour = behaviour;
        this.page = Page.of(name);
        this.catalogue = new Catalogue(behaviour);
    }

    /** Whether the path belongs to the API, whose answers take time and are counted. */
    public static boolean isApi(String path) {
        return path.startsWith("/api/");
    }

    /** The answer; the same for the same arguments and state of the random generator. */
    public Answer answer(Request request, Moment moment) {
        boolean starting = behaviour == Behaviour.SLOW_START && moment.sinceStart().compareTo(SLOW_START) < 0;
        if (isApi(request.path())) {
            return starting ? starting() : api(request, moment);
        }
        return switch (request.path()) {
            case "/" -> starting ? starting() : page();
            case "/health" -> behaviour == Behaviour.UNHEALTHY
                    ? quick(503, JSON, Json.write(Map.of("status", "DOWN")))
                    : quick(200, JSON, Json.write(Map.of("status", "UP")));
            case "/version" -> quick(200, JSON, Json.write(Map.of("version", name)));
            default -> quick(404, "text/plain", "There is no such page.");
        };
    }

    private Answer page() {
        return behaviour == Behaviour.PAGE_500
                ? quick(500, "text/plain", "The page is broken in this version.")
                : quick(200, "text/html", page);
    }

    private Answer starting() {
        return quick(503, "text/plain", "This version is still starting.");
    }

    private Answer quick(int status, String contentType, String body) {
        return new Answer(status, headers(contentType), body, Duration.ZERO, 0);
    }

    private Map<String, String> headers(String contentType) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", contentType + "; charset=utf-8");
        headers.put("Cache-Control", "no-store");
        headers.put("X-Version", name);
        return headers;
    }

    private Answer api(Request request, Moment moment) {
        RandomGenerator random = moment.random();
        Duration delay = WorkTime.of(behaviour, moment.served(), random);
        String requestId = String.format("%016x", random.nextLong());
        Reply reply = behaviour == Behaviour.ERRORS && random.nextDouble() < ERROR_SHARE
                ? new Reply(500, "error", "The database did not answer")
                : reply(request, random);
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("requestId", requestId);
        body.put("generatedAt", moment.now().toString());
        body.put(reply.member(), reply.value());
        Map<String, String> headers = headers(behaviour == Behaviour.CHANGED_HEADER ? "text/plain" : JSON);
        headers.put("X-Request-Id", requestId);
        return new Answer(reply.status(), headers, Json.write(body), delay,
                behaviour == Behaviour.MEMORY_GROWTH ? KEPT_BYTES : 0);
    }

    private record Reply(int status, String member, Object value) {}

    private Reply reply(Request request, RandomGenerator random) {
        String path = request.path();
        boolean read = request.method().equals("GET") || request.method().equals("HEAD");
        if (read && path.equals(PRODUCTS)) {
            return new Reply(200, "products", catalogue.products(random));
        }
        if (read && path.startsWith(PRODUCTS + "/")) {
            return found(behaviour == Behaviour.WRONG_STATUS ? 202 : 200, "product",
                    catalogue.product(path.substring(PRODUCTS.length() + 1), random));
        }
        if (read && path.startsWith(CARTS + "/")) {
            return found(200, "cart",
                    Cart.find(path.substring(CARTS.length() + 1), catalogue).map(Cart::members));
        }
        if (request.method().equals("POST") && path.equals(CARTS)) {
            return Cart.of(request.body(), catalogue, random).map(cart -> new Reply(201, "cart", cart.members()))
                    .orElseGet(() -> new Reply(400, "error",
                            "The body names a product, such as {\"product\": \"A-1\", \"quantity\": 2}"));
        }
        return missing();
    }

    private static Reply found(int status, String member, Optional<? extends Map<String, ?>> value) {
        return value.map(there -> new Reply(status, member, there)).orElseGet(Version::missing);
    }

    private static Reply missing() {
        return new Reply(404, "error", "There is nothing here");
    }
}
