package org.rondoml.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code rondo schema}: what it says, and what it never overwrites. */
class SchemaCommandTest {
  @TempDir private Path folder = Path.of("");

  private static void assertRefused(Path file, String message) throws IOException {
    String before = Files.exists(file) && Files.isRegularFile(file) ? Files.readString(file) : "";

    CommandLineRun run = CommandLineRun.of("schema", "-o", file.toString());

    assertEquals(message + "\n", run.err());
    assertEquals("", run.out());
    assertEquals(2, run.status());
    assertEquals(before, Files.isRegularFile(file) ? Files.readString(file) : "");
  }

  @Test
  void writesTheFileAndTellsHowToUseIt() throws IOException {
    Path file = folder.resolve("model.schema.json");

    CommandLineRun run = CommandLineRun.of("schema", "-o", file.toString());

    assertEquals(0, run.status());
    assertEquals("", run.out());
    assertEquals(
        "A model file that begins with this line is completed and checked by it:\n"
            + "# yaml-language-server: $schema="
            + file
            + "\n",
        run.err());
    assertEquals(Files.readString(file), CommandLineRun.of("schema").out());
  }

  @Test
  void replacesAnOlderSchemaOfItsOwn() throws IOException {
    Path file = folder.resolve("model.schema.json");
    Files.writeString(file, "{\"$comment\": \"Written by 'rondo schema' long ago.\"}");

    assertEquals(0, CommandLineRun.of("schema", "-o", file.toString()).status());
    assertTrue(Files.readString(file).contains("\"layer.LSTM\""));
  }

  @Test
  void overwritesNothingElse() throws IOException {
    Path model = Files.writeString(folder.resolve("model.yaml"), "rondo: 1\n");
    Path json = Files.writeString(folder.resolve("package.json"), "{\"name\": \"x\"}");
    Path empty = Files.writeString(folder.resolve("empty.json"), "");
    for (Path file : new Path[] {model, json, empty}) {
      assertRefused(
          file,
          file
              + " is there, and is no schema that rondo wrote: name another file, or remove this one"
              + " first");
    }
  }

  @Test
  void wantsAFileInAFolder() throws IOException {
    assertRefused(folder, "cannot write " + folder + ": it is a folder; name a file");
    assertRefused(
        folder.resolve("none/x.json"),
        "cannot write "
            + folder.resolve("none/x.json")
            + ": the folder "
            + folder.resolve("none")
            + " does not exist; create it first");
  }

  @Test
  void aModelFileWithTheLineForEditorsIsRead() throws IOException {
    Path model = SmallModel.write(folder);
    String text = Files.readString(model);
    CommandLineRun without = CommandLineRun.of("check", model.toString());

    Files.writeString(model, "# yaml-language-server: $schema=model.schema.json\n" + text);

    assertEquals(without, CommandLineRun.of("check", model.toString()));
    assertEquals(0, without.status(), without.err());
  }
}
