package org.rondoml.dsl.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.rondoml.core.compute.KernelSelection;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.registry.Component;
import org.rondoml.core.registry.Origin;
import org.rondoml.core.registry.Registry;
import org.rondoml.dsl.runfolder.Environment;
import org.rondoml.dsl.specification.Specification;

/** Finds out where and with what a run is made. */
final class Environments {
  private Environments() {}

  static Environment current(
      Specification model, Settings settings, KernelSelection kernels, Registry registry) {
    return new Environment(
        RondoVersion.text(),
        System.getProperty("java.vm.name") + " " + Runtime.version(),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        settings.threads(),
        kernels.candidates().stream().map(KernelSelection.Candidate::toString).toList(),
        Vec.implementation(),
        Objects.requireNonNull(model.seed(), "a model that is run has a seed"),
        settings.directory().toAbsolutePath().normalize().toString(),
        jars(registry));
  }

  private static List<Environment.Jar> jars(Registry registry) {
    return registry.components().stream()
        .map(Component::origin)
        .distinct()
        .map(origin -> new Environment.Jar(origin.jar(), origin.version(), sha256(origin)))
        .toList();
  }

  private static String sha256(Origin origin) {
    Path file = origin.file();
    if (file == null || !Files.isRegularFile(file)) {
      return "";
    }
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return HexFormat.of().formatHex(digest);
    } catch (IOException e) {
      return "";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform knows SHA-256", e);
    }
  }
}
