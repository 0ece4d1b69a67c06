package org.rondoml.dsl.specification;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Problem;
import org.rondoml.core.config.Node;
import org.rondoml.core.config.Place;
import org.rondoml.core.config.Problems;
import org.rondoml.core.spi.DataSource;

/** The files of data that a model file names and that are not there. */
public final class MissingFiles {
  private final Specification model;
  private final Problems problems = new Problems();

  private MissingFiles(Specification model) {
    this.model = model;
  }

  /** A warning for each: a model can be checked where its data is not. */
  public static List<Problem> of(Specification model) {
    MissingFiles missing = new MissingFiles(model);
    DataSection data = model.data();
    if (data != null) {
      missing.find("train", data.train());
      missing.find("validation", data.validation());
    }
    return missing.problems.sorted();
  }

  private void find(String key, @Nullable DataSource source) {
    if (source == null || !(model.resolved().get("data") instanceof Node.Mapping section)) {
      return;
    }
    Node.Entry entry = section.entry(key);
    for (Path file : source.files()) {
      Path path = model.directory().resolve(file);
      if (entry != null && !Files.exists(path)) {
        problems.warning(
            new Place(entry.value().location(), "data." + key),
            "no such file: " + path + "; paths are relative to the folder of the model file");
      }
    }
  }
}
