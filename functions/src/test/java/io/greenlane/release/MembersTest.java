package io.greenlane.release;

import static io.greenlane.release.World.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.service.ServiceReference;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a newer version has written, and this one does not know, is in what this one writes. */
class MembersTest {
    private static final Map<String, Object> LATER = Map.of("later", true);

    private static Entry entry(Map<String, Object> members) {
        return new Entry("service#shop/web", 1, "writer", members);
    }

    @Test
    void members_begin_with_those_of_the_entry_and_null_takes_one_away() {
        Members members = new Members(entry(Map.of("later", true, "hold", "by Ada")));
        assertThat(members.put("hold", null).put("wave", 1).map()).isEqualTo(Map.of("later", true, "wave", 1L));
        assertThat(new Members((Entry) null).map()).isEmpty();
    }

    @Test
    void an_object_begins_with_what_stands_there() {
        Members members = new Members(entry(Map.of("launch", Map.of("later", true, "look", 1L, "token", "t"))));
        assertThat(members.put("launch", members.in("launch").put("look", 2).put("token", null)).map())
                .isEqualTo(Map.of("launch", Map.of("later", true, "look", 2L)));
        assertThat(members.in("ending").map()).isEmpty();
    }

    @Test
    void an_object_of_another_thing_begins_with_nothing() {
        Members members = new Members(entry(Map.of("running", Map.of("releaseId", "r-1", "later", true), "waiting",
                List.of("nothing", Map.of("releaseId", "r-2"), Map.of("releaseId", "r-3", "later", true)))));
        assertThat(members.in("running", Map.of("releaseId", "r-1")).map()).containsKey("later");
        assertThat(members.in("running", Map.of("releaseId", "r-2")).map()).isEmpty();
        assertThat(members.in("waiting", Map.of("releaseId", "r-3")).map()).containsKey("later");
        assertThat(members.in("waiting", Map.of("releaseId", "r-2")).map()).isEqualTo(Map.of("releaseId", "r-2"));
        assertThat(members.in("waiting", Map.of("releaseId", "r-1")).map()).isEmpty();
    }

    @Test
    void of_objects_that_never_change_those_that_stand_there_stay_as_they_are() {
        Map<String, Object> known = Map.of("digest", "a", "later", true);
        Members members = new Members(entry(Map.of("deployed", List.of(known))));
        List<Map<String, Object>> all = List.of(Map.of("digest", "b"), Map.of("digest", "a"));
        assertThat(members.putObjects("deployed", all).map())
                .isEqualTo(Map.of("deployed", List.of(Map.of("digest", "b"), known)));
        assertThat(members.putObjects("deployed", List.of()).map()).isEmpty();
    }

    @Test
    void of_the_service_all_stays_that_is_not_known() {
        ServiceReference grouped = new ServiceReference(SHOP.repository(), "shop", "web", "shop", "web", "all");
        Members members = new Members(entry(Map.of("service", LATER))).put(grouped);
        assertThat(members.in("service").map()).containsAllEntriesOf(LATER).containsAllEntriesOf(grouped.members());

        ServiceReference bare = new ServiceReference(SHOP.repository(), "shop", "web", null, null);
        Map<?, ?> then = members.put(bare).in("service").map();
        assertThat(then).hasSize(4).isEqualTo(new Members(LATER).putAll(bare.members()).map());
    }
}
