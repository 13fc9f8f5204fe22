package org.thurn.fuzz;

/** Takes octets of a stranger: a parser with what must hold of it, or a whole session. */
@FunctionalInterface
public interface FuzzTarget extends AutoCloseable {
  /** Returns if all is well; anything thrown is a finding. */
  void take(byte[] octets) throws Exception;

  @Override
  default void close() throws Exception {}
}
