package org.rondoml.dsl.command;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.rondoml.api.ExitStatus;

/**
 * Ctrl-C and the system's request to end, as a wish that training asks for after every step. A
 * second one ends the process at once. While this is open, the signals have no other effect.
 *
 * <p>A shutdown hook would not do: the JVM does not hear a second Ctrl-C while its hooks run. The
 * one way to hear signals, {@code sun.misc.Signal} of the module jdk.unsupported, is reached by
 * reflection because the compiler warns of the class in a way that cannot be answered; where it is
 * missing, signals end the process as ever, and the last epoch's checkpoint is there.
 */
final class Interruption implements BooleanSupplier, AutoCloseable {
  private static final String[] SIGNALS = {"INT", "TERM"};

  private final AtomicBoolean wished = new AtomicBoolean();
  private final Runnable heard;
  private final Map<Object, Object> before = new HashMap<>();

  /**
   * Begins to listen.
   *
   * @param heard told of the first signal, to tell the user
   */
  Interruption(Runnable heard) {
    this.heard = heard;
    for (String name : SIGNALS) {
      install(name);
    }
  }

  @Override
  public boolean getAsBoolean() {
    return wished.get();
  }

  private void install(String name) {
    try {
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      Object handler =
          Proxy.newProxyInstance(
              handlerType.getClassLoader(), new Class<?>[] {handlerType}, this::invoked);
      Class<?> signalType = Class.forName("sun.misc.Signal");
      Object signal = signalType.getConstructor(String.class).newInstance(name);
      before.put(signal, handle(signal, handler));
    } catch (InvocationTargetException e) {
      // The system has no such signal, or the JVM keeps it for itself (-Xrs).
      return;
    } catch (ReflectiveOperationException e) {
      return;
    }
  }

  private static Object handle(Object signal, Object handler) throws ReflectiveOperationException {
    Method handle =
        signal
            .getClass()
            .getMethod("handle", signal.getClass(), Class.forName("sun.misc.SignalHandler"));
    return handle.invoke(null, signal, handler);
  }

  private Object invoked(Object proxy, Method method, Object[] arguments) {
    return switch (method.getName()) {
      case "handle" -> {
        if (wished.getAndSet(true)) {
          Runtime.getRuntime().halt(ExitStatus.INTERRUPTED.code());
        }
        heard.run();
        yield proxy;
      }
      case "equals" -> proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      default -> "interruption";
    };
  }

  @Override
  public void close() {
    before.forEach(
        (signal, handler) -> {
          try {
            handle(signal, handler);
          } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a handler that was there can't be put back", e);
          }
        });
  }
}
