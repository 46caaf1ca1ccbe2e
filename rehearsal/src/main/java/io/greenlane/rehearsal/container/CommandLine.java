package io.greenlane.rehearsal.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Rewrites the command of a container for a process that sees the whole machine: paths that exist in the image are replaced
 * by where they have been unpacked, and an image without a JRE gets the JDK that runs the rehearsal.
 */
final class CommandLine {
    private static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    /** What may stand before a path in an argument: an option up to its value, or the @ of an argument file. */
    private static final Pattern OPTION = Pattern.compile("(--?[A-Za-z0-9][^=:/]*[=:]|@)?(/.*)", Pattern.DOTALL);

    private final RootFileSystem root;
    private final Path scratch;
    private int argumentFiles;

    /** @param scratch directory for rewritten argument files */
    CommandLine(RootFileSystem root, Path scratch) {
        this.root = root;
        this.scratch = scratch;
    }

    List<String> rewritten(List<String> command, Map<String, String> environment) throws IOException, ContainerFault {
        List<String> rewritten = new ArrayList<>();
        rewritten.add(executable(command.getFirst(), environment.getOrDefault("PATH", DEFAULT_PATH)));
        for (String argument : command.subList(1, command.size())) {
            rewritten.add(argument(argument));
        }
        return rewritten;
    }

    /** Whether the image itself holds the executable. */
    Optional<Path> inImage(String executable, String path) {
        if (executable.contains("/")) {
            return root.existing(executable).filter(Files::isExecutable);
        }
        return Arrays.stream(path.split(":", -1)).map(directory -> root.existing(directory + "/" + executable)).flatMap(
                Optional::stream).filter(file -> Files.isRegularFile(file) && Files.isExecutable(file)).findFirst();
    }

    /** Values that are paths of the image, for example JAVA_HOME. */
    Map<String, String> environment(Map<String, String> environment) {
        return environment.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> paths(entry
                .getValue())));
    }

    private String executable(String executable, String path) throws ContainerFault {
        Optional<Path> found = inImage(executable, path);
        if (found.isPresent()) {
            return found.get().toString();
        }
        if (executable.equals("java") || executable.endsWith("/bin/java")) {
            return Path.of(System.getProperty("java.home"), "bin", "java").toString();
        }
        throw ContainerFault.cannotStart("exec: \"" + executable + "\": executable file not found in $PATH: unknown");
    }

    private String argument(String argument) throws IOException {
        Matcher option = OPTION.matcher(argument);
        if (!option.matches()) {
            return argument;
        }
        String before = option.group(1) == null ? "" : option.group(1);
        String value = option.group(2);
        if (before.equals("@")) {
            Optional<Path> file = root.existing(value).filter(Files::isRegularFile);
            return file.isEmpty() ? argument : "@" + argumentFile(file.get());
        }
        return before + paths(value);
    }

    /** A copy of an argument file of the java launcher, for example of jib's class path file, with its paths replaced. */
    private Path argumentFile(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            boolean quoted = line.length() > 1 && line.startsWith("\"") && line.endsWith("\"");
            lines.add(quoted ? "\"" + paths(line.substring(1, line.length() - 1)) + "\"" : paths(line));
        }
        Path copy = scratch.resolve("arguments-" + argumentFiles++);
        Files.write(copy, lines);
        return copy;
    }

    /** One path or several, separated by colons; those that are not in the image stay as they are. */
    private String paths(String value) {
        if (!value.startsWith("/")) {
            return value;
        }
        return Arrays.stream(value.split(":", -1)).map(path -> {
            boolean all = path.endsWith("/*");
            String directory = all ? path.substring(0, path.length() - 2) : path;
            return directory.length() > 1 && directory.startsWith("/")
                    ? root.existing(directory).map(
                            found -> found + (all ? "/*" : "")).orElse(path)
                    : path;
        }).collect(Collectors.joining(":"));
    }
}
