package io.greenlane.release;

import java.time.Instant;

/**
 * That a release waits at the gates of its service.
 *
 * @param since its first look at which it had to wait
 * @param until when it will not be let pass any more, as its last look found
 * @param sentence what it waits for, for people
 */
public record GateWait(Instant since, Instant until, String sentence) {}
