package org.thurn.cli;

import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;

/** What the system says to a server: SIGTERM and SIGINT to stop, SIGHUP to read its settings. */
final class Signals {
  private Signals() {}

  /** Waits until the process shall stop. The caller then closes what it opened and returns. */
  static void untilStopped(Runnable reload) throws InterruptedException {
    CountDownLatch stop = new CountDownLatch(1);
    handle("TERM", stop::countDown);
    handle("INT", stop::countDown);
    handle("HUP", () -> Thread.ofVirtual().name("reload").start(reload));
    stop.await();
  }

  /**
   * By reflection: {@code sun.misc.Signal} is the JDK's only way to hear of SIGHUP, and naming it
   * in the source is a warning that nothing silences.
   */
  private static void handle(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object listener =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handler},
              (_, method, _) -> {
                if (method.getName().equals("handle")) {
                  action.run();
                }
                return null;
              });
      Object subject = signal.getConstructor(String.class).newInstance(name);
      signal.getMethod("handle", signal, handler).invoke(null, subject, listener);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("SIG" + name + " cannot be handled", e);
    }
  }
}
