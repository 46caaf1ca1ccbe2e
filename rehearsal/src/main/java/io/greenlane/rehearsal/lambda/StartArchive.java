package io.greenlane.rehearsal.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Class data archives, from which the JVMs of functions start in half the time and share memory: what SnapStart is for on
 * AWS. One for each class path, made by a first start that ends before it does any work, and kept in a folder for the next
 * local cloud. Without a writable folder, or when anything fails, functions start without one.
 */
final class StartArchive {
    private static final long LONGEST_TRAINING_SECONDS = 20;
    private static final int KEPT = 4;
    private static final FileTime SOME_TIME = FileTime.fromMillis(1_600_000_000_000L);

    private final @Nullable Path folder;
    private final Map<List<Path>, CompletableFuture<Launch>> launches = new HashMap<>();

    /**
     * How a JVM is started.
     *
     * @param options to be added to its options
     * @param classPath of the function with its runtime client
     */
    record Launch(List<String> options, List<Path> classPath) {}

    /** Makes a process that loads the function's classes and ends, for a launch. */
    @FunctionalInterface
    interface Training {
        ProcessBuilder start(Launch launch);
    }

    /** @param folder where archives are kept; null for none */
    StartArchive(@Nullable Path folder) {
        this.folder = folder;
    }

    /**
     * The launch for a class path; its first caller makes the archive, and whoever comes meanwhile waits for it. Not to be
     * called in a turn.
     */
    Launch launch(List<Path> classPath, Training training) throws InterruptedException {
        Path kept = folder;
        if (kept == null) {
            return new Launch(List.of(), classPath);
        }
        CompletableFuture<Launch> mine = new CompletableFuture<>();
        CompletableFuture<Launch> first;
        synchronized (launches) {
            first = launches.putIfAbsent(classPath, mine);
        }
        if (first == null) {
            mine.complete(make(classPath, training, kept));
            first = mine;
        }
        try {
            return first.get(LONGEST_TRAINING_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException without) {
            return new Launch(List.of(), classPath);
        }
    }

    private static Launch make(List<Path> classPath, Training training, Path folder) throws InterruptedException {
        try {
            Path own = Files.createDirectories(folder.resolve(fingerprint(classPath)));
            List<Path> jars = packed(classPath, own);
            Path archive = own.resolve("start.jsa");
            if (!Files.exists(archive)) {
                train(jars, training, archive);
                prune(folder);
            }
            return Files.exists(archive)
                    ? new Launch(List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:disable"), jars)
                    : new Launch(List.of(), classPath);
        } catch (IOException | UncheckedIOException unusable) {
            return new Launch(List.of(), classPath);
        }
    }

    private static void train(List<Path> jars, Training training, Path archive)
            throws IOException, InterruptedException {
        Path making = Files.createTempDirectory(archive.getParent(), "making");
        Path made = making.resolve("start.jsa");
        Process process = training.start(new Launch(List.of("-XX:ArchiveClassesAtExit=" + made, "-Xlog:disable"),
                jars)).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        if (!process.waitFor(LONGEST_TRAINING_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        } else if (Files.exists(made)) {
            Files.move(made, archive, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.deleteIfExists(made);
        Files.delete(making);
    }

    /** The class path with folders packed: an archive is for jars only. The same content gives the same file. */
    private static List<Path> packed(List<Path> classPath, Path folder) throws IOException {
        List<Path> jars = new ArrayList<>();
        for (Path entry : classPath) {
            if (!Files.isDirectory(entry)) {
                jars.add(entry.toAbsolutePath());
                continue;
            }
            Path jar = folder.resolve("classes-" + jars.size() + ".jar").toAbsolutePath();
            if (!Files.exists(jar)) {
                Path making = Files.createTempFile(folder, "classes", ".jar");
                pack(entry, making);
                Files.setLastModifiedTime(making, SOME_TIME);
                Files.move(making, jar, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
            jars.add(jar);
        }
        return List.copyOf(jars);
    }

    private static void pack(Path classes, Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar); JarOutputStream packed = new JarOutputStream(file)) {
            for (Path one : files(classes)) {
                JarEntry entry = new JarEntry(classes.relativize(one).toString().replace('\\', '/'));
                entry.setTime(SOME_TIME.toMillis());
                packed.putNextEntry(entry);
                Files.copy(one, packed);
                packed.closeEntry();
            }
        }
    }

    /** Changes with the JVM and with every file of the class path. */
    private static String fingerprint(List<Path> classPath) throws IOException {
        StringBuilder all = new StringBuilder(System.getProperty("java.home")).append(Runtime.version());
        for (Path entry : classPath) {
            for (Path file : files(entry)) {
                all.append('\n').append(file.toAbsolutePath()).append(' ').append(Files.size(file)).append(' ')
                        .append(Files.getLastModifiedTime(file).toMillis());
            }
        }
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(all.toString().getBytes(UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256", impossible);
        }
    }

    private static List<Path> files(Path top) throws IOException {
        try (Stream<Path> found = Files.walk(top)) {
            return found.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** Archives of older builds are of no use to anyone; the newest few stay for builds that run at the same time. */
    private static void prune(Path folder) throws IOException {
        List<Path> newestFirst;
        try (Stream<Path> archives = Files.list(folder)) {
            newestFirst = archives.sorted(Comparator.comparing(StartArchive::age).reversed()).toList();
        }
        for (Path old : newestFirst.subList(Math.min(KEPT, newestFirst.size()), newestFirst.size())) {
            for (Path file : files(old)) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(old);
        }
    }

    private static FileTime age(Path folder) {
        try {
            return Files.getLastModifiedTime(folder);
        } catch (IOException gone) {
            return SOME_TIME;
        }
    }
}
