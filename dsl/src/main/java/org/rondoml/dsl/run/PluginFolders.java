package org.rondoml.dsl.run;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** The folders of plugin jars that the environment names. */
public final class PluginFolders {
  /** The variable: folders, separated as those of a class path are. */
  public static final String VARIABLE = "RONDO_PLUGINS";

  private PluginFolders() {}

  /** The folders that {@value #VARIABLE} names. */
  public static List<Path> ofEnvironment() {
    String named = System.getenv(VARIABLE);
    return named == null || named.isBlank()
        ? List.of()
        : Arrays.stream(named.split(Pattern.quote(File.pathSeparator), -1)).map(Path::of).toList();
  }
}
