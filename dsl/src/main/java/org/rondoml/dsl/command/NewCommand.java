package org.rondoml.dsl.command;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.ExitStatus;
import org.rondoml.api.UsageException;
import org.rondoml.core.io.AtomicFile;
import org.rondoml.core.registry.Component;
import org.rondoml.core.registry.Registry;
import org.rondoml.core.spi.ColumnDescription;
import org.rondoml.core.spi.DataSource;
import org.rondoml.core.spi.TableDescription;
import org.rondoml.dsl.starter.TableStarter;
import org.rondoml.dsl.starter.Template;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rondo new}. */
@Command(
    name = "new",
    description =
        "Writes a model file to start from, with comments: a template, or one made for a table of data."
            + " A file that is there already is left alone.",
    mixinStandardHelpOptions = true)
final class NewCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "FILE.yaml",
      description = "The file to write; when absent, named after the template or the table.")
  private @Nullable Path file;

  @Option(
      names = "--template",
      paramLabel = "NAME",
      completionCandidates = TemplateNames.class,
      description = "Trains as it is: ${COMPLETION-CANDIDATES}.")
  private @Nullable String template;

  /** The templates' names, for help and completion. */
  static final class TemplateNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Template.names().iterator();
    }
  }

  @Option(
      names = "--data",
      paramLabel = "TABLE",
      description = "A table to write a model for, such as sales.csv.")
  private @Nullable Path data;

  @Option(
      names = "--target",
      paramLabel = "COLUMN",
      split = ",",
      description = "The table's column to predict, or several of numbers, with commas between.")
  private List<String> targets = new ArrayList<>();

  @Option(
      names = "--window",
      paramLabel = "N",
      description =
          "How many rows one after another are a sample, for time series; 0 for a row a sample. When"
              + " absent, 30 or fewer where a column of dates goes forward, else 0.")
  private @Nullable Integer window;

  @Option(
      names = "--horizon",
      paramLabel = "N",
      description = "How many rows after a window its target is; 1 when absent.")
  private @Nullable Integer horizon;

  @Option(
      names = "--sequence",
      paramLabel = "COLUMN",
      description =
          "The table's column by which rows are sequences, each a sample: those one after another with"
              + " the same in it. The model then labels each row, or each sequence where all of its"
              + " rows have the same target.")
  private @Nullable String sequence;

  @Option(
      names = "--schema",
      paramLabel = "FILE",
      description = "A JSON Schema of model files, which the file then names for editors.")
  private @Nullable Path schema;

  @Mixin private PluginOptions plugins = new PluginOptions();

  @Override
  public Integer call() {
    Path table = data;
    String chosen = template;
    if ((table == null) == (chosen == null)) {
      throw new UsageException(
          (table == null ? "nothing to start from" : "--template and --data are both there")
              + "; expected --template with one of "
              + String.join(", ", Template.names())
              + ", or --data TABLE --target COLUMN");
    }
    if (table != null) {
      ofTable(table);
    } else if (chosen != null) {
      ofTemplate(Template.of(chosen));
    }
    return ExitStatus.DONE.code();
  }

  private void ofTemplate(Template chosen) {
    if (!targets.isEmpty() || window != null || horizon != null || sequence != null) {
      throw new UsageException("--target, --window, --horizon and --sequence are for --data TABLE");
    }
    Path model = file != null ? file : Path.of(chosen + ".yaml");
    requireNew(model);
    Optional<Path> beside = chosen.dataFile().map(model::resolveSibling);
    beside.ifPresent(AtomicFile::requireAbsent);
    String text = schemaLine(model) + chosen.text().replace(chosen + ".yaml", model.toString());
    chosen
        .dataFile()
        .ifPresent(
            name -> {
              Path path = model.resolveSibling(name);
              create(path, chosen.bytes(name));
              say("wrote " + path + ", its data");
            });
    create(model, text.getBytes(StandardCharsets.UTF_8));
    say("wrote " + model + "; next: rondo train " + model);
  }

  private void ofTable(Path table) {
    String name = String.valueOf(table.getFileName());
    Path model = file != null ? file : Path.of(TableStarter.nameOf(name) + ".yaml");
    requireNew(model);
    if ((window != null && window < 0) || (horizon != null && horizon < 0)) {
      throw new UsageException("--window and --horizon: found a negative number of rows");
    }
    checkSequence();
    TableDescription description = describe(table);
    if (targets.isEmpty()) {
      throw new UsageException(
          "add --target COLUMN, the column to predict; "
              + table
              + " has "
              + description.columns().stream()
                  .map(ColumnDescription::name)
                  .collect(Collectors.joining(", ")));
    }
    TableStarter.Choices choices =
        new TableStarter.Choices(
            model.toString(),
            TableStarter.nameOf(String.valueOf(model.getFileName())),
            relative(model, table),
            targets,
            window,
            horizon,
            sequence);
    String text = schemaLine(model) + TableStarter.write(choices, description);
    create(model, text.getBytes(StandardCharsets.UTF_8));
    say("wrote " + model + "; next: rondo train " + model);
  }

  private void checkSequence() {
    if (sequence != null && (window != null || horizon != null)) {
      throw new UsageException(
          "--sequence: makes samples of its own; leave out --window and --horizon");
    }
    if (sequence != null && targets.contains(sequence)) {
      throw new UsageException(
          "--sequence: column '" + sequence + "' is the target; expected another column");
    }
  }

  private TableDescription describe(Path table) {
    Registry registry = plugins.registry(spec.commandLine().getErr());
    for (Component<DataSource> source : registry.components(DataSource.class)) {
      if (source.provider() instanceof DataSource.Provider<?> provider) {
        Optional<TableDescription> description = provider.describe(table, sequence);
        if (description.isPresent()) {
          return description.get();
        }
      }
    }
    throw new UsageException(
        "--data: " + table + " is no table that Rondo reads; expected a file such as table.csv");
  }

  /** What the model file is to call a file: relative to its own folder where that is possible. */
  private static String relative(Path model, Path other) {
    Path from = model.toAbsolutePath().normalize().getParent();
    Path to = other.toAbsolutePath().normalize();
    boolean related = from != null && to.startsWith(from);
    Path shown = related || !other.isAbsolute() ? relativize(from, to) : to;
    return shown.toString().replace('\\', '/');
  }

  private static Path relativize(@Nullable Path from, Path to) {
    try {
      return from == null ? to : from.relativize(to);
    } catch (IllegalArgumentException e) {
      return to; // on another drive
    }
  }

  private String schemaLine(Path model) {
    Path path = schema;
    if (path == null) {
      return "";
    }
    if (!Files.isRegularFile(path)) {
      throw new UsageException(
          "--schema: " + path + ": no such file; expected a JSON Schema of model files");
    }
    String relative = relative(model, path);
    boolean here = !relative.startsWith(".") && !Path.of(relative).isAbsolute();
    return "# yaml-language-server: $schema=" + (here ? "./" : "") + relative + "\n";
  }

  private static void requireNew(Path model) {
    String name = String.valueOf(model.getFileName());
    if (!name.endsWith(".yaml") && !name.endsWith(".yml")) {
      throw new UsageException(
          model + ": expected a model file to write, NAME.yaml; a table is named by --data");
    }
    AtomicFile.requireAbsent(model);
  }

  private static void create(Path path, byte[] content) {
    AtomicFile.create(path, file -> Files.write(file, content));
  }

  private void say(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
  }
}
