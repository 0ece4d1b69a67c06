package org.rondoml.core.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;
import org.rondoml.api.UsageException;

/**
 * Writes a file whole or not at all: the content goes to a temporary file beside the target, is
 * synced to the disk, and then takes the target's name. Whatever fails on the way, and whenever the
 * process is killed, a file that was there before is left as it was.
 */
public final class AtomicFile {
  private AtomicFile() {}

  /** Writes the content to a path. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes a file that does not exist yet.
     *
     * @param file in the target's folder, with a name that ends as the target's does
     */
    void write(Path file) throws IOException;
  }

  /**
   * Writes a file. A target that is a symbolic link stays one: the file it leads to is replaced.
   *
   * @throws UsageException where the target can't be written, with the reason; the target is then
   *     as it was before
   */
  public static void write(Path target, Content content) {
    Path file = followLink(target);
    if (Files.isDirectory(file)) {
      throw new UsageException("cannot write " + target + ": it is a folder; name a file");
    }
    Path folder = requireFolder(file, target);
    Path temporary = folder.resolve("." + UUID.randomUUID() + "." + file.getFileName());
    try {
      content.write(temporary);
      sync(temporary);
      keepPermissions(file, temporary);
      move(temporary, file);
      syncFolder(folder);
    } catch (IOException e) {
      throw new UsageException("cannot write " + target + ": " + reason(e), e);
    } catch (UncheckedIOException e) {
      throw new UsageException(
          "cannot write " + target + ": " + reason(Objects.requireNonNull(e.getCause())), e);
    } finally {
      discard(temporary);
    }
  }

  /**
   * Writes a file that must not be there yet.
   *
   * @throws UsageException where it is there, or can't be written, with the reason
   */
  public static void create(Path target, Content content) {
    requireAbsent(target);
    write(target, content);
  }

  /**
   * Checks that a file can be {@linkplain #create created}, before work is done that would be lost.
   *
   * @throws UsageException where it is there, or its folder is not
   */
  public static void requireAbsent(Path target) {
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new UsageException(
          target + ": is there already, and is left as it is; name another file, or move it away");
    }
    requireFolder(target, target);
  }

  /**
   * Writes a file over an older one of its kind, and over nothing else.
   *
   * @param kind what it is, for messages: {@code schema}
   * @param isOfKind whether an ordinary file is one
   * @throws UsageException where something else is there, or the file can't be written
   */
  public static void replace(Path target, String kind, Predicate<Path> isOfKind, Content content) {
    boolean is = Files.exists(target) && !Files.isDirectory(target);
    // Reading a device or a pipe might wait for ever.
    if (is && !(Files.isRegularFile(target) && isOfKind.test(target))) {
      throw new UsageException(
          target
              + " is there, and is no "
              + kind
              + " that rondo wrote: name another file, or remove this one first");
    }
    write(target, content);
  }

  private static Path requireFolder(Path file, Path target) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new UsageException(
          "cannot write " + target + ": the folder " + folder + " does not exist; create it first");
    }
    return folder;
  }

  private static Path followLink(Path target) {
    try {
      return Files.isSymbolicLink(target) && Files.exists(target) ? target.toRealPath() : target;
    } catch (IOException e) {
      throw new UsageException("cannot write " + target + ": " + reason(e), e);
    }
  }

  private static void sync(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  private static void keepPermissions(Path old, Path replacement) throws IOException {
    PosixFileAttributeView view =
        Files.getFileAttributeView(replacement, PosixFileAttributeView.class);
    if (view != null && Files.exists(old)) {
      view.setPermissions(Files.getPosixFilePermissions(old));
    }
  }

  private static void move(Path temporary, Path file) throws IOException {
    try {
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      // Some network file systems only know the plain move; it still replaces a complete file by a
      // complete one.
      Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /**
   * Makes the new name last through a power cut, where the system lets a folder be synced (Windows
   * does not).
   */
  private static void syncFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // The file itself is complete and in place: nothing a user could do better.
      return;
    }
  }

  private static void discard(Path temporary) {
    try {
      if (Files.exists(temporary, LinkOption.NOFOLLOW_LINKS)) {
        Files.delete(temporary);
      }
    } catch (IOException e) {
      // What failed before is the message to see; a left-over temporary file harms nothing.
      return;
    }
  }

  private static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof FileSystemException failure && failure.getReason() != null) {
      return failure.getReason();
    }
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
