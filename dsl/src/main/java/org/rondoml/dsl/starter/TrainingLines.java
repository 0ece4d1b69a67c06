package org.rondoml.dsl.starter;

/**
 * Writes the sections {@code compile} and {@code fit} of a model file for a table.
 *
 * @param plan what they say
 * @param yaml where they are written
 */
record TrainingLines(TablePlan plan, CommentedYaml yaml) {
  /** Writes them. */
  void write() {
    compile();
    fit();
  }

  private void compile() {
    yaml.line(0, "compile:");
    yaml.comment(
        2,
        "Adam with its default rate is a good start; a smaller one, such as 3e-4, where the loss"
            + " jumps.");
    yaml.line(2, "optimizer: {Adam: {learning_rate: 1e-3}}");
    yaml.line(2, "loss: " + plan.task().loss());
    yaml.line(2, "metrics: [" + plan.task().metric() + "]");
    yaml.gap();
  }

  private void fit() {
    yaml.line(0, "fit:");
    yaml.comment(2, "More than it takes: EarlyStopping below finds the end.");
    yaml.line(2, "epochs: 100");
    yaml.line(2, "batch_size: " + (plan.samples() > 50_000 ? 256 : 32));
    yaml.comment(
        2,
        (plan.window() == null
                ? "A fifth of the samples"
                : "The last fifth of the samples, the newest,")
            + " is not trained on, but shows after every epoch what the model does with data it hasn't"
            + " seen.");
    yaml.line(2, "validation_split: 0.2");
    yaml.line(2, "callbacks:");
    yaml.comment(
        4, "Stops when that part hasn't got better for 10 epochs, and takes the best weights.");
    yaml.line(4, "- EarlyStopping: {monitor: val_loss, patience: 10, restore_best_weights: true}");
  }
}
