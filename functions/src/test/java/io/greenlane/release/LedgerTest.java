package io.greenlane.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenlane.release.Ledger.Change;
import io.greenlane.release.LedgerTable.Written;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private final MemoryLedgerTable table = new MemoryLedgerTable();

    private static Change<Long> count(@Nullable Entry entry) {
        long next = entry == null ? 1 : (Long) entry.members().getOrDefault("count", 0L) + 1;
        return Change.write(Map.of("count", next), next);
    }

    private static Supplier<String> names(String prefix) {
        int[] next = {0};
        return () -> prefix + next[0]++;
    }

    @Test
    void a_change_is_decided_over_the_last_state() {
        Ledger ledger = new Ledger(table, names("a"));
        List<Long> counts = IntStream.range(0, 3).mapToObj(i -> ledger.change("x", LedgerTest::count)).toList();
        assertThat(counts).containsExactly(1L, 2L, 3L);
    }

    @Test
    void a_write_that_lost_the_race_is_decided_again_over_what_the_winner_wrote() {
        Ledger winner = new Ledger(table, names("winner"));
        Ledger loser = new Ledger(new Detour(table, id -> winner.change(id, LedgerTest::count), false), names("loser"));
        assertThat(loser.change("x", LedgerTest::count)).isEqualTo(2);
    }

    @Test
    void a_write_whose_answer_was_lost_and_that_was_repeated_counts_once() {
        Ledger ledger = new Ledger(new Detour(table, id -> {
        }, true), names("a"));
        assertThat(ledger.change("x", LedgerTest::count)).isEqualTo(1);
        assertThat(ledger.change("x", LedgerTest::count)).isEqualTo(2);
    }

    @Test
    void endless_competition_ends_in_a_sentence() {
        Ledger others = new Ledger(table, names("others"));
        int[] tries = {0};
        LedgerTable contended = new Detour(table, id -> others.change(id, LedgerTest::count), false) {
            @Override
            boolean once() {
                tries[0]++;
                return false;
            }
        };
        assertThatThrownBy(() -> new Ledger(contended, names("me")).change("x", LedgerTest::count))
                .hasMessageContaining("'x' was changed by others 25 times");
        assertThat(tries[0]).isEqualTo(25);
    }

    /** Lets others in before a write, or sends the write twice as an SDK does that got no answer. */
    private static class Detour implements LedgerTable {
        private final LedgerTable table;
        private final java.util.function.Consumer<String> others;
        private final boolean twice;
        private boolean done;

        Detour(LedgerTable table, java.util.function.Consumer<String> others, boolean twice) {
            this.table = table;
            this.others = others;
            this.twice = twice;
        }

        boolean once() {
            return true;
        }

        @Override
        public @Nullable Entry find(String id) {
            return table.find(id);
        }

        @Override
        public Written write(Entry entry) {
            if (!done) {
                done = once();
                others.accept(entry.id());
            }
            if (twice) {
                table.write(entry);
            }
            return table.write(entry);
        }

        @Override
        public List<String> overdue(Instant now) {
            return table.overdue(now);
        }

        @Override
        public List<String> listed(String partition, int atMost) {
            return table.listed(partition, atMost);
        }
    }
}
