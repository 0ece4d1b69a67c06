package org.rondoml.core.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.rondoml.api.UsageException;

class AtomicFileTest {
  @TempDir Path folder;

  @Test
  void writesANewFileAndReplacesAnOldOne() throws IOException {
    Path file = folder.resolve("model.weights.h5");
    AtomicFile.write(file, path -> Files.writeString(path, "one"));
    assertEquals("one", Files.readString(file));
    AtomicFile.write(file, path -> Files.writeString(path, "two"));
    assertEquals("two", Files.readString(file));
    assertEquals(List.of(file), files());
  }

  @Test
  void theContentGoesToAnotherFileOfTheSameFolderAndSuffix() {
    Path file = folder.resolve("model.weights.h5");
    AtomicFile.write(
        file,
        path -> {
          assertTrue(Files.notExists(path));
          assertEquals(folder.toAbsolutePath(), path.getParent());
          assertTrue(path.getFileName().toString().endsWith(".model.weights.h5"));
          Files.writeString(path, "x");
          assertTrue(Files.notExists(file));
        });
  }

  @Test
  void aFailureLeavesTheOldFileAndNothingElse() throws IOException {
    Path file = folder.resolve("x.npz");
    Files.writeString(file, "old");
    UsageException e =
        assertThrows(
            UsageException.class,
            () ->
                AtomicFile.write(
                    file,
                    path -> {
                      Files.writeString(path, "half");
                      throw new IOException("No space left on device");
                    }));
    assertEquals("cannot write " + file + ": No space left on device", e.getMessage());
    IllegalStateException defect = new IllegalStateException();
    assertSame(
        defect,
        assertThrows(
            IllegalStateException.class,
            () ->
                AtomicFile.write(
                    file,
                    path -> {
                      Files.writeString(path, "half");
                      throw defect;
                    })));
    e =
        assertThrows(
            UsageException.class,
            () ->
                AtomicFile.write(
                    file,
                    path -> {
                      throw new UncheckedIOException(new IOException("disk gone"));
                    }));
    assertEquals("cannot write " + file + ": disk gone", e.getMessage());
    assertEquals("old", Files.readString(file));
    assertEquals(List.of(file), files());
  }

  @Test
  void refusesFoldersAndMissingFolders() {
    assertEquals(
        "cannot write " + folder + ": it is a folder; name a file",
        assertThrows(UsageException.class, () -> AtomicFile.write(folder, path -> {}))
            .getMessage());
    Path file = folder.resolve("none/x.npy");
    assertEquals(
        "cannot write "
            + file
            + ": the folder "
            + folder.resolve("none")
            + " does not exist; create it first",
        assertThrows(UsageException.class, () -> AtomicFile.write(file, path -> {})).getMessage());
  }

  private static String refusal(Executable write) {
    return String.valueOf(assertThrows(UsageException.class, write).getMessage());
  }

  @Test
  void createsWhatIsNotThereAndNothingElse() throws IOException {
    Path file = folder.resolve("file");
    AtomicFile.create(file, path -> Files.writeString(path, "new"));
    assertEquals(
        file + ": is there already, and is left as it is; name another file, or move it away",
        refusal(() -> AtomicFile.create(file, path -> Files.writeString(path, "newer"))));
    assertEquals("new", Files.readString(file));
    assertEquals(
        "cannot write "
            + folder.resolve("none/file")
            + ": the folder "
            + folder.resolve("none")
            + " does not exist; create it first",
        refusal(() -> AtomicFile.requireAbsent(folder.resolve("none/file"))));
  }

  @Test
  void replacesWhatIsOfTheKindAndNothingElse() throws IOException {
    Path file = folder.resolve("file");
    for (String text : List.of("1", "2")) {
      AtomicFile.replace(file, "poem", path -> true, path -> Files.writeString(path, text));
      assertEquals(text, Files.readString(file));
    }
    assertEquals(
        file
            + " is there, and is no poem that rondo wrote: name another file, or remove this one"
            + " first",
        refusal(
            () ->
                AtomicFile.replace(
                    file, "poem", path -> false, path -> Files.writeString(path, "3"))));
    assertEquals("2", Files.readString(file));
  }

  @Test
  void keepsLinksAndPermissions() throws IOException {
    assumeTrue(
        FileSystems.getDefault().supportedFileAttributeViews().contains("posix"),
        "links and permissions are POSIX'");
    Path file = folder.resolve("file");
    Path link = folder.resolve("link");
    Files.writeString(file, "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    Files.createSymbolicLink(link, file);
    AtomicFile.write(link, path -> Files.writeString(path, "new"));
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("new", Files.readString(file));
    assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> list = Files.list(folder)) {
      return list.toList();
    }
  }
}
