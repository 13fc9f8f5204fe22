package org.thurn.bench;

import java.util.Optional;

/** What is measured: a server in a role. */
enum Workload {
  SINK("control", "smtp-sink", Role.SINK, 1),
  POSTFIX_DISCARD("accept and discard", "Postfix", Role.POSTFIX_DISCARD, 1),
  POSTFIX_RELAY("relay", "Postfix", Role.POSTFIX_RELAY, 1),
  THURN_RELAY("relay", "Thurn", Role.THURN_RELAY, 1),
  PEERS_ONE("to one mailbox", "Postfix + Dovecot", Role.POSTFIX_DOVECOT, 1),
  THURN_ONE("to one mailbox", "Thurn", Role.THURN, 1),
  PEERS_TEN("to ten mailboxes", "Postfix + Dovecot", Role.POSTFIX_DOVECOT, 10),
  THURN_TEN("to ten mailboxes", "Thurn", Role.THURN, 10),
  DOVECOT_LMTP("LMTP, ten mailboxes", "Dovecot", Role.DOVECOT_LMTP, 10),
  THURN_LMTP("LMTP, ten mailboxes", "Thurn", Role.THURN_LMTP, 10);

  /** Which programs run, and where they send what they take. */
  enum Role {
    SINK,
    POSTFIX_DISCARD,
    POSTFIX_RELAY,
    POSTFIX_DOVECOT,
    DOVECOT_LMTP,
    THURN,
    THURN_RELAY,
    THURN_LMTP
  }

  final String label;
  final String server;
  final Role role;
  final int mailboxes;

  Workload(String label, String server, Role role, int mailboxes) {
    this.label = label;
    this.server = server;
    this.role = role;
    this.mailboxes = mailboxes;
  }

  /** Domain of the recipients: ours or somebody else's. */
  String domain() {
    return switch (role) {
      case SINK, POSTFIX_DISCARD, POSTFIX_RELAY, THURN_RELAY -> "elsewhere.example";
      case POSTFIX_DOVECOT, DOVECOT_LMTP, THURN, THURN_LMTP -> "bench.example";
    };
  }

  /** What a figure of Thurn's is held against. */
  Optional<Workload> counterpart() {
    return switch (this) {
      case THURN_RELAY -> Optional.of(POSTFIX_RELAY);
      case THURN_ONE -> Optional.of(PEERS_ONE);
      case THURN_TEN -> Optional.of(PEERS_TEN);
      case THURN_LMTP -> Optional.of(DOVECOT_LMTP);
      case SINK, POSTFIX_DISCARD, POSTFIX_RELAY, PEERS_ONE, PEERS_TEN, DOVECOT_LMTP ->
          Optional.empty();
    };
  }
}
