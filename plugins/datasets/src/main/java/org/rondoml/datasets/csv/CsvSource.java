package org.rondoml.datasets.csv;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
import org.rondoml.datasets.TextFile;

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
 * The features are all columns but the target, {@code time}, {@code sample_weight} and those to
 * {@code exclude}; with a window, the target's own past is among them.
 *
 * <p>What a column holds is found from the first 1000 rows, and every cell of the file is checked:
 * numbers; {@code true} and {@code false}, which become 1 and 0; categories, words of which there
 * are few different ones, which become class numbers from 0 in sorted order, as {@code
 * sparse_categorical_crossentropy} expects them. As features, categories want {@code types: {city:
 * one_hot}}: their numbers have no order. Where training and validation data are two files, list
 * the words under {@code categories}, so that both number them alike.
 *
 * <p>One file serves both training and validation: by {@code fit.validation_split}, which takes the
 * last samples, so the past predicts the future; or where each source names its {@code subset} and
 * the same {@code validation_split}, by the names and with the meaning that they have in Keras'
 * {@code image_dataset_from_directory}. {@code shuffle: true} with a {@code seed} puts the rows in
 * an order of chance before, for files that are sorted by what is to be predicted.
 *
 * @see <a
 *     href="https://github.com/keras-team/keras/blob/master/keras/src/utils/timeseries_dataset_utils.py">Keras'
 *     timeseries_dataset_utils.py</a>
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
                  + " of the column (in the training part, where subset is set), takes its place in"
                  + " a feature; the value of the row before takes its place.")
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
      requireDifferent("target", target);
      requireDifferent("features", features);
      requireMarks(delimiter, quote, decimal, thousands);
      TextFile.requireEncoding(encoding);
      requireWindow(window, horizon, stride, target);
      requireSplit(subset, validationSplit, shuffle, seed, window);
      requireCategories(types, categories);
      requireRoles(target, features, exclude, time, sampleWeight, window, horizon);
    }

    private static void requireDifferent(String key, @Nullable List<String> names) {
      if (names == null) {
        return;
      }
      if (names.isEmpty()) {
        throw new ConfigException(key, "found an empty list; expected the name of a column");
      }
      if (names.stream().distinct().count() < names.size()) {
        throw new ConfigException(key, "names a column twice");
      }
    }

    private static void requireMarks(
        @Nullable String delimiter, String quote, String decimal, @Nullable String thousands) {
      if (delimiter != null
          && !delimiter.equals("tab")
          && (delimiter.length() != 1 || " \r\n\"".contains(delimiter))) {
        throw new ConfigException(
            "delimiter", "found " + shown(delimiter) + ", expected one character, or tab");
      }
      if (quote.length() != 1 || quote.isBlank() || quote.equals(delimiter)) {
        throw new ConfigException(
            "quote", "found " + shown(quote) + ", expected one character, not the delimiter");
      }
      if (!decimal.equals(".") && !decimal.equals(",")) {
        throw new ConfigException("decimal", "found " + shown(decimal) + ", expected '.' or ','");
      }
      if (decimal.equals(delimiter)) {
        throw new ConfigException(
            "decimal", "is the delimiter, too; expected that they are different");
      }
      if (thousands != null && (thousands.length() != 1 || thousands.equals(decimal))) {
        throw new ConfigException(
            "thousands",
            "found " + shown(thousands) + ", expected one character, not the decimal mark");
      }
    }

    private static String shown(String text) {
      return "'" + text.replace("\n", "\\n").replace("\r", "\\r") + "'";
    }

    private static void requireWindow(
        @Nullable Integer window,
        @Nullable Integer horizon,
        @Nullable Integer stride,
        @Nullable List<String> target) {
      if (window == null && (horizon != null || stride != null)) {
        throw new ConfigException(
            horizon != null ? "horizon" : "stride",
            "is for time series; expected window: the number of rows of a sample");
      }
      if (horizon != null && target == null) {
        throw new ConfigException("horizon", "is where the target is; expected a target");
      }
    }

    private static void requireSplit(
        @Nullable Subset subset,
        @Nullable Double split,
        boolean shuffle,
        @Nullable Long seed,
        @Nullable Integer window) {
      Subset.requireWithShare(subset, split);
      if (shuffle && window != null) {
        throw new ConfigException(
            "shuffle",
            "would let the model see the future of its validation data; a time series is split in"
                + " order: leave it out");
      }
      if (shuffle != (seed != null)) {
        throw new ConfigException(
            shuffle ? "shuffle" : "seed",
            shuffle
                ? "needs a seed, such as seed: 42, the same for both parts of a file"
                : "is for shuffle: true only; leave it out");
      }
    }

    private static void requireCategories(
        Map<String, ColumnType> types, Map<String, List<String>> categories) {
      categories.forEach(
          (name, words) -> {
            if (words.isEmpty() || words.stream().distinct().count() < words.size()) {
              throw new ConfigException(
                  "categories",
                  "'" + name + "' needs a list of words that are different from each other");
            }
            ColumnType type = types.get(name);
            if (type != null && !type.hasClasses()) {
              throw new ConfigException(
                  "categories",
                  "'" + name + "' is of another type under types; expected category or one_hot");
            }
          });
    }

    private static void requireRoles(
        @Nullable List<String> target,
        @Nullable List<String> features,
        List<String> exclude,
        @Nullable String time,
        @Nullable String sampleWeight,
        @Nullable Integer window,
        @Nullable Integer horizon) {
      if (features != null && !exclude.isEmpty()) {
        throw new ConfigException(
            "exclude", "is for when features are not listed; leave out one of the two");
      }
      boolean past = window != null && (horizon == null || horizon > 0);
      List<String> others = new ArrayList<>();
      if (time != null) {
        others.add(time);
      }
      if (sampleWeight != null) {
        others.add(sampleWeight);
      }
      if (target != null) {
        for (String name : target) {
          if (others.contains(name) || exclude.contains(name)) {
            throw new ConfigException("target", "'" + name + "' has another use below");
          }
        }
        if (!past) {
          others.addAll(target);
        }
      }
      if (features != null) {
        for (String name : features) {
          if (others.contains(name)) {
            throw new ConfigException(
                "features",
                target != null && target.contains(name)
                    ? "'" + name + "' is the target, which the model is to find out; leave it out"
                    : "'" + name + "' has another use; leave it out");
          }
        }
      }
    }

    /** Whether the targets of earlier rows are features unless something else is said. */
    boolean knowsPastTargets() {
      return window != null && horizonOrDefault() > 0;
    }

    int horizonOrDefault() {
      return horizon == null ? 1 : horizon;
    }

    int strideOrDefault() {
      return stride == null ? 1 : stride;
    }

    @Nullable Character delimiterMark() {
      if (delimiter == null) {
        return null;
      }
      return delimiter.equals("tab") ? '\t' : delimiter.charAt(0);
    }

    char quoteMark() {
      return quote.charAt(0);
    }

    char decimalMark() {
      return decimal.charAt(0);
    }

    @Nullable Character thousandsMark() {
      return thousands == null ? null : thousands.charAt(0);
    }

    Charset charset() {
      return Charset.forName(encoding.toLowerCase(Locale.ROOT));
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
  public Dataset load(Path directory) {
    Path file = directory.resolve(config.path());
    CsvTable.Content table = new CsvTable(file, config).read(predicting, known);
    return new SampleArrays(config, table, file).dataset();
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
    public Optional<TableDescription> describe(Path file) {
      String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
      return name.matches(".*\\.(csv|tsv|tab|txt)(\\.gz)?")
          ? Optional.of(new CsvDescription(file).read())
          : Optional.empty();
    }
  }
}
