package org.rondoml.dsl.runfolder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.rondoml.api.DataException;
import org.rondoml.api.History;
import org.rondoml.api.UsageException;
import org.rondoml.core.engine.Checkpoint;
import org.rondoml.core.engine.FitPlan;
import org.rondoml.core.engine.Trainer;
import org.rondoml.core.io.AtomicFile;
import org.rondoml.dsl.json.Json;

/**
 * A run: {@code model.yaml} (every default written out), {@code history.json} and {@code
 * history.csv}, {@code checkpoints/}, {@code log.txt}, {@code environment.json}, and {@code
 * data.json} where something was learned from the training data besides weights.
 */
public final class RunFolder {
  /** The folder below the current one where runs are put that are given no place of their own. */
  public static final Path RUNS = Path.of("runs");

  private static final String MODEL = "model.yaml";
  private static final String ENVIRONMENT = "environment.json";
  private static final String CHECKPOINTS = "checkpoints";
  private static final String LOG = "log.txt";
  private static final String DATA = "data.json";

  /** What the run itself writes, by its names in the folder. */
  private static final Set<String> OWN =
      Set.of(MODEL, ENVIRONMENT, CHECKPOINTS, LOG, DATA, HistoryFiles.JSON, HistoryFiles.CSV);

  /** The checkpoint before {@link Trainer#LAST}, should that be damaged. */
  private static final String PREVIOUS = "previous";

  private final Path path;

  private RunFolder(Path path) {
    this.path = path;
  }

  /** Whether a path is a run. */
  public static boolean isRun(Path path) {
    return Files.isRegularFile(path.resolve(MODEL)) && Files.isDirectory(path.resolve(CHECKPOINTS));
  }

  /**
   * A run that exists.
   *
   * @throws UsageException where there is none
   */
  public static RunFolder open(Path path) {
    if (!Files.exists(path)) {
      throw new UsageException(
          path + ": no such folder; expected a run, a folder that train writes");
    }
    if (!isRun(path)) {
      throw new UsageException(
          path + ": not a run: expected a folder with " + MODEL + " and " + CHECKPOINTS + "/");
    }
    return new RunFolder(path);
  }

  /**
   * Checks that a new run can take a path, before work is done that would be lost.
   *
   * @throws UsageException where the path is taken
   */
  public static void requireFree(Path path) {
    if (isRun(path)) {
      throw new UsageException(
          path
              + ": a run is there already; add --resume to go on with it, or name another folder"
              + " with -o");
    }
    try {
      if (Files.exists(path) && !isEmptyFolder(path)) {
        throw new UsageException(
            path + ": is there already and not empty; name another folder with -o");
      }
    } catch (IOException e) {
      throw new UsageException("cannot read the folder " + path + ": " + e.getMessage(), e);
    }
  }

  /**
   * A new run.
   *
   * @throws UsageException where the path is taken or can't be made
   */
  public static RunFolder create(Path path) {
    requireFree(path);
    try {
      Files.createDirectories(path.resolve(CHECKPOINTS));
    } catch (IOException e) {
      throw new UsageException("cannot make the folder " + path + ": " + e.getMessage(), e);
    }
    return new RunFolder(path);
  }

