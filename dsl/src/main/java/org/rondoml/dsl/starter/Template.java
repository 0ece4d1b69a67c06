package org.rondoml.dsl.starter;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.UsageException;
import org.rondoml.core.config.NearMiss;

/** A model file that trains as it is, with the data that it needs. */
public enum Template {
  /** Tells handwritten digits apart; its data comes with Rondo. */
  CLASSIFIER(null),
  /** Forecasts a time series; its data is written beside it. */
  FORECASTER("co2-weekly.csv"),
  /** Labels the steps of sequences; its data is written beside it. */
  LABELLER("scale-degrees.csv"),
  /** Writes English letter by letter; its novel is written beside it. */
  LETTERS("pride-and-prejudice.txt"),
  /** Writes melodies note by note; its tunes are written beside it. */
  GENERATOR("melodies.txt");

  private final @Nullable String dataFile;

  Template(@Nullable String dataFile) {
    this.dataFile = dataFile;
  }

  /** The name on the command line, {@code classifier}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The names of all. */
  public static List<String> names() {
    return Arrays.stream(values()).map(Template::toString).toList();
  }

  /**
   * The template of a name.
   *
   * @throws UsageException where there is none
   */
  public static Template of(String name) {
    return Arrays.stream(values())
        .filter(template -> template.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    "--template: found "
                        + name
                        + ", expected one of "
                        + String.join(", ", names())
                        + NearMiss.suggestion(name, names())));
  }

  /** The model file. */
  public String text() {
    return new String(bytes(this + ".yaml"), StandardCharsets.UTF_8);
  }

  /** The name of the file that the model file reads, beside it; empty where it reads none. */
  public Optional<String> dataFile() {
    return Optional.ofNullable(dataFile);
  }

  /** What is in a file of data. */
  public byte[] bytes(String file) {
    try (InputStream in = Template.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("the jar has no " + file);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
