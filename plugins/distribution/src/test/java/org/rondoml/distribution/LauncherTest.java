package org.rondoml.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script {@code rondo}: which Java it takes, when it builds, and that nothing of it is seen
 * once Java runs. Most tests let it find a script in Java's place, which prints how it was called.
 * Its versions are far ahead, so that no Java of the machine is newer.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a shell script")
class LauncherTest {
  private static final Path SCRIPT = Path.of("..", "..", "rondo");
  private static final String VECTOR = "jdk.incubator.vector";

  @TempDir private Path temporary = Path.of("");
  private Path home = Path.of("");
  private Path bin = Path.of("");
  private Path installed = Path.of("");

  @BeforeEach
  void makeFolders() throws IOException {
    home = Files.createDirectories(temporary.resolve("a home"));
    bin = Files.createDirectories(temporary.resolve("a bin"));
    installed = Files.createDirectories(temporary.resolve("an install"));
    Files.copy(SCRIPT, installed.resolve("rondo"));
    Files.createDirectories(installed.resolve("lib"));
  }

  private static void writeCommand(Path file, String script) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + script);
    assertTrue(file.toFile().setExecutable(true));
  }

  /** A Java's folder under the user's, where the launcher looks. */
  private Path java(String name, String version, String... modules) throws IOException {
    Path folder = home.resolve(".jdks").resolve(name);
    writeCommand(
        folder.resolve("bin/java"),
        """
        case "$*" in *ArchiveClassesAtExit*) exit 1 ;; esac
        echo "$0"
        for argument; do echo "$argument"; done
        """);
    Files.writeString(
        folder.resolve("release"),
        "IMPLEMENTOR=\"a = b\"\nJAVA_VERSION=\""
            + version
            + "\"\nMODULES=\""
            + String.join(" ", modules)
            + "\"\n");
    return folder;
  }

  private Path jdk(String name, String version, String... modules) throws IOException {
    Path folder = java(name, version, modules);
    writeCommand(folder.resolve("bin/javac"), "exit 1\n");
    return folder;
  }

  private ProcessBuilder rondo(Path root, Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>(List.of("sh", root.resolve("rondo").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(temporary.resolve("out").toFile())
            .redirectError(temporary.resolve("err").toFile());
    builder.environment().keySet().removeAll(List.of("JAVA_HOME", "RONDO_JAVA_OPTIONS"));
    builder.environment().remove("RONDO_JAVA");
    builder.environment().put("HOME", home.toString());
    builder.environment().put("PATH", bin + File.pathSeparator + System.getenv("PATH"));
    builder.environment().putAll(environment);
    return builder;
  }

  private CommandLineRun end(Process process) throws Exception {
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "still running");
    return new CommandLineRun(
        process.exitValue(),
        Files.readString(temporary.resolve("out")),
        Files.readString(temporary.resolve("err")));
  }

  /** The call of the Java that was taken: its path, then its arguments. */
  private List<String> called(Path root, Map<String, String> environment, String... arguments)
      throws Exception {
    CommandLineRun run = end(rondo(root, environment, arguments).start());
    assertEquals(0, run.status(), run.err());
    return run.out().lines().toList();
  }

  private void assertTaken(Path java, Map<String, String> environment) throws Exception {
    assertEquals(
        java.resolve("bin/java").toString(), called(installed, environment, "train").get(0));
  }

  @Test
  void theNewestJavaIsTaken() throws Exception {
    java("first", "98.0.11");
    java("second", "99.0.9");
    Path newest = java("third one", "99.0.10");
    java("fourth", "99-ea");
    java("fifth", "1.8.0_999");
    assertTaken(newest, Map.of());
  }

  @Test
  void whatCannotBeRunIsPassedOver() throws Exception {
    Path newest = java("good", "98");
    Files.createSymbolicLink(home.resolve(".jdks/dangling"), Path.of("nowhere"));
    Files.delete(java("without command", "99").resolve("bin/java"));
    Files.delete(java("without release", "99").resolve("release"));
    assertTaken(newest, Map.of());
  }

  @Test
  void theJavaOnThePathCompetesWithTheOthers() throws Exception {
    Path older = java("older", "98");
    Path elsewhere = Files.move(java("newer", "99"), temporary.resolve("else where"));
    Files.createSymbolicLink(bin.resolve("java"), elsewhere.resolve("bin/java"));
    assertTaken(elsewhere, Map.of());

    Files.writeString(elsewhere.resolve("release"), "JAVA_VERSION=\"97\"\n");
    assertTaken(older, Map.of());
  }

  @Test
  void whatIsSetWins() throws Exception {
    java("newest", "99");
    Path homes = java("java home", "98");
    Path explicit = java("explicit one", "97");
    String javaHome = homes.toString();
    assertTaken(homes, Map.of("JAVA_HOME", javaHome));
    String command = explicit.resolve("bin/java").toString();
    assertTaken(explicit, Map.of("JAVA_HOME", javaHome, "RONDO_JAVA", command));
  }

  @Test
  void aJavaThatIsTooOldIsRefused() throws Exception {
    Path old = java("old", "11.0.2");
    CommandLineRun run =
        end(rondo(installed, Map.of("JAVA_HOME", old.toString()), "check").start());
    assertEquals(127, run.status());
    assertEquals(
        "rondo: "
            + old
            + "/bin/java (from JAVA_HOME) is Java 11.0.2. Rondo needs Java 17 or later.\n",
        run.err());
  }

  private boolean opensTheWayToVectors(String... arguments) throws Exception {
    List<String> call = called(installed, Map.of(), arguments);
    assertFalse(call.contains("--add-modules"), call.toString());
    return call.contains("--add-exports=java.base/jdk.internal.module=ALL-UNNAMED");
  }

  @Test
  void vectorsAreForWhatComputesOnAJavaThatHasThem() throws Exception {
    Path java = java("with", "99", "java.base", VECTOR, "jdk.jfr");
    assertTrue(opensTheWayToVectors("train", "model.yaml"));
    assertTrue(opensTheWayToVectors("predict", "run"));
    assertFalse(opensTheWayToVectors("check", "model.yaml"));
    assertFalse(opensTheWayToVectors("--version"));

    Files.writeString(java.resolve("release"), "JAVA_VERSION=\"99\"\n");
    assertFalse(opensTheWayToVectors("train", "model.yaml"));
    java("with", "99", "java.base", VECTOR + "s");
    assertFalse(opensTheWayToVectors("train", "model.yaml"));
    Path before = java("before", "24", "java.base", VECTOR);
    assertFalse(
        called(installed, Map.of("JAVA_HOME", before.toString()), "train").stream()
            .anyMatch(argument -> argument.startsWith("--add-")));
  }

  /** A checkout of nothing, whose Maven notes the JDK that it was told to build with. */
  private Path checkout() throws IOException {
    Path root = temporary.resolve("a checkout");
    for (String folder :
        List.of(".mvn", "api", "core", "layers-rnn", "layers-lstm", "dsl", "plugins")) {
      Files.createDirectories(root.resolve(folder));
    }
    Files.createFile(root.resolve("pom.xml"));
    Files.copy(SCRIPT, root.resolve("rondo"));
    writeCommand(
        bin.resolve("mvn"),
        "echo \"$JAVA_HOME\" >>builds\nmkdir -p plugins/distribution/target/lib\n");
    return root;
  }

  private void assertBuiltBy(Path root, Path... jdks) throws IOException {
    assertEquals(
        Stream.of(jdks).map(Path::toString).toList(), Files.readAllLines(root.resolve("builds")));
  }

  @Test
  void aJavaWithoutCompilerRunsWhatTheNewestJdkBuilds() throws Exception {
    Path root = checkout();
    Path runtime = java("a runtime", "99");
    jdk("older", "97");
    Path jdk = jdk("a jdk", "98");

    List<String> call = called(root, Map.of(), "train");
    assertEquals(runtime.resolve("bin/java").toString(), call.get(0));
    assertBuiltBy(root, jdk);
    called(root, Map.of(), "train");
    assertBuiltBy(root, jdk);
  }

  @Test
  void aNewerJavaBuildsAgainWhatAnOlderOneCannotCompile() throws Exception {
    Path root = checkout();
    Path older = jdk("older", "24");
    Path newer = jdk("newer", "25");
    Map<String, String> withOlder = Map.of("JAVA_HOME", older.toString());
    Map<String, String> withNewer = Map.of("JAVA_HOME", newer.toString());

    called(root, withOlder, "train");
    assertBuiltBy(root, older);
    called(root, withNewer, "train");
    assertBuiltBy(root, older, newer);
    called(root, withOlder, "train");
    called(root, withNewer, "train");
    called(root, Map.of("JAVA_HOME", jdk("newest", "26").toString()), "train");
    assertBuiltBy(root, older, newer);
  }

  @Test
  void aBuildThatDoesNotTellItsJdkCountsAsOld() throws Exception {
    Path root = checkout();
    Path older = jdk("older", "24");
    called(root, Map.of("JAVA_HOME", older.toString()), "train");
    // So earlier launchers left it.
    Files.writeString(root.resolve("plugins/distribution/target/launcher.stamp"), "");

    Path newer = jdk("newer", "98");
    called(root, Map.of("JAVA_HOME", newer.toString()), "train");
    assertBuiltBy(root, older, newer);
  }

  /** The real Java that runs this test, with this test's class path in the place of Rondo's. */
  private Map<String, String> real(String options) throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(
        Attributes.Name.CLASS_PATH,
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(entry -> Path.of(entry).toUri().toString())
            .collect(Collectors.joining(" ")));
    new JarOutputStream(Files.newOutputStream(installed.resolve("lib/class-path.jar")), manifest)
        .close();
    return Map.of(
        "RONDO_JAVA",
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "RONDO_JAVA_OPTIONS",
        "-XX:TieredStopAtLevel=1 " + options);
  }

  @Test
  void trainingHasVectorsAndSaysNothingOfIt() throws Exception {
    Path modules = temporary.resolve("modules");
    String model = SmallModel.write(temporary).toString();
    Path folder = temporary.resolve("run");
    CommandLineRun run =
        end(
            rondo(
                    installed,
                    real("-Xlog:module=debug:file=" + modules),
                    "train",
                    model,
                    "-o",
                    folder.toString())
                .start());

    assertEquals(0, run.status(), run.err());
    assertEquals("run saved in " + folder + "\n", run.out());
    assertEquals(3, run.err().lines().filter(line -> line.startsWith("Epoch ")).count());
    assertEquals(4, run.err().lines().count(), run.err());
    assertEquals(
        Runtime.version().feature() >= 25, Files.readString(modules).contains(VECTOR + ","));
    assertEquals(
        Runtime.version().feature() >= 25, run.err().contains(" and the Vector API ("), run.err());
  }

  @Test
  void aMistakeIsOneLine() throws Exception {
    CommandLineRun run = end(rondo(installed, real(""), "train", "missing.yaml").start());
    assertEquals(2, run.status(), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
    assertEquals("", run.out());
  }

  @Test
  void whatTheJvmComplainsOfIsSeen() throws Exception {
    CommandLineRun run = end(rondo(installed, real("-XX:+Bogus"), "train", "model.yaml").start());
    assertEquals(1, run.status());
    assertTrue(run.err().startsWith("Unrecognized VM option 'Bogus'\n"), run.err());
  }

  @Test
  void aSignalToTheLauncherReachesTheTraining() throws Exception {
    Path run = temporary.resolve("run");
    String model = SmallModel.write(temporary).toString();
    Process training =
        rondo(
                installed,
                real(""),
                "train",
                model,
                "-o",
                run.toString(),
                "--set",
                "fit.epochs=100000")
            .start();
    Path history = run.resolve("history.csv");
    for (int i = 0; i < 600 && !Files.exists(history); i++) {
      assertTrue(training.isAlive(), Files.readString(temporary.resolve("err")));
      Thread.sleep(50);
    }
    new ProcessBuilder("kill", "-INT", Long.toString(training.pid())).start().waitFor();

    CommandLineRun ended = end(training);
    assertEquals(130, ended.status(), ended.err());
    assertTrue(ended.err().endsWith("stopped; to go on: rondo train " + run + " --resume\n"));
  }
}
