package org.rondoml.standard.callbacks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.api.UsageException;
import org.rondoml.core.spi.Callback;
import org.rondoml.core.spi.ConfigException;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;

/**
 * Writes what each epoch logged to a file, a row an epoch, as Keras does: first the epoch, counted
 * from 0, then the figures by name. Where the first epoch has none of validation, columns for all
 * of them follow. A figure that an epoch lacks is {@code NA}. Lines end as in Keras' files, with a
 * carriage return and a line feed.
 *
 * <p>The file is in the run's folder, unless its name is an absolute path. Other than in Keras a
 * file that exists is never overwritten: a new training with {@code append: false} is refused where
 * there is one. A training that goes on ({@code --resume}) always adds to its own rows, and so ends
 * with the file that it would have written without a stop.
 *
 * <p>Source: Keras, {@code keras/src/callbacks/csv_logger.py}.
 */
public final class CSVLogger implements Callback {
  private static final String MISSING = "NA";
  private static final String VALIDATION = "val_";
  private static final String LINE_END = "\r\n";

  private final Config config;

  /** The callback with its keys. */
  public CSVLogger(Config config) {
    this.config = config;
  }

  @Override
  public List<Path> files() {
    return List.of(config.filename());
  }

  @Override
  public void checkNewTraining() {
    Path file = config.filename();
    if (file.isAbsolute() && !config.append() && new GrowingFile(file).size() > 0) {
      throw new UsageException(
          file
              + ": is there already, and CSVLogger overwrites nothing: append: true adds to it, or"
              + " name another file");
    }
  }

  @Override
  public Session start(Run run) {
    return new Watch(run.file(config.filename()));
  }

  private final class Watch implements Session {
    private static final String POSITION = "position";
    private static final String COLUMN = "column ";

    private final @Nullable GrowingFile file;
    private List<String> columns = List.of();
    private @Nullable Long position;

    private Watch(Optional<Path> path) {
      file = path.map(GrowingFile::new).orElse(null);
    }

    @Override
    public void trainBegin() {
      if (file != null && position == null) {
        makeFolder(file.path());
        position = file.size();
      }
    }

    /** Makes the folder in the run's that a relative path names. */
    private void makeFolder(Path path) {
      Path folder = path.getParent();
      if (folder == null || config.filename().isAbsolute()) {
        return;
      }
      try {
        Files.createDirectories(folder);
      } catch (IOException e) {
        throw new UsageException("cannot make the folder " + folder + ": " + e.getMessage(), e);
      }
    }

    @Override
    public void epochEnd(int epoch, Map<String, Double> logs) {
      Long at = position;
      if (file == null || at == null) {
        return;
      }
      if (columns.isEmpty()) {
        columns = columns(logs);
      }
      String row = row(Integer.toString(epoch), columns.stream().map(c -> cell(logs.get(c))));
      String header = row("epoch", columns.stream());
      position = file.put(at, at == 0 || file.size() == 0 ? header + row : row);
    }

    private static List<String> columns(Map<String, Double> logs) {
      List<String> names = new ArrayList<>(logs.keySet().stream().sorted().toList());
      if (names.stream().noneMatch(name -> name.startsWith(VALIDATION))) {
        names.addAll(names.stream().map(name -> VALIDATION + name).toList());
      }
      return List.copyOf(names);
    }

    private static String cell(@Nullable Double value) {
      return value == null ? MISSING : PythonFloat.text(value);
    }

    private String row(String first, Stream<String> others) {
      StringBuilder row = new StringBuilder(quoted(first));
      others.forEach(cell -> row.append(config.separator()).append(quoted(cell)));
      return row.append(LINE_END).toString();
    }

    /** A cell; in quotes where it could be taken for several, as Python's writer has it. */
    private String quoted(String cell) {
      boolean plain =
          cell.chars().noneMatch(c -> c == '"' || c == '\r' || c == '\n')
              && !cell.contains(config.separator());
      return plain ? cell : "\"" + cell.replace("\"", "\"\"") + "\"";
    }

    @Override
    public Map<String, Double> state() {
      Map<String, Double> state = new HashMap<>();
      if (position != null) {
        state.put(POSITION, (double) position);
      }
      for (int i = 0; i < columns.size(); i++) {
        state.put(COLUMN + columns.get(i), (double) i);
      }
      return state;
    }

    @Override
    public void restore(Map<String, Double> state) {
      Double at = state.get(POSITION);
      position = at == null ? null : Long.valueOf(at.longValue());
      columns =
          state.entrySet().stream()
              .filter(entry -> entry.getKey().startsWith(COLUMN))
              .sorted(Comparator.comparing(Map.Entry::getValue))
              .map(entry -> entry.getKey().substring(COLUMN.length()))
              .toList();
    }
  }

  /**
   * The keys.
   *
   * @param filename the file
   * @param separator what stands between columns
   * @param append whether to add to a file that exists
   */
  @Description("Writes what each epoch logged to a file, a row an epoch.")
  @Example("CSVLogger: {filename: training.csv}")
  public record Config(
      @Description("the file: its name in the run's folder, or an absolute path") Path filename,
      @Description("the character between columns") @Default("','") String separator,
      @Description(
              "whether to add to a file that exists, without a second heading; with false such a"
                  + " file is refused, as nothing is ever overwritten")
          @Default("false")
          boolean append) {
    /** Checks the separator. */
    public Config {
      if (separator.length() != 1 || "\"\r\n".contains(separator)) {
        throw new ConfigException(
            "separator",
            "found '"
                + separator
                + "', expected a single character that is no quote and no line end, such as ;");
      }
    }
  }

  /** Brings {@code CSVLogger}. */
  public static final class Provider implements Callback.Provider<Config> {
    @Override
    public String id() {
      return "CSVLogger";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Callback create(Config config, Semantics semantics) {
      return new CSVLogger(config);
    }
  }
}
