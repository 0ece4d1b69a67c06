package org.rondoml.datasets.csv;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.ConfigException;
import org.rondoml.core.spi.DataSource;
import org.rondoml.core.spi.Dataset;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.TableDescription;
import org.rondoml.datasets.Subset;

/**
 * A table as text: comma-separated values, or with semicolons, tabs or bars; quoted cells, with
 * line ends in them; Unix and Windows line ends; plain or gzipped.
 *
 * <p>Without {@code window} a row is a sample: {@code x} has the shape (rows, features), {@code y}
 * the shape (rows, targets). With {@code window: N} the rows are a time series, and a sample is N
 * rows one after another, the target being that of the row {@code horizon} after the last of them:
 *
 * <pre>
 * x[i] = features of the rows i·stride ... i·stride + window - 1        (window, features)
 * y[i] = targets of the row i·stride + window - 1 + horizon             (targets)
 * </pre>
 *
 * With {@code sequence: COLUMN} rows one after another with the same in that column are a sample: a
 * sentence, a tune, an utterance. All samples get {@code maxlen} steps, by the keys and defaults of
 * Keras' {@code pad_sequences}: shorter sequences have steps put before them ({@code padding: post}
 * after them) whose features are all {@code value}; longer ones lose their first ({@code
 * truncating: post} their last) steps:
 *
 * <pre>
 * x[i] = features of the rows of sequence i                             (maxlen, features)
 * y[i] = targets of the rows, with target_per: step                     (maxlen, targets)
 * y[i] = the target that all rows have, with target_per: sequence       (targets)
 * </pre>
 *
 * Steps put there count in no loss and no metric, transforms leave them alone, and {@code rondo
 * predict} leaves them out. Layers know them by their value: begin the model with {@code Masking},
 * whose {@code mask_value} is that value, so that a recurrent layer passes over them. A step of the
 * data that looks the same is an error. Without {@code maxlen} sequences get as many steps as the
 * model's {@code Input} has, and a longer one is an error; without a model, as many as the longest
 * has.
 *
 * <p>The features are all columns but the target, {@code time}, {@code sample_weight}, {@code
 * sequence} and those to {@code exclude}; with a window, the target's own past is among them.
 *
 * <p>What a column holds is found from the first 1000 rows, and every cell of the file is checked:
 * numbers; {@code true} and {@code false}, which become 1 and 0; categories, words of which there
 * are few different ones, which become class numbers from 0 in sorted order, as {@code
 * sparse_categorical_crossentropy} expects them. As features, categories want {@code types: {city:
 * one_hot}}: their numbers have no order. Where training and validation data are two files, the
 * words are those of the training data, and any other is an error; {@code categories} lists them
 * where it hasn't got them all.
 *
 * <p>One file serves both training and validation: by {@code fit.validation_split}, which takes the
 * last samples, so the past predicts the future; or where each source names its {@code subset} and
 * the same {@code validation_split}, by the names and with the meaning that they have in Keras'
 * {@code image_dataset_from_directory}. {@code shuffle: true} with a {@code seed} puts the rows in
 * an order of chance before, for files that are sorted by what is to be predicted. Sequences are
 * split, and put in order, as a whole.
 *
 * @see <a
 *     href="https://github.com/keras-team/keras/blob/master/keras/src/utils/timeseries_dataset_utils.py">Keras'
 *     timeseries_dataset_utils.py</a>
 * @see <a
 *     href="https://github.com/keras-team/keras/blob/master/keras/src/utils/sequence_utils.py">Keras'
 *     sequence_utils.py</a>
 */
public final class CsvSource implements DataSource {
  private final Config config;
  private final boolean predicting;
  private final Map<String, List<String>> known;

