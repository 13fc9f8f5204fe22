package org.thurn.queue;

/**
 * What goes the same way and shares one limit: the recipients of one host, or of one account.
 *
 * @param name a letter for the kind, then the host or the account
 */
record Lane(String name) {
  static Lane of(Destination destination) {
    return switch (destination) {
      case Destination.Local(var account, var _) -> new Lane("l" + account);
      case Destination.Remote(var host) -> new Lane("r" + host.ascii());
    };
  }

  boolean isRemote() {
    return name.startsWith("r");
  }

  /** The form for people: the host or the account. */
  String destination() {
    return name.substring(1);
  }
}
