package org.thurn.directory;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.BlockPool;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.FixedBlockPool;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id, RFC 9106, on a few platform threads: each hash fills its memory with arithmetic that
 * yields to nobody, so that the number of threads is what bounds both. A thread keeps its memory
 * from one hash to the next, and gives it up when it has had nothing to do for a while.
 */
final class PasswordHash implements AutoCloseable {
  private static final int SALT_OCTETS = 16;
  private static final int HASH_OCTETS = 32;

  private final SecureRandom random = new SecureRandom();
  private final PasswordCost cost;
  private final ThreadLocal<BlockPool> memory;
  private final ThreadPoolExecutor pool;
  private final String dummy;

  PasswordHash(PasswordCost cost) {
    this.cost = cost;
    int blocks = Argon2BytesGenerator.getBlockCount(cost.memoryKib(), 1);
    memory = ThreadLocal.withInitial(() -> new FixedBlockPool(blocks));
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
    // nothing hashes to random octets, which cost nothing to make
    dummy =
        new Argon2idHash(cost.memoryKib(), cost.passes(), drawn(SALT_OCTETS), drawn(HASH_OCTETS))
            .text();
  }

  private byte[] drawn(int octets) {
    byte[] drawn = new byte[octets];
    random.nextBytes(drawn);
    return drawn;
  }

  /** A new hash with a new salt, in PHC form. */
  String hash(String password) {
    byte[] salt = drawn(SALT_OCTETS);
    byte[] hash =
        onPool(() -> argon2id(password, cost.memoryKib(), cost.passes(), salt, HASH_OCTETS));
    return new Argon2idHash(cost.memoryKib(), cost.passes(), salt, hash).text();
  }

  /** Whether the password is the one that {@code hash} was made of. */
  boolean matches(String password, String hash) {
    Argon2idHash made = Argon2idHash.parse(hash);
    byte[] again =
        onPool(
            () ->
                argon2id(
                    password, made.memoryKib(), made.passes(), made.salt(), made.hash().length));
    return MessageDigest.isEqual(again, made.hash());
  }

  /** Takes as long as {@link #matches} and says no: nobody learns by the clock who exists. */
  void matchNobody(String password) {
    matches(password, dummy);
  }

  private byte[] argon2id(String password, int memoryKib, int passes, byte[] salt, int octets) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memoryKib)
            .withIterations(passes)
            .withParallelism(1)
            .withSalt(salt)
            .withBlockPool(memory.get())
            .build());
    byte[] hash = new byte[octets];
    generator.generateBytes(password.getBytes(UTF_8), hash);
    return hash;
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
