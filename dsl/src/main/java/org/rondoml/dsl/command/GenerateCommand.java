package org.rondoml.dsl.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.ExitStatus;
import org.rondoml.api.UsageException;
import org.rondoml.core.engine.Predictor;
import org.rondoml.core.graph.Graph;
import org.rondoml.core.random.RandomStream;
import org.rondoml.core.spi.Tokenizer;
import org.rondoml.dsl.generate.LanguageModel;
import org.rondoml.dsl.generate.Prompts;
import org.rondoml.dsl.generate.TokenChoice;
import org.rondoml.dsl.json.Json;
import org.rondoml.dsl.run.Experiment;
import org.rondoml.dsl.run.SampleLoader;
import org.rondoml.dsl.specification.Compilation;
import org.rondoml.dsl.specification.Specification;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rondo generate}. */
@Command(
    name = "generate",
    description = "Continues a text with a model that was trained on text.",
    mixinStandardHelpOptions = true)
final class GenerateCommand implements Callable<Integer> {
  private static final String LINE_END = "\n";

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private TrainedModelOptions model = new TrainedModelOptions();

  @Option(
      names = "--prompt",
      paramLabel = "TEXT",
      description =
          "The text to continue. When absent, the text begins as a line does, or where tokens are"
              + " words, with one that is drawn.")
  private @Nullable String prompt;

  @Option(
      names = "--length",
      paramLabel = "N",
      description = "How many tokens to write: ${DEFAULT-VALUE} when absent.")
  private int length = 200;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      description =
          "1, the default, draws each token by the model's probabilities; less, such as 0.5, keeps"
              + " more to what is likely, and 0 always takes the likeliest.")
  private double temperature = 1;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The same seed writes the same text; drawn and told when absent.")
  private @Nullable Long seed;

  @Option(names = "--format", description = "Form of the result: ${COMPLETION-CANDIDATES}.")
  private OutputFormat format = OutputFormat.TEXT;

  /**
   * What there is to tell.
   *
   * @param prompt what was given, or drawn
   * @param text what comes after it
   * @param temperature how boldly it was drawn
   * @param seed what it was drawn by; null where nothing was drawn
   */
  private record Report(
      String prompt,
      String text,
      double temperature,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long seed) {}

  @Override
  public Integer call() {
    if (length < 1) {
      throw new UsageException("--length: found " + length + ", expected at least 1");
    }
    if (!(temperature >= 0 && temperature < Double.POSITIVE_INFINITY)) {
      throw new UsageException(
          "--temperature: found " + temperature + ", expected a number of at least 0");
    }
    try (Experiment experiment = model.openForSingleSamples(spec.commandLine().getErr())) {
      Tokenizer tokenizer = tokenizer(experiment);
      generate(languageModel(experiment, tokenizer), tokenizer);
    }
    return ExitStatus.DONE.code();
  }

  private static Tokenizer tokenizer(Experiment experiment) {
    Specification specification = experiment.get(Specification.class);
    if (specification.data() != null) {
      Optional<Tokenizer> tokenizer = experiment.get(SampleLoader.class).tokenizer();
      if (tokenizer.isPresent()) {
        return tokenizer.get();
      }
    }
    throw new UsageException(
        specification.file()
            + ": is no model of text: its data.train reads none; expected a source that does, such as"
            + " text");
  }

  private static LanguageModel languageModel(Experiment experiment, Tokenizer tokenizer) {
    Compilation compilation = experiment.get(Specification.class).compilation();
    boolean logits =
        compilation != null
            && compilation.objective().outputs().stream()
                .allMatch(o -> o.loss().takesClassLogits());
    return new LanguageModel(
        experiment.get(Graph.class),
        experiment.get(Predictor.class),
        experiment.get(SampleLoader.class),
        tokenizer,
        logits);
  }

  private void generate(LanguageModel languageModel, Tokenizer tokenizer) {
    Prompts prompts = new Prompts(tokenizer);
    String given = prompt;
    boolean beginsLine = given == null && prompts.knows(LINE_END);
    boolean draws = temperature > 0 || (given == null && !beginsLine);
    Long chosen = seed == null && draws ? Long.valueOf(drawnSeed()) : seed;
    RandomStream random = RandomStream.of(chosen == null ? 0 : chosen).derive("generate");
    String start = beginsLine ? LINE_END : given != null ? given : prompts.drawn(random);
    int[] text = prompts.numbers(start);
    languageModel.require(text);
    if (chosen != null && seed == null) {
      PrintWriter err = spec.commandLine().getErr();
      err.println("seed " + chosen + "; --seed writes the same text again");
    }
    // A line end that nobody asked for begins the text, but isn't shown.
    write(languageModel, tokenizer, text, beginsLine ? "" : start, chosen, random);
  }

  private static long drawnSeed() {
    return ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE);
  }

  private void write(
      LanguageModel languageModel,
      Tokenizer tokenizer,
      int[] start,
      String shown,
      @Nullable Long chosen,
      RandomStream random) {
    List<String> vocabulary = tokenizer.vocabulary();
    TokenChoice choice =
        new TokenChoice(temperature, random, tokenizer.reserved(), vocabulary.size());
    PrintWriter out = spec.commandLine().getOut();
    boolean streams = format == OutputFormat.TEXT;
    StringBuilder written = new StringBuilder();
    int[] text = Arrays.copyOf(start, start.length + length);
    if (streams) {
      out.print(shown);
    }
    for (int i = 0; i < length; i++) {
      if (streams && out.checkError()) { // flushes, and tells whether anyone still reads
        return;
      }
      int end = start.length + i;
      text[end] = choice.of(languageModel.next(text, end));
      String piece = separator(tokenizer, shown, written) + vocabulary.get(text[end]);
      written.append(piece);
      if (streams) {
        out.print(piece);
      }
    }
    out.println(
        streams ? "" : Json.text(new Report(shown, written.toString(), temperature, chosen)));
  }

  /** What stands between what is there and the next token. */
  private static String separator(Tokenizer tokenizer, String shown, CharSequence written) {
    CharSequence before = written.isEmpty() ? shown : written;
    boolean open = before.isEmpty() || Character.isWhitespace(before.charAt(before.length() - 1));
    return open ? "" : tokenizer.separator();
  }
}
