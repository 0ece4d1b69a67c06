package org.rondoml.dsl.command;

import picocli.CommandLine;

/** {@code rondo --version}. */
final class Version implements CommandLine.IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {
      "rondo " + (version == null ? "(development)" : version), "Java " + Runtime.version()
    };
  }
}
