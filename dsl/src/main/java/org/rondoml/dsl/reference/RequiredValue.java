package org.rondoml.dsl.reference;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Max;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.List;
import org.rondoml.core.config.ConfigSchema;
import org.rondoml.core.config.ScalarForm;
import org.rondoml.core.config.TypeCases;
import org.rondoml.core.registry.Component;
import org.rondoml.core.registry.Registry;

/** A value for a key that must be given, in YAML: one that its type and limits allow. */
final class RequiredValue implements TypeCases.OfComponents<String> {
  private static final String WHOLE = "8";
  private static final String SHARE = "0.5";
  private static final String NUMBER = "0.1";

  private final Registry registry;
  private final List<Annotation> constraints;

  private RequiredValue(Registry registry, List<Annotation> constraints) {
    this.registry = registry;
    this.constraints = constraints;
  }

  static String of(ConfigSchema.Key key, Registry registry) {
    return TypeCases.of(key.type(), new RequiredValue(registry, key.constraints()));
  }

  @Override
  public String scalar(Class<?> type) {
    return switch (ScalarForm.of(type).orElseThrow()) {
      case WHOLE, LARGE -> limited(Max.class) ? "1" : WHOLE;
      case NUMBER -> limited(DecimalMax.class) ? SHARE : NUMBER;
      case TRUTH -> "true";
      case WORD -> ScalarForm.words(type).get(0);
      case FILE_NAME -> "file";
      case TEXT -> "text";
    };
  }

  private boolean limited(Class<? extends Annotation> by) {
    return constraints.stream().anyMatch(by::isInstance);
  }

  @Override
  public String shape() {
    return "[28, 28]";
  }

  @Override
  public String list(Type element) {
    String one = TypeCases.of(element, this);
    return TypeCases.mayBeOne(element) ? one : "[" + one + "]";
  }

  @Override
  public String map(Type value) {
    return "{a: " + TypeCases.of(value, this) + "}";
  }

  @Override
  public String record(Class<? extends Record> type) {
    return "{}";
  }

  @Override
  public String component(Class<?> kind) {
    return registry.components(kind).stream()
        .filter(component -> required(component).isEmpty())
        .map(Component::id)
        .findFirst()
        .orElse("null");
  }

  private List<ConfigSchema.Key> required(Component<?> component) {
    return registry.schemas().of(component.provider().configType()).keys().stream()
        .filter(ConfigSchema.Key::required)
        .toList();
  }

  @Override
  public String oneOrMany(Type element) {
    return TypeCases.of(element, this);
  }

  @Override
  public String perOutput(Type element) {
    return TypeCases.of(element, this);
  }
}
