package io.greenlane.rehearsal.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.greenlane.rehearsal.simulation.Ingredient.Image;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Prints what the histories of some seeds come to, to be compared with those of another JVM. */
final class History {
    /** How each line begins. */
    static final String MARK = "history of seed ";

    private History() {}

    /** {@code FIRST LAST}: the seeds. */
    public static void main(String[] args) {
        Simulation simulation = new Simulation();
        for (long seed = Long.parseLong(args[0]); seed <= Long.parseLong(args[1]); seed++) {
            System.out.println(line(simulation, seed));
        }
    }

    static String line(Simulation simulation, long seed) {
        RandomSchedules schedules = new RandomSchedules(FaultSurface.of(simulation, Image.GOOD));
        String trace = simulation.traced(schedules.of(seed)).trace();
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(trace.getBytes(UTF_8));
            return MARK + seed + ": " + trace.length() + " characters, sha256 " + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
