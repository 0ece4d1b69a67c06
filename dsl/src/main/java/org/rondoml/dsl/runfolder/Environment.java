package org.rondoml.dsl.runfolder;

import java.util.List;

/**
 * Where and with what a run was made: {@code environment.json}.
 *
 * @param rondo Rondo's version
 * @param java the JVM's name and version
 * @param system the operating system and its architecture
 * @param threads how many threads compute
 * @param kernels the libraries of matrix products, and what became of each
 * @param elementwise how element-wise work is computed
 * @param seed the seed of every random number
 * @param directory the folder that relative paths of the model file are relative to
 * @param jars the jars that brought components
 */
public record Environment(
    String rondo,
    String java,
    String system,
    int threads,
    List<String> kernels,
    String elementwise,
    long seed,
    String directory,
    List<Jar> jars) {
  /** Copies the lists. */
  public Environment {
    kernels = List.copyOf(kernels);
    jars = List.copyOf(jars);
  }

  /**
   * A jar.
   *
   * @param name its file name
   * @param version the version it names; may be empty
   * @param sha256 the checksum of its bytes; empty where it is no single file
   */
  public record Jar(String name, String version, String sha256) {
    /** {@code rondo-standard-1.0.jar, version 1.0, sha256 e3b0...}. */
    @Override
    public String toString() {
      return name
          + (version.isEmpty() ? "" : ", version " + version)
          + (sha256.isEmpty() ? "" : ", sha256 " + sha256);
    }
  }
}
