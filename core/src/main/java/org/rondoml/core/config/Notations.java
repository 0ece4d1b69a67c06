package org.rondoml.core.config;

/** The keys of Keras' own notation of a component, {@code {class_name: Name, config: {...}}}. */
public final class Notations {
  /** The key of the component's name. */
  public static final String CLASS_NAME = "class_name";

  /** The key of the component's keys. */
  public static final String CONFIG = "config";

  private Notations() {}
}
