package org.rondoml.dsl.run;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.rondoml.api.DataException;
import org.rondoml.api.Semantics;
import org.rondoml.api.UsageException;
import org.rondoml.core.engine.Network;
import org.rondoml.core.engine.Workers;
import org.rondoml.core.io.AtomicFile;
import org.rondoml.core.registry.Component;
import org.rondoml.core.registry.Registry;
import org.rondoml.core.spi.ComponentProvider;
import org.rondoml.core.spi.Exporter;

/** Reads and writes weights in the formats installed; a file's ending chooses the format. */
public final class WeightFiles {
  private final List<Exporter> formats;
  private final Semantics semantics;

  /** The formats of a registry. */
  public WeightFiles(Registry registry, Semantics semantics) {
    this.semantics = semantics;
    this.formats =
        registry.components(Exporter.class).stream()
            .map(component -> create(component, semantics))
            .sorted(Comparator.comparing(Exporter::suffix))
            .toList();
  }

  private static Exporter create(Component<Exporter> component, Semantics semantics) {
    return create(component.provider(), semantics);
  }

  private static <C extends Record> Exporter create(
      ComponentProvider<C, Exporter> provider, Semantics semantics) {
    return provider.create(provider.configType().cast(new Exporter.NoConfig()), semantics);
  }

  /**
   * Reads weights into a network.
   *
   * @throws UsageException where the ending is unknown
   * @throws DataException where the file is missing, damaged or does not fit
   */
  public void read(Path file, Network network, Workers workers) {
    format(file, formats.stream().filter(Exporter::canRead).toList())
        .read(file, network.layerWeights());
    network.weightsChanged(workers);
  }

  /**
   * Writes a network's weights; an existing file is replaced when all is written.
   *
   * @throws UsageException where the ending is unknown or the file can't be written
   */
  public void write(Path file, Network network) {
    Exporter format = format(file, formats);
    AtomicFile.write(file, temporary -> format.write(temporary, network.layerWeights(), semantics));
  }

  /** The endings of the files that can be written. */
  public List<String> suffixes() {
    return formats.stream().map(Exporter::suffix).toList();
  }

  private static Exporter format(Path file, List<Exporter> among) {
    return among.stream()
        .filter(format -> file.toString().endsWith(format.suffix()))
        .max(Comparator.comparingInt(format -> format.suffix().length()))
        .orElseThrow(
            () ->
                new UsageException(
                    file
                        + ": unknown ending; expected "
                        + among.stream()
                            .map(Exporter::suffix)
                            .collect(Collectors.joining(" or "))));
  }
}
