package io.greenlane.hook;

import io.greenlane.validation.ExpectedStatus;

import java.time.Duration;

/**
 * What green must show.
 *
 * @param path with its query if any; begins with a slash
 * @param status what it must answer
 * @param readyWithin how long green may take until it answers at all
 * @param inARow so many right answers in a row pass, so many wrong ones fail
 * @param interval between two requests
 */
public record Check(String path, ExpectedStatus status, Duration readyWithin, int inARow, Duration interval) {
    public Check {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("The path of a check begins with a slash, got '" + path + "'");
        }
    }

    /** Three in a row, a second apart. */
    public static Check of(String path, ExpectedStatus status, Duration readyWithin) {
        return new Check(path, status, readyWithin, 3, Duration.ofSeconds(1));
    }
}
