package org.rondoml.core.registry;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import org.jspecify.annotations.Nullable;

/**
 * Where a provider comes from.
 *
 * @param jar the jar's file name, {@code rondo-lstm-1.0.jar}; the folder's where it is none
 * @param version the version in the jar's manifest; empty where it names none
 * @param file the jar; null where it is not known
 */
public record Origin(String jar, String version, @Nullable Path file) {
  /** Where a class comes from. */
  public static Origin of(Class<?> type) {
    String version = type.getPackage().getImplementationVersion();
    Path file = file(type);
    Path name = file == null ? null : file.getFileName();
    return new Origin(
        name == null ? "the program itself" : name.toString(),
        version == null ? "" : version,
        file);
  }

  private static @Nullable Path file(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      return null;
    }
    try {
      return Path.of(source.getLocation().toURI());
    } catch (URISyntaxException
        | IllegalArgumentException
        | java.nio.file.FileSystemNotFoundException e) {
      return null;
    }
  }

  /** The jar's name, with its version where the name doesn't tell it. */
  @Override
  public String toString() {
    return version.isEmpty() || jar.contains(version) ? jar : jar + " " + version;
  }
}
