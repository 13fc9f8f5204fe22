package org.thurn.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PasswordHashTest {
  @Test
  void hashesAreArgon2idWithTheCostInThem() {
    try (PasswordHash passwords = new PasswordHash(PasswordCost.DEFAULT)) {
      String hash = passwords.hash("correct horse");
      assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
      assertThat(passwords.matches("correct horse", hash)).isTrue();
      assertThat(passwords.matches("correct hors", hash)).isFalse();
      assertThat(passwords.hash("correct horse")).isNotEqualTo(hash);
    }
  }

  @Test
  void aHashOfTheReferenceImplementationIsUnderstood() {
    // of the reference implementation's own tests
    String hash =
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ"
            + "$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
    try (PasswordHash passwords = new PasswordHash(new PasswordCost(64, 1, 1))) {
      assertThat(passwords.matches("password", hash)).isTrue();
    }
  }

  @Test
  void neverMoreThanSoManyAtOnceHoweverManyWait() throws Exception {
    try (PasswordHash passwords = new PasswordHash(new PasswordCost(1024, 1, 2));
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<String>> all =
          IntStream.range(0, 50)
              .mapToObj(i -> (Callable<String>) () -> passwords.hash("password " + i))
              .toList();
      for (Future<String> hash : clients.invokeAll(all)) {
        assertThat(hash.get()).startsWith("$argon2id$");
      }
      long threads =
          Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> thread.getName().startsWith("argon2-"))
              .count();
      assertThat(threads).isLessThanOrEqualTo(2);
    }
  }
}
