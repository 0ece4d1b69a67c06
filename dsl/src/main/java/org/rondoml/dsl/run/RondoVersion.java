package org.rondoml.dsl.run;

/** Rondo's version. */
public final class RondoVersion {
  private RondoVersion() {}

  /** The version that the jar names; {@code development} outside of a jar. */
  public static String text() {
    String version = RondoVersion.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
