package org.rondoml.dsl.runfolder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rondoml.api.History;
import org.rondoml.core.engine.FitPlan;
import org.rondoml.core.io.AtomicFile;
import org.rondoml.dsl.json.Json;

/**
 * What was logged, as {@code history.json} (lists by name) and {@code history.csv} (a row an
 * epoch).
 */
final class HistoryFiles {
  static final String JSON = "history.json";
  static final String CSV = "history.csv";

  private static final String VALIDATION = "val_";

  private HistoryFiles() {}

  static void write(Path folder, History history, FitPlan plan) {
    write(folder.resolve(JSON), Json.text(history.values()) + "\n");
    write(folder.resolve(CSV), csv(history, plan));
  }

  /** What {@code history.json} holds; empty where there is none yet. */
  static History read(Path folder) throws IOException {
    Path file = folder.resolve(JSON);
    if (!Files.exists(file)) {
      return History.empty();
    }
    Map<String, List<Double>> values = new LinkedHashMap<>();
    Json.read(Files.readAllBytes(file), ValuesByName.class)
        .forEach((name, list) -> values.put(name, List.copyOf(list)));
    return new History(values);
  }

  /** The form of {@code history.json}. */
  private static final class ValuesByName extends LinkedHashMap<String, List<Double>> {
    private static final long serialVersionUID = 1;
  }

  private static void write(Path file, String text) {
    AtomicFile.write(file, path -> Files.writeString(path, text, StandardCharsets.UTF_8));
  }

  private static String csv(History history, FitPlan plan) {
    StringBuilder text = new StringBuilder("epoch");
    history.values().keySet().forEach(name -> text.append(',').append(name));
    text.append('\n');
    for (int row = 0; row < history.epochs(); row++) {
      int epoch = plan.initialEpoch() + row + 1;
      text.append(epoch);
      for (Map.Entry<String, List<Double>> column : history.values().entrySet()) {
        text.append(',').append(cell(column.getKey(), column.getValue(), row, epoch, plan));
      }
      text.append('\n');
    }
    return text.toString();
  }

  /** The value of an epoch; empty where the epoch logged none, as without validation. */
  private static String cell(String name, List<Double> values, int row, int epoch, FitPlan plan) {
    int index = row;
    if (name.startsWith(VALIDATION)) {
      if (!plan.validation().follows(epoch - 1)) {
        return "";
      }
      index = plan.validation().countBetween(plan.initialEpoch(), epoch - 1);
    }
    return index < values.size() ? Double.toString(values.get(index)) : "";
  }
}
