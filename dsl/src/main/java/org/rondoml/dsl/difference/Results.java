package org.rondoml.dsl.difference;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.History;
import org.rondoml.core.engine.FitPlan;

/**
 * What a run has reached.
 *
 * @param epochs the number of its last epoch
 * @param last what was logged in the last epoch
 * @param bestEpoch the epoch with the least val_loss, or without validation the least loss; 0
 *     before the first epoch
 * @param best what was logged in the best epoch
 */
public record Results(
    int epochs, Map<String, Double> last, int bestEpoch, Map<String, Double> best) {
  private static final String VALIDATION = "val_";
  private static final String LOSS = "loss";

  /** The results that a history holds. */
  public static Results of(History history, FitPlan plan) {
    List<Map<String, Double>> rows = rows(history, plan);
    String judge = history.get(VALIDATION + LOSS).isEmpty() ? LOSS : VALIDATION + LOSS;
    int best = -1;
    Double least = null;
    for (int row = 0; row < rows.size(); row++) {
      Double value = rows.get(row).get(judge);
      if (isLess(value, least)) {
        least = value;
        best = row;
      }
    }
    int epochs = rows.isEmpty() ? 0 : plan.initialEpoch() + rows.size();
    return new Results(
        epochs,
        rows.isEmpty() ? Map.of() : rows.get(rows.size() - 1),
        best < 0 ? 0 : plan.initialEpoch() + best + 1,
        best < 0 ? Map.of() : rows.get(best));
  }

  private static boolean isLess(@Nullable Double value, @Nullable Double least) {
    return value != null && !value.isNaN() && (least == null || value < least);
  }

  /** What each epoch logged; not every epoch has to evaluate. */
  private static List<Map<String, Double>> rows(History history, FitPlan plan) {
    List<Map<String, Double>> rows = new ArrayList<>();
    for (int row = 0; row < history.epochs(); row++) {
      int epoch = plan.initialEpoch() + row;
      Map<String, Double> logged = new LinkedHashMap<>();
      for (Map.Entry<String, List<Double>> column : history.values().entrySet()) {
        boolean validation = column.getKey().startsWith(VALIDATION);
        int index = validation ? plan.validation().countBetween(plan.initialEpoch(), epoch) : row;
        if ((!validation || plan.validation().follows(epoch)) && index < column.getValue().size()) {
          logged.put(column.getKey(), column.getValue().get(index));
        }
      }
      rows.add(logged);
    }
    return rows;
  }
}
