package io.greenlane.sample;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Carts without a store: the id of a cart says what is in it, so that every task of every version knows it.
 *
 * @param id a random number, then what is in it, for example {@code 5f3a91c2.A-1.2}
 */
record Cart(String id, String product, int quantity) {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}\\.([A-Z]-[0-9])\\.([1-9][0-9]?)");
    private static final Pattern PRODUCT = Pattern.compile("\"product\"\\s*:\\s*\"([^\"\\\\]*)\"");
    private static final Pattern QUANTITY = Pattern.compile("\"quantity\"\\s*:\\s*([1-9][0-9]?)\\b");

    /** A new one with what the body asks for, such as <code>{"product": "A-1", "quantity": 2}</code>; a quantity of 1 may be left out. */
    static Optional<Cart> of(String body, Catalogue catalogue, RandomGenerator random) {
        Matcher product = PRODUCT.matcher(body);
        if (!product.find() || !catalogue.has(product.group(1))) {
            return Optional.empty();
        }
        Matcher quantity = QUANTITY.matcher(body);
        int items = quantity.find() ? Integer.parseInt(quantity.group(1)) : 1;
        String id = String.format("%08x.%s.%d", random.nextInt(), product.group(1), items);
        return Optional.of(new Cart(id, product.group(1), items));
    }

    /** The one of that id. */
    static Optional<Cart> find(String id, Catalogue catalogue) {
        Matcher parts = ID.matcher(id);
        return parts.matches() && catalogue.has(parts.group(1))
                ? Optional.of(new Cart(id, parts.group(1), Integer.parseInt(parts.group(2))))
                : Optional.empty();
    }

    Map<String, Object> members() {
        return Json.members("id", id, "items", List.of(Json.members("product", product, "quantity", quantity)));
    }
}
