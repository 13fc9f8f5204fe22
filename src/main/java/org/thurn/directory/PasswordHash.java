package org.thurn.directory;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Argon2id, RFC 9106, on a few platform threads: each hash fills its memory with arithmetic that
 * yields to nobody, so that the number of threads is what bounds both.
 */
final class PasswordHash implements AutoCloseable {
  private static final int SALT_OCTETS = 16;
  private static final int HASH_OCTETS = 32;

  private final SecureRandom random = new SecureRandom();
  private final Argon2Function argon2;
  private final ThreadPoolExecutor pool;
  private final String dummy;

  PasswordHash(PasswordCost cost) {
    argon2 = Argon2Function.getInstance(cost.memoryKib(), cost.passes(), 1, HASH_OCTETS, Argon2.ID);
    pool =
        new ThreadPoolExecutor(
            cost.atOnce(),
            cost.atOnce(),
            10,
            TimeUnit.SECONDS,
            // Who waits here is a connection's thread, and connections are bounded.
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("argon2-", 0).factory());
    pool.allowCoreThreadTimeOut(true);
    dummy = dummy(cost);
  }

  /** The form of a hash that nothing hashes to: random octets, which cost nothing to make. */
  private String dummy(PasswordCost cost) {
    byte[] salt = new byte[SALT_OCTETS];
    byte[] hash = new byte[HASH_OCTETS];
    random.nextBytes(salt);
    random.nextBytes(hash);
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m=%d,t=%d,p=1$%s$%s"
        .formatted(
            cost.memoryKib(),
            cost.passes(),
            base64.encodeToString(salt),
            base64.encodeToString(hash));
  }

  /** A new hash with a new salt, in PHC form. */
  String hash(String password) {
    byte[] salt = new byte[SALT_OCTETS];
    random.nextBytes(salt);
    return onPool(() -> argon2.hash(password.getBytes(UTF_8), salt).getResult());
  }

  /** Whether the password is the one that {@code hash} was made of. */
  boolean matches(String password, String hash) {
    return onPool(() -> Argon2Function.getInstanceFromHash(hash).check(password, hash));
  }

  /** Takes as long as {@link #matches} and says no: nobody learns by the clock who exists. */
  void matchNobody(String password) {
    matches(password, dummy);
  }

  private <T> T onPool(Callable<T> work) {
    Future<T> result = pool.submit(work);
    try {
      return result.get();
    } catch (InterruptedException e) {
      result.cancel(true);
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a password was hashed", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("Argon2id failed", e);
    }
  }

  @Override
  public void close() {
    pool.shutdown();
  }
}
