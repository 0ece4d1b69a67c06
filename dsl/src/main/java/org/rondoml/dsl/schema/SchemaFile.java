package org.rondoml.dsl.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.rondoml.core.io.AtomicFile;

/** The file of a schema: written over an older schema of Rondo's, and over nothing else. */
public final class SchemaFile {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private SchemaFile() {}

  /**
   * Writes a schema.
   *
   * @throws org.rondoml.api.UsageException where something else is there
   */
  public static void write(Path file, JsonNode schema) {
    AtomicFile.replace(
        file,
        "schema",
        SchemaFile::isSchema,
        path -> Files.writeString(path, SchemaText.of(schema)));
  }

  private static boolean isSchema(Path file) {
    try {
      JsonNode there = MAPPER.readTree(file.toFile());
      return there.path("$comment").asText().startsWith(LanguageSchema.MARK);
    } catch (IOException e) {
      return false; // no JSON, or not to be read: not ours
    }
  }
}
