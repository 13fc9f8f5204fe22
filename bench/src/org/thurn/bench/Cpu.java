package org.thurn.bench;

/**
 * Processor time.
 *
 * @param user milliseconds in user mode
 * @param system milliseconds in the kernel
 */
record Cpu(double user, double system) {
  Cpu minus(Cpu earlier) {
    return new Cpu(user - earlier.user, system - earlier.system);
  }

  double total() {
    return user + system;
  }
}
