package org.rondoml.dsl.difference;

import java.util.ArrayList;
import java.util.List;
import org.rondoml.dsl.runfolder.Environment;

/** What differs in where and with what two runs were made. */
public final class RunDifferences {
  private final List<Difference> found = new ArrayList<>();

  private RunDifferences() {}

  /** What differs; not where the folders are. */
  public static List<Difference> between(Environment a, Environment b) {
    RunDifferences differences = new RunDifferences();
    differences.compare("rondo", a.rondo(), b.rondo());
    differences.compare("java", a.java(), b.java());
    differences.compare("system", a.system(), b.system());
    differences.compare("threads", a.threads(), b.threads());
    differences.compare("kernels", a.kernels(), b.kernels());
    differences.compare("elementwise", a.elementwise(), b.elementwise());
    differences.compare("seed", a.seed(), b.seed());
    differences.compare("jars", names(a), names(b));
    return differences.found;
  }

  private static List<String> names(Environment environment) {
    return environment.jars().stream().map(Environment.Jar::name).toList();
  }

  private void compare(String key, Object a, Object b) {
    if (!a.equals(b)) {
      found.add(
          new Difference(
              Difference.Kind.CHANGED,
              "environment." + key,
              null,
              String.valueOf(a),
              String.valueOf(b)));
    }
  }
}
