package org.thurn.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VitalThreadTest {
  @ParameterizedTest
  @ValueSource(strings = {"platform", "virtual"})
  void itsDeathEndsTheProcess(String kind) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Mortal.class.getName(),
                kind)
            .redirectErrorStream(true)
            .start();

    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isEqualTo(VitalThread.EXIT);
    assertThat(said).contains("thread \"heart\" java.lang", "StackOverflowError");
  }

  /** A program that would never end by itself. */
  static final class Mortal {
    private Mortal() {}

    public static void main(String[] arguments) throws InterruptedException {
      Runnable failing =
          () -> {
            throw new StackOverflowError();
          };
      Thread heart =
          arguments[0].equals("virtual")
              ? VitalThread.virtual("heart", failing)
              : VitalThread.platform("heart", failing);
      heart.start();
      Thread.currentThread().join();
    }
  }
}
