package org.thurn.cli;

import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/**
 * What the system says to a server: SIGTERM and SIGINT to stop, SIGHUP to read its settings. They
 * are heard from the moment this is made, and what is heard during the start is done after it.
 */
final class Signals {
  private final CountDownLatch stop = new CountDownLatch(1);
  private final CompletableFuture<Runnable> reload = new CompletableFuture<>();

  Signals() {
    handle("TERM", stop::countDown);
    handle("INT", stop::countDown);
    handle("HUP", () -> Thread.ofVirtual().name("reload").start(() -> reload.join().run()));
  }

  /** What SIGHUP does; one that came before waits for this. */
  void onReload(Runnable action) {
    reload.complete(action);
  }

  /** Waits until the process shall stop. The caller then closes what it opened and returns. */
  void awaitStop() throws InterruptedException {
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
