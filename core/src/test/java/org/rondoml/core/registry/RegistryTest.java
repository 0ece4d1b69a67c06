package org.rondoml.core.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rondoml.api.ModelFileException;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.api.UsageException;
import org.rondoml.core.config.Components;
import org.rondoml.core.random.RandomStream;
import org.rondoml.core.spi.ComponentProvider;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Initializer;
import org.rondoml.core.spi.Schedule;

class RegistryTest {
  /** An initializer that tells who it is. */
  record Fill(String id, double value) implements Initializer {
    @Override
    public double[] initialize(Shape shape, RandomStream random) {
      return new double[] {value};
    }
  }

  /** Its keys. */
  public record FillConfig(@Default("1.0") double value) {}

  /** Public, because plugin jars have packages of their own. */
  public static class Provider implements Initializer.Provider<FillConfig> {
    private final String id;
    private final List<String> aliases;

    /** A provider of some names. */
    protected Provider(String id, String... aliases) {
      this.id = id;
      this.aliases = List.of(aliases);
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public List<String> aliases() {
      return aliases;
    }

    @Override
    public Class<FillConfig> configType() {
      return FillConfig.class;
    }

    @Override
    public Initializer create(FillConfig config, Semantics semantics) {
      if (config.value() == 13) {
        throw new IllegalStateException("thirteen");
      }
      return new Fill(id, config.value());
    }
  }

  /** Only ever loaded from a jar. */
  public static final class PluginProvider extends Provider {
    /** Found by the service loader. */
    public PluginProvider() {
      super("acme/FromJar");
    }
  }

  /** Only ever loaded from a jar, and in vain. */
  public static final class BrokenProvider extends Provider {
    /** Found by the service loader. */
    public BrokenProvider() {
      super("Broken");
      throw new IllegalStateException("no luck today");
    }
  }

  static final class NamelessProvider extends Provider {
    NamelessProvider() {
      super("");
    }

    @Override
    public String id() {
      throw new UnsupportedOperationException("nameless");
    }
  }

  private final Registry registry =
      Registry.of(
          List.of(
              new Provider("GlorotUniform", "xavier"),
              new Provider("accuracy"),
              new Provider("Accuracy"),
              new Provider("acme/Wave"),
              new Provider("acme/Tide", "acme/ebb"),
              new Provider("bolt/Tide"),
              new Provider("Tidy")));

  private static String origin() {
    return Origin.of(RegistryTest.class).toString();
  }

  private String found(String name) {
    return assertInstanceOf(Components.Found.class, registry.find(Initializer.class, name), name)
        .provider()
        .id();
  }

  private String missing(Class<?> kind, String name) {
    return assertInstanceOf(Components.Missing.class, registry.find(kind, name)).message();
  }

  @ParameterizedTest
  @CsvSource({
    "GlorotUniform, GlorotUniform",
    "glorot_uniform, GlorotUniform",
    "xavier, GlorotUniform",
    "accuracy, accuracy",
    "Accuracy, Accuracy",
    "acme/Wave, acme/Wave",
    "acme/wave, acme/Wave",
    "Wave, acme/Wave",
    "wave, acme/Wave",
    "ebb, acme/Tide",
    "acme/ebb, acme/Tide",
    "bolt/tide, bolt/Tide",
  })
  void findsByEveryName(String name, String id) {
    assertEquals(id, found(name));
  }

  @Test
  void tellsWhatIsMissing() {
    assertEquals(
        "unknown initializer 'GlorotUnifrom' (did you mean 'GlorotUniform'?); plugin jars are added"
            + " with --plugins DIR or RONDO_PLUGINS",
        missing(Initializer.class, "GlorotUnifrom"));
    assertEquals(
        "unknown initializer 'Quantum'; installed: Accuracy, GlorotUniform, Tidy, accuracy,"
            + " acme/Tide, acme/Wave, bolt/Tide; plugin jars are added with --plugins DIR or"
            + " RONDO_PLUGINS",
        missing(Initializer.class, "Quantum"));
    assertEquals(
        "unknown initializer 'quark/Wave': no jar that is installed brings components of 'quark';"
            + " put theirs in a folder, and name that with --plugins DIR or RONDO_PLUGINS",
        missing(Initializer.class, "quark/Wave"));
    assertEquals(
        "unknown initializer 'acme/Wawe' (did you mean 'acme/Wave'?); plugin jars are added with"
            + " --plugins DIR or RONDO_PLUGINS",
        missing(Initializer.class, "acme/Wawe"));
    assertEquals(
        "'Tide' may mean acme/Tide or bolt/Tide: write it with its vendor",
        missing(Initializer.class, "Tide"));
    assertEquals("unknown schedule 'Tidy': it is an initializer", missing(Schedule.class, "Tidy"));
  }

  @Test
  void twoProvidersOfOneNameAreAnError() {
    String where = RegistryTest.class.getName();
    assertEquals(
        "two providers of the initializer 'Twin': "
            + where
            + "$Provider in "
            + origin()
            + " and "
            + where
            + "$Provider in "
            + origin()
            + "; remove one of the two jars",
        assertThrows(
                UsageException.class,
                () -> Registry.of(List.of(new Provider("Twin"), new Provider("Twin"))))
            .getMessage());
    assertThrows(
        UsageException.class,
        () -> Registry.of(List.of(new Provider("A", "x"), new Provider("B", "x"))));
  }

