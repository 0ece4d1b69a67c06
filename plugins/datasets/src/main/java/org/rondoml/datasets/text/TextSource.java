package org.rondoml.datasets.text;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.DataException;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.ConfigException;
import org.rondoml.core.spi.DataSource;
import org.rondoml.core.spi.Dataset;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.Tokenizer;
import org.rondoml.datasets.Subset;
import org.rondoml.datasets.TextFile;

/**
 * A text, of which a model learns to tell what comes next: cut into tokens, characters or words,
 * which become numbers, and the numbers into windows. Plain or gzipped; the line ends of Windows
 * are read as those of Unix.
 *
 * <pre>
 * x[i] = tokens i·stride ... i·stride + sequence_length - 1            (sequence_length)
 * y[i] = the token after each of them, targets: every_step             (sequence_length)
 *        the token after the last of them, targets: last_step          ()
 * </pre>
 *
 * The model begins with {@code Input: {shape: [sequence_length]}} and an {@code Embedding}. For
 * {@code every_step} its layers return sequences, and none of them may look ahead, as {@code
 * Bidirectional} does: it would read the answer. It ends with a {@code Dense} layer of a unit for
 * each token; the loss is {@code sparse_categorical_crossentropy}. Then {@code rondo generate}
 * continues texts.
 *
 * <p>Tokens have the numbers that Keras' {@code TextVectorization} gives them: 0 is for padding, 1
 * for tokens that are not in the vocabulary, {@code [UNK]}, and the others follow, the most
 * frequent first. So {@code input_dim} and the units of the last layer are the number of different
 * tokens plus 2; {@code rondo check --data} tells it. As in {@code TextVectorization}, {@code
 * lower} knows the letters A to Z alone.
 *
 * <p>Where {@code max_tokens} or a listed {@code vocabulary} leaves tokens out, the unknown ones
 * are targets like any other, and often the most frequent; {@code SparseCategoricalCrossentropy:
 * {ignore_class: 1}} leaves them out of the loss. {@code rondo generate} never writes them.
 *
 * <p>The vocabulary is that of the training data, and is kept with the run: validation data,
 * another file or a part of the same, is read with it, whatever {@code max_tokens} says there. One
 * file serves both where each source names its {@code subset} and the same {@code
 * validation_split}: the vocabulary is learned from the training part, and no window reaches from
 * one part into the other. ({@code fit.validation_split} takes the last windows instead, whose
 * tokens the vocabulary has seen, and the training windows too where windows overlap.)
 *
 * @see <a
 *     href="https://github.com/keras-team/keras/blob/master/keras/src/layers/preprocessing/text_vectorization.py">Keras'
 *     text_vectorization.py</a>
 * @see <a
 *     href="https://github.com/keras-team/keras/blob/master/keras/src/utils/timeseries_dataset_utils.py">Keras'
 *     timeseries_dataset_utils.py</a>
 */
public final class TextSource implements DataSource {
  /** What the vocabulary is called among the classes of the data. */
  private static final String TOKEN = "token";

  private final Config config;
  private final @Nullable Vocabulary known;

