package io.greenlane.release;

import static io.greenlane.release.World.SHOP;
import static io.greenlane.release.World.START;
import static io.greenlane.release.World.digest;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.image.Digest;
import io.greenlane.image.Tag;
import io.greenlane.service.ServiceReference;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class KnownGoodsTest {
    private final KnownGoods goods = new KnownGoods(new World().ledger());

    private static KnownGood good(Digest digest, Instant at) {
        return new KnownGood(SHOP.repository(), digest, new Tag("v1"), "arn:task-definition/api:7", "r-1", "d-1", at);
    }

    @Test
    void a_digest_is_as_good_as_its_last_deployment_in_whatever_order_they_are_told() {
        KnownGood later = good(digest('a'), START.plusSeconds(2));
        goods.add(SHOP, later);
        goods.add(SHOP, good(digest('a'), START.plusSeconds(1)));
        assertThat(goods.of(SHOP)).containsExactly(later);
        KnownGood last = good(digest('a'), START.plusSeconds(3));
        goods.add(SHOP, last);
        assertThat(goods.of(SHOP)).containsExactly(last);
    }

    @Test
    void the_last_twenty_are_kept_newest_first() {
        for (int i = 1; i <= 21; i++) {
            goods.add(SHOP, good(new Digest("sha256:" + "%064x".formatted(i)), START.plusSeconds(i)));
        }
        assertThat(goods.of(SHOP)).hasSize(20).extracting(KnownGood::at).startsWith(START.plusSeconds(21))
                .endsWith(START.plusSeconds(2));
    }

    @Test
    void what_is_good_for_one_service_says_nothing_about_another() {
        goods.add(SHOP, good(digest('a'), START));
        assertThat(goods.of(new ServiceReference(SHOP.repository(), "shop", "other", null, null))).isEmpty();
    }
}
