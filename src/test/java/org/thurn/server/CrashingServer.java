package org.thurn.server;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.thurn.queue.CrashPoint;
import org.thurn.time.Time;

/**
 * The server as {@code thurn serve} runs it, which kills itself with SIGKILL when the system
 * property {@code thurn.crash} says so: {@code ACCEPTED:3} is the third time that a message comes
 * to this {@link CrashPoint}. Argument: the settings file.
 */
final class CrashingServer {
  private static final int SIGKILL = 9;

  private CrashingServer() {}

  public static void main(String[] arguments) throws Exception {
    CrashPoint.Hook hook = hook(System.getProperty("thurn.crash", ""));
    Time time = Time.system();
    try (Shared shared = Shared.open();
        MailServer server = MailServer.start(Path.of(arguments[0]), shared, time, hook)) {
      System.out.println(server.greeting());
      new CountDownLatch(1).await();
    }
  }

  @SuppressWarnings("restricted") // the platform's own way to die would run the shutdown hooks
  private static CrashPoint.Hook hook(String where) {
    if (where.isEmpty()) {
      return CrashPoint.Hook.NONE;
    }
    String[] words = where.split(":", 2);
    CrashPoint wanted = CrashPoint.valueOf(words[0]);
    AtomicInteger left = new AtomicInteger(Integer.parseInt(words[1]));
    MethodHandle raise =
        Linker.nativeLinker()
            .downcallHandle(
                Linker.nativeLinker().defaultLookup().find("raise").orElseThrow(),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    return (point, id) -> {
      if (point == wanted && left.decrementAndGet() == 0) {
        die(raise);
      }
    };
  }

  private static void die(MethodHandle raise) {
    try {
      int _ = (int) raise.invokeExact(SIGKILL);
    } catch (Throwable e) {
      throw new IllegalStateException(e); // a call that cannot fail
    }
  }
}
