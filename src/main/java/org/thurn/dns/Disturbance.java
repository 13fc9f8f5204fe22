package org.thurn.dns;

/** Decides for each question whether the server misbehaves: for the lab's attacks and for tests. */
@FunctionalInterface
public interface Disturbance {
  /** Nothing is disturbed. */
  Disturbance NONE = (name, type) -> Treatment.NORMAL;

  /** What happens to one question. */
  enum Treatment {
    NORMAL,
    /** No reply at all, so that whoever asked runs into a time-out. */
    DROP,
    SERVFAIL,
    /** The answer with every signature spoilt. */
    BREAK_SIGNATURES
  }

  /**
   * Called for each query that could be read, on the server's thread.
   *
   * @param name the name asked for in master-file form, lower case, with its final dot
   * @param type the mnemonic of the type, as TLSA
   */
  Treatment treat(String name, String type);
}
