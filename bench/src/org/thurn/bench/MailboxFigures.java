package org.thurn.bench;

import java.util.List;

/**
 * What IMAP showed of one server.
 *
 * @param messages in the mailbox
 * @param accesses in the order in which they were made
 */
record MailboxFigures(String server, int messages, List<Access> accesses, List<Idle> idle) {
  /** In which state of the server a command was given. */
  enum When {
    FIRST("first ever"),
    RESTARTED("after a restart"),
    WARM("warm");

    final String label;

    When(String label) {
      this.label = label;
    }
  }

  /**
   * A command.
   *
   * @param wall milliseconds until its OK
   * @param cpu milliseconds of the server's processor time
   * @param others cores in use by others meanwhile, over the session
   */
  record Access(String command, When when, double wall, double cpu, double others) {}

  /**
   * Connections that logged in, selected an empty INBOX and idle.
   *
   * @param before MiB before the first
   * @param after MiB when all idled
   * @param collected MiB when a JVM had been asked to collect what the logins left behind
   */
  record Idle(boolean tls, int connections, double before, double after, double collected) {
    double kibEach() {
      return (after - before) * 1024 / connections;
    }

    double kibCollected() {
      return (collected - before) * 1024 / connections;
    }
  }
}
