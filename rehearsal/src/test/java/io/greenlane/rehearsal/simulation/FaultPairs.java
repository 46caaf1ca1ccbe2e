package io.greenlane.rehearsal.simulation;

import io.greenlane.rehearsal.simulation.Ingredient.Fault;
import java.util.List;

/** Pairs of faults at different calls, each with a number from 0, the same as long as the surface is. */
record FaultPairs(List<Fault> faults) {
    /** The two with that number; empty where the number stands for two faults at one call. */
    List<Fault> get(int number) {
        int second = (int) ((1 + Math.sqrt(1 + 8.0 * number)) / 2);
        while (second * (second - 1) / 2 > number) {
            second--;
        }
        while (second * (second + 1) / 2 <= number) {
            second++;
        }
        Fault one = faults.get(number - second * (second - 1) / 2);
        Fault two = faults.get(second);
        return one.call().equals(two.call()) ? List.of() : List.of(one, two);
    }

    /** How many numbers there are. */
    int size() {
        return faults.size() * (faults.size() - 1) / 2;
    }
}
