package org.rondoml.dsl.command;

/**
 * The module {@code jdk.incubator.vector}, which Rondo's fast loops are written with, for Java 25
 * and later.
 *
 * <p>Java doesn't load it by itself. Asked to by {@code --add-modules}, it prints a warning that no
 * option turns off and that no user of Rondo can do anything about. So the module is loaded here,
 * the way Java loads the modules of its own agents into a process that runs already; for that the
 * launcher exports the package of {@code Modules} to Rondo. Where it isn't exported, or the module
 * isn't in the image, Rondo runs without, on its plain loops.
 */
final class VectorModule {
  private static final String NAME = "jdk.incubator.vector";

  private VectorModule() {}

  /** Loads the module if that can be had; before any class that uses it is linked. */
  static void load() {
    try {
      Class.forName("jdk.internal.module.Modules")
          .getMethod("loadModule", String.class)
          .invoke(null, NAME);
    } catch (ReflectiveOperationException e) {
      // Not exported, or not in the image: without it, then, unless --add-modules has named it.
      return;
    }
  }
}
