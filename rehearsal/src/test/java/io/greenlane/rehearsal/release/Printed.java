package io.greenlane.rehearsal.release;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

/** What functions print, which is their log. */
final class Printed {
    private Printed() {}

    /** All of it while something happens. */
    static String during(Runnable happening) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = System.out;
        System.setOut(new PrintStream(printed, true, UTF_8));
        try {
            happening.run();
        } finally {
            System.setOut(out);
        }
        return printed.toString(UTF_8);
    }
}