  private static boolean isEmptyFolder(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return false;
    }
    try (Stream<Path> files = Files.list(path)) {
      return files.findAny().isEmpty();
    }
  }

  /**
   * A path below a folder that is not taken: {@code runs/name}, else {@code runs/name-2} and so on.
   */
  public static Path unused(Path folder, String name) {
    Path path = folder.resolve(name);
    for (int number = 2; Files.exists(path); number++) {
      path = folder.resolve(name + "-" + number);
    }
    return path;
  }

  /** The newest of the runs that {@link #unused} has given a name. */
  public static Optional<Path> newest(Path folder, String name) {
    Path newest = null;
    Path path = folder.resolve(name);
    for (int number = 2; Files.exists(path); number++) {
      newest = path;
      path = folder.resolve(name + "-" + number);
    }
    return Optional.ofNullable(newest);
  }

  /** The folder. */
  public Path path() {
    return path;
  }

  /** The resolved model file. */
  public Path modelFile() {
    return path.resolve(MODEL);
  }

  /** The log. */
  public Path logFile() {
    return path.resolve(LOG);
  }

  /** Writes the resolved model file. */
  public void writeModel(String yaml) {
    write(modelFile(), yaml);
  }

  /** Writes where and with what the run is made. */
  public void writeEnvironment(Environment environment) {
    write(path.resolve(ENVIRONMENT), Json.text(environment) + "\n");
  }

  /**
   * Where and with what the run was made.
   *
   * @throws DataException where that is missing or damaged
   */
  public Environment environment() {
    Path file = path.resolve(ENVIRONMENT);
    try {
      return Json.read(Files.readAllBytes(file), Environment.class);
    } catch (IOException e) {
      throw new DataException(file + ": missing or damaged: " + firstLine(e), e);
    }
  }

  /** Writes what was learned from the training data; nothing where that is nothing. */
  public void writeData(DataState state) {
    if (state.holdsAnything()) {
      write(path.resolve(DATA), Json.text(state) + "\n");
    }
  }

  /**
   * What was learned from the training data; empty where that is nothing.
   *
   * @throws DataException where it is damaged
   */
  public Optional<DataState> data() {
    Path file = path.resolve(DATA);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.read(Files.readAllBytes(file), DataState.class));
    } catch (IOException e) {
      throw new DataException(file + ": damaged: " + firstLine(e), e);
    }
  }

  /**
   * What was logged so far.
   *
   * @throws DataException where the file is damaged
   */
  public History history() {
    try {
      return HistoryFiles.read(path);
    } catch (IOException e) {
      throw new DataException(path.resolve(HistoryFiles.JSON) + ": damaged: " + firstLine(e), e);
    }
  }

  private static String firstLine(IOException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private static void write(Path file, String text) {
    AtomicFile.write(file, target -> Files.writeString(target, text, StandardCharsets.UTF_8));
  }

  /**
   * Whether a relative path is that of a file, or below that of a folder, which the run itself
   * writes.
   */
  public static boolean isOwn(Path path) {
    String first = path.normalize().getName(0).toString();
    return OWN.stream().anyMatch(first::equalsIgnoreCase);
  }

  /**
   * Where a training of this run keeps its checkpoints. With {@link Trainer#LAST} the history is
   * written as well.
   *
   * @param weights writes the model's weights to a file
   */
  public Checkpoint.Store store(FitPlan plan, Consumer<Path> weights) {
    return new RunStore(plan, weights);
  }

  private final class RunStore implements Checkpoint.Store {
    private final FitPlan plan;
    private final Consumer<Path> weights;

    private RunStore(FitPlan plan, Consumer<Path> weights) {
      this.plan = plan;
      this.weights = weights;
    }

    @Override
    public void save(String name, Checkpoint checkpoint) {
      Path file = checkpointFile(name);
      boolean last = name.equals(Trainer.LAST);
      if (last && Files.exists(file)) {
        keepAsPrevious(file);
      }
      CheckpointFile.write(file, checkpoint);
      if (last) {
        HistoryFiles.write(path, checkpoint.history(), plan);
      }
    }

    @Override
    public void saveWeights(String file) {
      weights.accept(path.resolve(CHECKPOINTS).resolve(file));
    }

    @Override
    public Optional<Path> file(Path file) {
      return Optional.of(path.resolve(file));
    }
  }

  private void keepAsPrevious(Path last) {
    Path previous = checkpointFile(PREVIOUS);
    try {
      // Copied, not moved: at no moment is there no file named last.
      AtomicFile.write(
          previous, target -> Files.copy(last, target, StandardCopyOption.REPLACE_EXISTING));
    } catch (UsageException e) {
      throw new UsageException("cannot keep the checkpoint before the last: " + e.getMessage(), e);
    }
  }

  /**
   * A checkpoint.
   *
   * @param name {@link Trainer#LAST}, or one that a callback chose
   * @throws DataException where it is missing or damaged; then with one that can be read, if any
   */
  public Checkpoint checkpoint(String name) {
    Path file = checkpointFile(name);
    if (!Files.exists(file)) {
      throw new DataException(file + ": no such checkpoint" + others(name));
    }
    try {
      return CheckpointFile.read(file);
    } catch (DataException e) {
      throw new DataException(e.getMessage() + others(name), e);
    }
  }

  private String others(String name) {
    return readable(PREVIOUS, name)
        .or(() -> otherNames(name).flatMap(other -> readable(other, name).stream()).findFirst())
        .map(good -> "; " + good + " is whole: to use it, copy it to " + checkpointFile(name))
        .orElse("; there is no other checkpoint in this run");
  }

  private Stream<String> otherNames(String name) {
    try (Stream<Path> files = Files.list(path.resolve(CHECKPOINTS))) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(file -> file.endsWith(CheckpointFile.SUFFIX) && !file.startsWith("."))
          .map(file -> file.substring(0, file.length() - CheckpointFile.SUFFIX.length()))
          .filter(other -> !other.equals(name))
          .sorted()
          .toList()
          .stream();
    } catch (IOException e) {
      return Stream.empty();
    }
  }

  private Optional<Path> readable(String name, String not) {
    Path file = checkpointFile(name);
    if (name.equals(not) || !Files.exists(file)) {
      return Optional.empty();
    }
    try {
      CheckpointFile.read(file);
      return Optional.of(file);
    } catch (DataException e) {
      return Optional.empty();
    }
  }

  private Path checkpointFile(String name) {
    return path.resolve(CHECKPOINTS).resolve(name + CheckpointFile.SUFFIX);
  }
}
