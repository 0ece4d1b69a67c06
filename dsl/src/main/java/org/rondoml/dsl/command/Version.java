package org.rondoml.dsl.command;

import org.rondoml.dsl.run.RondoVersion;
import picocli.CommandLine;

/** {@code rondo --version}. */
final class Version implements CommandLine.IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"rondo " + RondoVersion.text(), "Java " + Runtime.version()};
  }
}
