package io.greenlane.rehearsal.container;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The directory that plays a container's root; no path, and no symbolic link in a path, leads out of it. */
final class RootFileSystem {
    private static final int MAX_LINKS = 40;
    private final Path root;

    RootFileSystem(Path root) throws IOException {
        Files.createDirectories(root);
        this.root = root.toRealPath();
    }

    Path root() {
        return root;
    }

    /**
     * Where a path of the container is, with symbolic links followed as inside the container, except a last one.
     *
     * @param path absolute, or relative to the container's root
     */
    Path locate(String path) throws IOException {
        int[] budget = {MAX_LINKS};
        return walk(root, path, false, budget);
    }

    /** The same for a file or directory that exists, with a last link followed too. */
    Optional<Path> existing(String path) {
        try {
            int[] budget = {MAX_LINKS};
            Path found = walk(root, path, true, budget);
            return Files.exists(found, LinkOption.NOFOLLOW_LINKS) ? Optional.of(found) : Optional.empty();
        } catch (IOException | IllegalArgumentException notInside) {
            return Optional.empty();
        }
    }

    /** The target of a symbolic link, written relative to the link, so that it means the same outside the container. */
    Path linkTarget(Path link, String target) throws IOException {
        Path parent = link.getParent();
        if (parent == null) {
            throw new IOException("The root itself cannot be a link");
        }
        Path inside = target.startsWith("/")
                ? Path.of(target)
                : Path.of("/").resolve(root.relativize(parent))
                        .resolve(target);
        return parent.relativize(root.resolve(Path.of("/").relativize(inside.normalize())));
    }

    static void delete(Path directory) throws IOException {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
                    throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private Path walk(Path from, String path, boolean followLast, int[] budget) throws IOException {
        Path at = path.startsWith("/") ? root : from;
        String[] names = path.split("/", -1);
        for (int i = 0; i < names.length; i++) {
            String name = names[i];
            if (name.isEmpty() || name.equals(".")) {
                continue;
            }
            if (name.equals("..")) {
                at = at.equals(root) ? root : parentOf(at);
                continue;
            }
            Path next = at.resolve(name);
            boolean last = isLast(names, i);
            if (Files.isSymbolicLink(next) && (!last || followLast)) {
                if (--budget[0] < 0) {
                    throw new IOException("Too many symbolic links in " + path);
                }
                next = walk(at, Files.readSymbolicLink(next).toString(), true, budget);
            }
            at = next;
        }
        return at;
    }

    private static boolean isLast(String[] names, int index) {
        for (int i = index + 1; i < names.length; i++) {
            if (!names[i].isEmpty() && !names[i].equals(".")) {
                return false;
            }
        }
        return true;
    }

    private static Path parentOf(Path path) {
        Path parent = path.getParent();
        return parent == null ? path : parent;
    }
}