  /**
   * The keys.
   *
   * @param path the file
   * @param split what a token is
   * @param standardize what is done to the text before
   * @param maxTokens how large the vocabulary is at most
   * @param vocabulary the tokens that have numbers
   * @param sequenceLength tokens of a window
   * @param sequenceStride tokens from a window to the next
   * @param targets what is to be predicted
   * @param subset the part of the file to use
   * @param validationSplit the share of the validation part
   * @param encoding the file's encoding
   */
  @Example("text: {path: novel.txt, sequence_length: 100}")
  @Description("A text, cut into tokens and windows, to predict what comes next.")
  public record Config(
      @Description("The file.") Path path,
      @Default("character")
          @Description("What a token is: a character, or what stands between white space.")
          Split split,
      @Description(
              "What is done to the text before: letters made small, punctuation left out, or both;"
                  + " nothing when absent.")
          @Nullable Standardization standardize,
      @Min(3)
          @Description(
              "How many tokens the vocabulary has at most, with the two for padding and unknown"
                  + " tokens: the most frequent ones; all when absent.")
          @Nullable Integer maxTokens,
      @Description(
              "The tokens that have numbers, from 2 on; when absent, those of the training data.")
          @Nullable List<String> vocabulary,
      @Positive @Default("100") @Description("How many tokens are a window.") int sequenceLength,
      @Positive
          @Description(
              "How many tokens after a window the next begins; when absent, such that each token is"
                  + " predicted once: sequence_length for every_step, 1 for last_step.")
          @Nullable Integer sequenceStride,
      @Default("every_step")
          @Description(
              "What is to be predicted from a window: the token after each of its tokens, or the"
                  + " token after its last.")
          Targets targets,
      @Description("The part of the file to use; all of it when absent.") @Nullable Subset subset,
      @DecimalMin(value = "0", inclusive = false)
          @DecimalMax(value = "1", inclusive = false)
          @Description("The share of the tokens, from their end, that is the validation part.")
          @Nullable Double validationSplit,
      @Default("utf-8") @Description("The encoding of the file, such as windows-1252.")
          String encoding) {
    /**
     * Copies the list.
     *
     * @throws ConfigException where keys contradict each other
     */
    public Config {
      vocabulary = vocabulary == null ? null : withoutReserved(vocabulary);
      TextFile.requireEncoding(encoding);
      Subset.requireWithShare(subset, validationSplit);
      if (vocabulary != null) {
        if (maxTokens != null) {
          throw new ConfigException(
              "max_tokens", "is for a vocabulary that is learned; leave out one of the two");
        }
        requireTokens(vocabulary, split, standardize);
      }
    }

    /** Keras' get_vocabulary tells the two that stand for no text, too. */
    private static List<String> withoutReserved(List<String> vocabulary) {
      int reserved = Vocabulary.RESERVED.size();
      boolean given =
          vocabulary.size() >= reserved
              && vocabulary.subList(0, reserved).equals(Vocabulary.RESERVED);
      return List.copyOf(given ? vocabulary.subList(reserved, vocabulary.size()) : vocabulary);
    }

    private static void requireTokens(
        List<String> vocabulary, Split split, @Nullable Standardization standardize) {
      if (vocabulary.isEmpty()) {
        throw new ConfigException("vocabulary", "found an empty list; expected tokens");
      }
      Set<String> seen = new HashSet<>();
      for (String token : vocabulary) {
        String mistake = null;
        if (Vocabulary.RESERVED.contains(token)) {
          mistake = "stands for no text; leave it out, it is there anyway";
        } else if (!split.isToken(token)) {
          mistake =
              split == Split.CHARACTER
                  ? "has several characters, but split: character makes each a token"
                  : "has white space in it, which split: whitespace parts";
        } else if (standardize != null && !standardize.of(token).equals(token)) {
          mistake = "never comes, as standardize makes '" + standardize.of(token) + "' of it";
        } else if (!seen.add(token)) {
          mistake = "is there twice";
        }
        if (mistake != null) {
          throw new ConfigException("vocabulary", "'" + shown(token) + "' " + mistake);
        }
      }
    }

    private Windows windows() {
      Integer stride = sequenceStride;
      int otherwise = targets == Targets.EVERY_STEP ? sequenceLength : 1;
      return new Windows(sequenceLength, stride == null ? otherwise : stride, targets);
    }

    private TokenSequence tokens(String text) {
      String unix = text.replace("\r\n", "\n");
      return TokenSequence.of(split.tokens(standardize == null ? unix : standardize.of(unix)));
    }
  }

  /** A source with these keys. */
  public TextSource(Config config) {
    this(config, config.vocabulary() == null ? null : Vocabulary.listed(config.vocabulary()));
  }

  private TextSource(Config config, @Nullable Vocabulary known) {
    this.config = config;
    this.known = known;
  }

  @Override
  public List<Path> files() {
    return List.of(config.path());
  }

