package io.greenlane.rehearsal.container;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What this machine offers to put between a container's process and the rest: found out once, by trying.
 *
 * @param lifeline before the command: ends the process with the rehearsal even when that is killed; may be empty
 * @param ownRoot whether bwrap can give the process its image's file system as root
 */
record Isolation(List<String> lifeline, boolean ownRoot) {
    private static final List<String> DEATH_SIGNAL = List.of("setpriv", "--pdeathsig", "KILL", "--");
    private static final List<String> PROBE = List.of("bwrap", "--ro-bind", "/", "/", "--proc", "/proc", "--dev",
            "/dev", "--unshare-pid", "--die-with-parent", "true");

    /** Tries what there is. */
    static Isolation ofThisMachine() {
        List<String> trySignal = new ArrayList<>(DEATH_SIGNAL);
        trySignal.add("true");
        return new Isolation(succeeds(trySignal) ? DEATH_SIGNAL : List.of(), succeeds(PROBE));
    }

    /** The command, run with the image's file system as its root. */
    static List<String> inOwnRoot(Path root, String workingDirectory, List<String> command) {
        List<String> wrapped = new ArrayList<>(List.of("bwrap", "--bind", root.toString(), "/", "--proc", "/proc",
                "--dev", "/dev", "--unshare-pid", "--die-with-parent", "--chdir", workingDirectory, "--"));
        wrapped.addAll(command);
        return wrapped;
    }

    /**
     * The process that runs the container's command, which a signal is meant for: bwrap itself passes none on, and the command
     * is the child of the first process in its PID namespace.
     */
    static List<ProcessHandle> commandOf(Process process) {
        boolean wrapped = process.info().command().map(path -> path.endsWith("/bwrap")).orElse(false);
        List<ProcessHandle> command = wrapped
                ? process.children().flatMap(ProcessHandle::children).toList()
                : List.of();
        return command.isEmpty() ? List.of(process.toHandle()) : command; // without a command yet, bwrap itself may end
    }

    private static boolean succeeds(List<String> command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(
                    ProcessBuilder.Redirect.DISCARD).start();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException notThere) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
