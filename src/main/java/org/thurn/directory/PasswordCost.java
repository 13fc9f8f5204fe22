package org.thurn.directory;

/**
 * What hashing one password costs with Argon2id (RFC 9106 §3.1).
 *
 * @param memoryKib memory of one hash, in KiB
 * @param passes over that memory
 * @param atOnce hashes that may run side by side
 */
public record PasswordCost(int memoryKib, int passes, int atOnce) {
  /** The OWASP password storage cheat sheet's first choice: 19 MiB, two passes. */
  public static final PasswordCost DEFAULT =
      new PasswordCost(19 * 1024, 2, Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4));
}