  @Override
  public DataSource numberedAs(Supplier<Map<String, List<String>>> training) {
    List<String> tokens = training.get().get(TOKEN);
    if (tokens == null) {
      return this;
    }
    if (known != null && !known.tokens().equals(tokens)) {
      throw new DataException(
          config.path()
              + ": vocabulary lists "
              + known.tokens().size()
              + " tokens, counting the two for padding and unknown ones, which are not the "
              + tokens.size()
              + " of the training data, so their numbers differ: leave it out here");
    }
    return new TextSource(config, Vocabulary.of(tokens));
  }

  @Override
  public Optional<Tokenizer> tokenizer(Supplier<Map<String, List<String>>> training) {
    List<String> tokens = known != null ? known.tokens() : training.get().get(TOKEN);
    return tokens == null ? Optional.empty() : Optional.of(new TextTokenizer(config, tokens));
  }

  @Override
  public Dataset load(Path directory) {
    Path file = directory.resolve(config.path());
    String content = new TextFile(file, Charset.forName(config.encoding())).readAll();
    TokenSequence text = config.tokens(content);
    if (text.size() == 0) {
      throw new DataException(file + ": has no tokens in it; expected text");
    }
    Double share = config.validationSplit();
    int training = share == null ? text.size() : Subset.trainingCount(text.size(), share);
    Vocabulary vocabulary =
        known != null ? known : Vocabulary.learned(text, training, config.maxTokens());
    int[] all = vocabulary.numbersOf(text);
    int[] part =
        config.subset() == Subset.VALIDATION
            ? Arrays.copyOfRange(all, training, all.length)
            : Arrays.copyOf(all, training);
    Windows windows = config.windows();
    requireWindow(part.length, text.size(), windows, file);
    long unknown = requireKnown(part, text, file);
    String where = file.toString();
    return new Dataset(
        Map.of("x", windows.inputs(part, where)),
        List.of(windows.targets(part, where)),
        null,
        where,
        Map.of(TOKEN, vocabulary.tokens()),
        List.of(
            String.format(
                Locale.ROOT,
                "%,d tokens, %,d of them unknown; a vocabulary of %,d",
                part.length,
                unknown,
                vocabulary.tokens().size())));
  }

  private void requireWindow(int tokens, int all, Windows windows, Path file) {
    if (tokens >= windows.needed()) {
      return;
    }
    Subset subset = config.subset();
    throw new DataException(
        String.format(
            Locale.ROOT,
            "%s: %,d %s%s, expected at least %,d: a window of %,d and the token after it; choose a"
                + " smaller sequence_length",
            file,
            tokens,
            tokens == 1 ? "token" : "tokens",
            subset == null
                ? ""
                : String.format(
                    Locale.ROOT,
                    " in the %s part, by validation_split %s of %,d",
                    subset == Subset.TRAINING ? "training" : "validation",
                    config.validationSplit(),
                    all),
            windows.needed(),
            windows.length()));
  }

  /** How many tokens are unknown; all of them are a mistake. */
  private static long requireKnown(int[] numbers, TokenSequence text, Path file) {
    long unknown = Arrays.stream(numbers).filter(Vocabulary::isUnknown).count();
    if (unknown == numbers.length) {
      throw new DataException(
          file
              + ": none of its tokens is in the vocabulary; found '"
              + String.join(
                  "', '", text.different().stream().limit(5).map(TextSource::shown).toList())
              + "': see split, standardize and vocabulary, which must be as in the training data");
    }
    return unknown;
  }

  private static String shown(String token) {
    return token.replace("\n", "\\n").replace("\t", "\\t");
  }

  /** How a source reads text. */
  private record TextTokenizer(Config config, List<String> vocabulary) implements Tokenizer {
    @Override
    public int reserved() {
      return Vocabulary.RESERVED.size();
    }

    @Override
    public int padding() {
      return Vocabulary.RESERVED.indexOf(Vocabulary.PADDING);
    }

    @Override
    public List<String> split(String text) {
      return config.tokens(text).tokens();
    }

    @Override
    public String separator() {
      return config.split().separator();
    }
  }

  /** Brings the source. */
  public static final class Provider implements DataSource.Provider<Config> {
    /** For {@link java.util.ServiceLoader}. */
    public Provider() {}

    @Override
    public String id() {
      return "text";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public DataSource create(Config config, Semantics semantics) {
      return new TextSource(config);
    }
  }
}