  /**
   * The keys.
   *
   * @param path the file
   * @param target the columns to predict
   * @param features the columns to predict from
   * @param exclude columns that are no features
   * @param time the column that the rows are in the order of
   * @param sampleWeight the column of the samples' weights
   * @param window rows of a sample
   * @param horizon rows from the window's last to the target's
   * @param stride rows from one window to the next
   * @param sequence the column that tells sequences apart
   * @param targetPer what has a target
   * @param maxlen steps of a sequence's sample
   * @param padding where steps are put
   * @param truncating where steps are taken away
   * @param value what the features of those are that are put there
   * @param subset the part of the file to use
   * @param validationSplit the share of the validation part
   * @param shuffle whether rows come in an order of chance
   * @param seed the seed of that order
   * @param delimiter what stands between cells
   * @param header whether the first row has the names
   * @param quote what stands around cells
   * @param decimal the decimal mark
   * @param thousands what groups digits
   * @param encoding the file's encoding
   * @param missing what is done about missing values
   * @param missingValues what counts as missing
   * @param types what columns hold
   * @param categories the words of categories
   */
  @Example("csv: {path: prices.csv, target: price, time: day, window: 30}")
  @Description("A table of comma-separated values, one row a sample or a step of a time series.")
  public record Config(
      @Description("The file.") Path path,
      @Description(
              "The column to predict, or a list of columns of numbers; none for data to predict"
                  + " from.")
          @Nullable List<String> target,
      @Description("The columns to predict from; all others when absent.")
          @Nullable List<String> features,
      @Default("[]") @Description("Columns to leave out, such as names and keys.")
          List<String> exclude,
      @Description(
              "The column of dates or numbers that the rows are in the order of, which is checked;"
                  + " it is no feature.")
          @Nullable String time,
      @Description("The column of the samples' weights; weights of 1 when absent.")
          @Nullable String sampleWeight,
      @Positive
          @Description("How many rows one after another are a sample; when absent, a row is one.")
          @Nullable Integer window,
      @PositiveOrZero
          @Description("How many rows after the window's last the target is; 1 when absent.")
          @Nullable Integer horizon,
      @Positive @Description("How many rows after a window the next begins; 1 when absent.")
          @Nullable Integer stride,
      @Description(
              "The column by which rows are sequences: rows one after another with the same in it are"
                  + " one sample; it is no feature.")
          @Nullable String sequence,
      @Description(
              "Whether each step of a sequence has a target, or each sequence; step when absent.")
          @Nullable TargetPer targetPer,
      @Positive
          @Description(
              "How many steps the sample of a sequence has; when absent, as many as the model's Input,"
                  + " or else the longest sequence.")
          @Nullable Integer maxlen,
      @Description("Where steps are put to make a sequence as long as that; pre when absent.")
          @Nullable Side padding,
      @Description("Where steps are taken away to make it as short as that; pre when absent.")
          @Nullable Side truncating,
      @Description("What all features of the steps put there are; 0 when absent.")
          @Nullable Double value,
      @Description("The part of the file to use; all of it when absent.") @Nullable Subset subset,
      @DecimalMin(value = "0", inclusive = false)
          @DecimalMax(value = "1", inclusive = false)
          @Description("The share of the rows, from their end, that is the validation part.")
          @Nullable Double validationSplit,
      @Default("false")
          @Description(
              "Whether rows come in an order of chance, before the parts are taken;"
                  + " fit.shuffle is another, the order of training.")
          boolean shuffle,
      @Description("The seed of that order, the same for both parts.") @Nullable Long seed,
      @Description(
              "What stands between cells: one character, or tab; when absent, that of , ; tab and |"
                  + " which the first rows have.")
          @Nullable String delimiter,
      @Default("true")
          @Description(
              "Whether the first row has the names of the columns; else they are called 1, 2, ...")
          boolean header,
      @Default("'\"'") @Description("What stands around a cell with delimiters or line ends in it.")
          String quote,
      @Default("'.'") @Description("The decimal mark.") String decimal,
      @Description("What stands between groups of digits, as in 1,000; nothing when absent.")
          @Nullable String thousands,
      @Default("utf-8") @Description("The encoding of the file, such as windows-1252.")
          String encoding,
      @Default("error")
          @Description(
              "What is done about a missing value: an error; its row is left out; zero, or the mean"
                  + " of the column in the training part, takes its place in a feature; the value of"
                  + " the row before, of the same sequence, takes its place.")
          MissingPolicy missing,
      @Default("['', NA, N/A, NaN, nan, 'null', 'NULL', None, '?']")
          @Description("What counts as a missing value.")
          List<String> missingValues,
      @Default("{}")
          @Description("What columns hold, by name, where that is not what their cells look like.")
          Map<String, ColumnType> types,
      @Default("{}")
          @Description(
              "The words of categories, by the column's name, in the order of their numbers; any"
                  + " other word is an error then.")
          Map<String, List<String>> categories) {
    /**
     * Copies the lists.
     *
     * @throws ConfigException where keys contradict each other
     */
    public Config {
      target = target == null ? null : List.copyOf(target);
      features = features == null ? null : List.copyOf(features);
      exclude = List.copyOf(exclude);
      missingValues = List.copyOf(missingValues);
      types = Map.copyOf(types);
      categories = Map.copyOf(categories);
      ColumnKeys columns =
          new ColumnKeys(
              target,
              features,
              exclude,
              ColumnKeys.named(time, sampleWeight, sequence),
              types,
              categories);
      WindowKeys windows = new WindowKeys(window, horizon, stride);
      columns.checkLists();
      new NotationKeys(delimiter, quote, decimal, thousands, encoding).check();
      windows.check(target != null);
      new SequenceKeys(sequence, targetPer, maxlen, padding, truncating, value)
          .check(windows, target != null);
      new SplitKeys(subset, validationSplit, shuffle, seed).check(window != null);
      columns.checkCategories();
      columns.checkUses(windows.knowsPastTargets());
    }

    NotationKeys notation() {
      return new NotationKeys(delimiter, quote, decimal, thousands, encoding);
    }

    WindowKeys windows() {
      return new WindowKeys(window, horizon, stride);
    }

    SequenceKeys sequences() {
      return new SequenceKeys(sequence, targetPer, maxlen, padding, truncating, value);
    }

    SplitKeys split() {
      return new SplitKeys(subset, validationSplit, shuffle, seed);
    }

    /** These keys for all rows of another file. */
    private Config of(Path file) {
      return new Config(
          file,
          target,
          features,
          exclude,
          time,
          null,
          window,
          horizon,
          stride,
          sequence,
          targetPer,
          maxlen,
          padding,
          truncating,
          value,
          null,
          null,
          false,
          null,
          delimiter,
          header,
          quote,
          decimal,
          thousands,
          encoding,
          missing,
          missingValues,
          types,
          categories);
    }
  }

