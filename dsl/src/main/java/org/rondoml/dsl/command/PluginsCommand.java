package org.rondoml.dsl.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.ExitStatus;
import org.rondoml.api.UsageException;
import org.rondoml.core.registry.Component;
import org.rondoml.core.registry.Registry;
import org.rondoml.dsl.json.Json;
import org.rondoml.dsl.reference.ComponentReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rondo plugins}. */
@Command(
    name = "plugins",
    description = "Lists what is installed, or tells what one component is and which keys it has.",
    mixinStandardHelpOptions = true)
final class PluginsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "ID",
      description = "A component: LSTM, Adam, mse, ...")
  private @Nullable String id;

  @Option(names = "--format", description = "Form of the result: ${COMPLETION-CANDIDATES}.")
  private OutputFormat format = OutputFormat.TEXT;

  @Mixin private PluginOptions plugins = new PluginOptions();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Registry registry = plugins.registry(spec.commandLine().getErr());
    String name = id;
    if (name == null) {
      list(registry, out);
    } else {
      describe(registry, name, out);
    }
    return ExitStatus.DONE.code();
  }

  private void list(Registry registry, PrintWriter out) {
    List<Component<?>> components = registry.components();
    if (format == OutputFormat.JSON) {
      out.println(Json.text(components.stream().map(PluginsCommand::entry).toList()));
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("Kind", "Component", "Jar"));
    for (Component<?> component : components) {
      rows.add(List.of(component.kindName(), component.id(), component.origin().toString()));
    }
    new TextTable(rows, 0).print(out);
  }

  private void describe(Registry registry, String name, PrintWriter out) {
    List<ComponentReference> references =
        registry.named(name).stream()
            .map(component -> ComponentReference.of(component, registry))
            .toList();
    if (references.isEmpty()) {
      throw new UsageException(
          "unknown component '" + name + "'; 'rondo plugins' lists what is installed");
    }
    if (format == OutputFormat.JSON) {
      out.println(Json.text(references));
      return;
    }
    for (int i = 0; i < references.size(); i++) {
      if (i > 0) {
        out.println();
      }
      new ReferenceText(references.get(i)).print(out);
    }
  }

  private static Map<String, Object> entry(Component<?> component) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("kind", component.kindName());
    entry.put("id", component.id());
    entry.put("aliases", component.aliases());
    entry.put("jar", component.origin().jar());
    entry.put("version", component.origin().version());
    return entry;
  }
}
