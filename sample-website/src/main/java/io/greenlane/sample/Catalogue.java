package io.greenlane.sample;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The products, as a database without an order would give them: lists come in any order, stock changes from answer to
 * answer, a discount is there now and then, a notice seldom.
 */
final class Catalogue {
    private static final double DISCOUNT = 0.3;
    private static final double NOTICE = 0.02;
    private static final int MOST_IN_STOCK = 40;

    private static final List<Product> PRODUCTS = List.of(
            new Product("A-1", "Lamp", "39.90", "IN_STOCK", List.of("light", "indoor", "new")),
            new Product("A-2", "Chair", "120.00", "LOW_STOCK", List.of("furniture", "wood")),
            new Product("B-1", "Desk", "349.00", "IN_STOCK", List.of("furniture", "wood", "office")),
            new Product("B-2", "Kettle", "24.50", "SOLD_OUT", List.of("kitchen", "steel")),
            new Product("C-1", "Radio", "79.00", "IN_STOCK", List.of("sound", "retro", "battery")),
            new Product("C-2", "Clock", "18.75", "LOW_STOCK", List.of("time", "battery")));

    private final Behaviour behaviour;

    Catalogue(Behaviour behaviour) {
        this.behaviour = behaviour;
    }

    private record Product(String id, String name, String price, String availability, List<String> tags) {}

    /** All of them. */
    List<Map<String, @Nullable Object>> products(RandomGenerator random) {
        return shuffled(PRODUCTS, random).stream().map(product -> members(product, random)).toList();
    }

    /** The one of that id. */
    Optional<Map<String, @Nullable Object>> product(String id, RandomGenerator random) {
        return PRODUCTS.stream().filter(product -> product.id().equals(id)).findFirst()
                .map(product -> members(product, random));
    }

    boolean has(String id) {
        return PRODUCTS.stream().anyMatch(product -> product.id().equals(id));
    }

    private Map<String, @Nullable Object> members(Product product, RandomGenerator random) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("id", product.id());
        members.put("name", product.name());
        if (behaviour != Behaviour.MISSING_FIELD) {
            members.put("price", Json.members("amount", product.price(), "currency", "EUR"));
        }
        members.put("availability", availability(product));
        members.put("tags", behaviour == Behaviour.NULL_LIST ? null : shuffled(product.tags(), random));
        members.put("warehouse", Json.members("place", "Leipzig", "stock", random.nextInt(1, MOST_IN_STOCK)));
        if (random.nextDouble() < DISCOUNT) {
            members.put("discount", Map.of("percent", random.nextInt(5, 20)));
        }
        if (random.nextDouble() < NOTICE) {
            members.put("notice", "Others look at this now");
        }
        return members;
    }

    private String availability(Product product) {
        return behaviour == Behaviour.CHANGED_ENUM && product.availability().equals("IN_STOCK")
                ? "AVAILABLE"
                : product.availability();
    }

    private static <T> List<T> shuffled(List<T> elements, RandomGenerator random) {
        List<T> rest = new ArrayList<>(elements);
        List<T> drawn = new ArrayList<>(rest.size());
        while (!rest.isEmpty()) {
            drawn.add(rest.remove(random.nextInt(rest.size())));
        }
        return drawn;
    }
}