  @Test
  void aProviderThatThrowsTakesDownNothingElse() {
    Registry some = Registry.of(List.of(new NamelessProvider(), new Provider("Sound")));

    assertEquals(
        List.of(
            new Failure(
                NamelessProvider.class.getName(),
                "java.lang.UnsupportedOperationException: nameless")),
        some.failures());
    assertEquals("Sound", some.components().get(0).id());
  }

  @Test
  void createsComponentsForPrograms() {
    assertEquals(
        new Fill("GlorotUniform", 0.5),
        registry.create(
            Initializer.class, "glorot_uniform", Map.of("value", 0.5), Semantics.KERAS3));
    assertEquals(
        "Wave.valu: unknown key (did you mean 'value'?)",
        assertThrows(
                ModelFileException.class,
                () ->
                    registry.create(Initializer.class, "Wave", Map.of("valu", 1), Semantics.KERAS3))
            .getMessage());
    assertEquals(
        "Wave: a defect in "
            + Provider.class.getName()
            + " of "
            + origin()
            + ": java.lang.IllegalStateException: thirteen",
        assertThrows(
                ModelFileException.class,
                () ->
                    registry.create(
                        Initializer.class, "Wave", Map.of("value", 13), Semantics.KERAS3))
            .getMessage());
  }

  // plugin jars

  @TempDir Path folder;

  /** Hides a class that is meant to be found in a jar alone. */
  private static final class Hiding extends ClassLoader {
    Hiding() {
      super(RegistryTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.equals(PluginProvider.class.getName())
          || name.equals(BrokenProvider.class.getName())) {
        throw new ClassNotFoundException(name);
      }
      return super.loadClass(name, resolve);
    }
  }

  private void jar(String name, Class<?>... providers) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, "2.1");
    StringBuilder services = new StringBuilder();
    try (OutputStream out = Files.newOutputStream(folder.resolve(name));
        JarOutputStream jar = new JarOutputStream(out, manifest)) {
      for (Class<?> provider : providers) {
        String file = provider.getName().replace('.', '/') + ".class";
        jar.putNextEntry(new JarEntry(file));
        try (InputStream in =
            Objects.requireNonNull(provider.getClassLoader().getResourceAsStream(file))) {
          in.transferTo(jar);
        }
        services.append(provider.getName()).append('\n');
      }
      if (providers.length > 0) {
        jar.putNextEntry(new JarEntry("META-INF/services/" + ComponentProvider.class.getName()));
        jar.write(services.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
      }
    }
  }

  @Test
  void everyJarHasALoaderOfItsOwnAndAnOrigin() throws IOException {
    jar("wave.jar", PluginProvider.class);

    Registry plugged = Registry.load(new Hiding(), List.of(folder));

    Component<Initializer> component =
        plugged.components(Initializer.class).stream()
            .filter(c -> c.id().equals("acme/FromJar"))
            .findFirst()
            .orElseThrow();
    assertEquals("wave.jar 2.1", component.origin().toString());
    assertEquals(folder.resolve("wave.jar"), component.origin().file());
    assertTrue(plugged.failures().isEmpty());
  }

  @Test
  void aJarThatFailsIsNamed() throws IOException {
    jar("broken.jar", BrokenProvider.class, PluginProvider.class);
    jar("empty.jar");
    Files.writeString(folder.resolve("torn.jar"), "no zip");
    Files.writeString(folder.resolve("readme.txt"), "no jar");

    Registry plugged = Registry.load(new Hiding(), List.of(folder));

    assertEquals(1, plugged.components(Initializer.class).size());
    assertEquals(
        List.of(
            BrokenProvider.class.getName()
                + " can't be used: java.lang.IllegalStateException: no luck today",
            "empty.jar can't be used: it names no provider in META-INF/services/"
                + ComponentProvider.class.getName(),
            "torn.jar can't be used: it names no provider in META-INF/services/"
                + ComponentProvider.class.getName()),
        plugged.failures().stream().map(Failure::toString).toList());
  }

  @Test
  void twoJarsOfOneIdAreAnError() throws IOException {
    jar("one.jar", PluginProvider.class);
    jar("two.jar", PluginProvider.class);

    String name = PluginProvider.class.getName();
    assertEquals(
        "two providers of the initializer 'acme/FromJar': "
            + name
            + " in one.jar 2.1 and "
            + name
            + " in two.jar 2.1; remove one of the two jars",
        assertThrows(UsageException.class, () -> Registry.load(new Hiding(), List.of(folder)))
            .getMessage());
  }

  @Test
  void aFolderThatIsNoneIsTold() {
    assertEquals(
        "no folder of plugins: nowhere",
        assertThrows(
                UsageException.class,
                () ->
                    Registry.load(RegistryTest.class.getClassLoader(), List.of(Path.of("nowhere"))))
            .getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "SimpleRNN, simple_rnn",
    "LSTM, lstm",
    "Conv1D, conv1d",
    "ConvLSTM2D, conv_lstm2d",
    "MaxPooling1D, max_pooling1d",
    "TimeDistributed, time_distributed",
    "ReLU, re_lu",
    "GRU, gru",
    "relu, relu"
  })
  void snakeCaseIsKeras(String id, String snake) {
    assertEquals(snake, SnakeCase.of(id));
  }
}
