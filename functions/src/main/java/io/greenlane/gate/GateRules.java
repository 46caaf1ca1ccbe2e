package io.greenlane.gate;

import java.util.List;

/**
 * What a gates.yaml asks for.
 *
 * @param source where the file is
 * @param version of the file; empty when its place does not say
 * @param gates in the order in which people read of them
 */
public record GateRules(String source, String version, List<Gate> gates) {
    public GateRules {
        gates = List.copyOf(gates);
    }
}