  /** The keys. */
  Config config() {
    return config;
  }

  /** A source with these keys. */
  public CsvSource(Config config) {
    this(config, false, Map.of());
  }

  private CsvSource(Config config, boolean predicting, Map<String, List<String>> known) {
    this.config = config;
    this.predicting = predicting;
    this.known = new LinkedHashMap<>(known);
  }

  @Override
  public List<Path> files() {
    return List.of(config.path());
  }

  @Override
  public List<String> targetNames() {
    return config.target() == null ? List.of() : config.target();
  }

  @Override
  public Dataset load(Path directory) {
    return load(directory, new Purpose(List.of(), 0));
  }

  @Override
  public Dataset load(Path directory, Purpose purpose) {
    Path file = directory.resolve(config.path());
    CsvTable.Content table = new CsvTable(file, config).read(predicting, known);
    return table.sequences() == null
        ? new SampleArrays(config, table, file, purpose).dataset()
        : new SequenceArrays(config, table, file, purpose, predicting).dataset();
  }

  @Override
  public DataSource numberedAs(Supplier<Map<String, List<String>>> training) {
    return new CsvSource(config, predicting, training.get());
  }

  @Override
  public Optional<DataSource> toPredict(Path file, Map<String, List<String>> classes) {
    return Optional.of(new CsvSource(config.of(file), true, classes));
  }

  /** Brings the source. */
  public static final class Provider implements DataSource.Provider<Config> {
    /** For {@link java.util.ServiceLoader}. */
    public Provider() {}

    @Override
    public String id() {
      return "csv";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public DataSource create(Config config, Semantics semantics) {
      return new CsvSource(config);
    }

    @Override
    public Optional<TableDescription> describe(Path file, @Nullable String sequence) {
      String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
      return name.matches(".*\\.(csv|tsv|tab|txt)(\\.gz)?")
          ? Optional.of(new CsvDescription(file, sequence).read())
          : Optional.empty();
    }
  }
}
