package org.rondoml.dsl.run;

import com.google.inject.Module;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.rondoml.api.Model;
import org.rondoml.api.Rondo;
import org.rondoml.core.registry.Registry;
import org.rondoml.dsl.specification.Specification;
import org.rondoml.dsl.specification.SpecificationReader;

/** Opens model files for programs; {@code Rondo.open} finds it. */
public final class FileModelOpener implements Rondo.ModelOpener {
  /** For {@link java.util.ServiceLoader}. */
  public FileModelOpener() {}

  @Override
  public Model open(List<Path> files, Map<String, String> overrides) {
    Registry registry =
        Registry.load(FileModelOpener.class.getClassLoader(), PluginFolders.ofEnvironment());
    List<String> sets =
        overrides.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList();
    Specification specification = seeded(SpecificationReader.read(files, sets, registry));
    Settings settings =
        new Settings(Runtime.getRuntime().availableProcessors(), specification.directory());
    return open(modules(specification, registry, settings));
  }

  /** A model over modules, such as {@link #modules} with some bindings overridden. */
  public static Model open(List<? extends Module> modules) {
    return new EmbeddedModel(new Experiment(modules));
  }

  /** The modules of a model inside another program. */
  public static List<Module> modules(
      Specification specification, Registry registry, Settings settings) {
    return List.of(
        new ModelModule(specification, registry, settings),
        new TrainingModule(),
        new EmbeddedModule());
  }

  /** A specification with a seed: its own, or else one drawn and recorded. */
  public static Specification seeded(Specification specification) {
    return specification.seed() != null
        ? specification
        : specification.withSeed(ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE));
  }
}
