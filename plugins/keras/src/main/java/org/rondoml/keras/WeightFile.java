package org.rondoml.keras;

import java.nio.file.Path;
import org.rondoml.api.UsageException;

/** What the formats have in common. */
final class WeightFile {
  private WeightFile() {}

  /**
   * Checks a file's name: Keras, too, tells formats by it.
   *
   * @throws UsageException where it ends otherwise
   */
  static void requireSuffix(Path file, String suffix) {
    if (!file.toString().endsWith(suffix)) {
      throw new UsageException(file + ": expected a file name that ends in " + suffix);
    }
  }
}
