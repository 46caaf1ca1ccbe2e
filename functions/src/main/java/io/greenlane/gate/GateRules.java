package io.greenlane.gate;

import java.util.List;

/**
 * What a gates.yaml asks for.
 *
 * @param source where the file is
 * @param version of the file; empty when its place does not say
 * @param checksum 32 hex digits of the SHA-256 of its text
 * @param gates in the order in which people read of them
 */
public record GateRules(String source, String version, String checksum, List<Gate> gates) {
    public GateRules {
        gates = List.copyOf(gates);
    }

    /** The file, as different from any other. */
    String name() {
        return source + (version.isEmpty() ? "" : " version " + version) + ", SHA-256 " + checksum;
    }
}
