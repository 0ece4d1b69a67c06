package org.rondoml.dsl.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.ExitStatus;
import org.rondoml.dsl.schema.LanguageSchema;
import org.rondoml.dsl.schema.SchemaFile;
import org.rondoml.dsl.schema.SchemaText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rondo schema}. */
@Command(
    name = "schema",
    description =
        "Writes the JSON Schema of model files with everything that is installed, by which an editor"
            + " completes and checks them.",
    mixinStandardHelpOptions = true)
final class SchemaCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "Where to write; standard output where absent. Only an older schema is replaced.")
  private @Nullable Path file;

  @Mixin private PluginOptions plugins = new PluginOptions();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    JsonNode schema = LanguageSchema.of(plugins.registry(err));
    Path chosen = file;
    if (chosen == null) {
      out.print(SchemaText.of(schema));
      out.flush();
    } else {
      SchemaFile.write(chosen, schema);
      err.println("A model file that begins with this line is completed and checked by it:");
      err.println("# yaml-language-server: $schema=" + chosen);
    }
    return ExitStatus.DONE.code();
  }
}
