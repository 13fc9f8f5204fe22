package org.thurn.lab.scenario;

import org.thurn.name.Domain;
import org.thurn.name.Mailbox;

/** Who plays: the names in the scenarios. */
public final class People {
  static final Domain STRICT = Domain.of("strict.example");
  static final Domain LIST = Domain.of("list.example");

  static final Mailbox ALICE = Mailbox.of("alice@strict.example");
  static final Mailbox ALICE_SOFT = Mailbox.of("alice@soft.example");
  static final Mailbox BOB = Mailbox.of("bob@soft.example");
  static final Mailbox BOB_STRICT = Mailbox.of("bob@strict.example");
  static final Mailbox ALICE_PLAIN = Mailbox.of("alice@plain.example");
  static final Mailbox BOB_PLAIN = Mailbox.of("bob@plain.example");
  static final Mailbox MALLORY = Mailbox.of("carol@mallory.example");

  /** An alias that leads to {@link #FRIEND}, who trusts no forwarder. */
  public static final Mailbox FRIENDS = Mailbox.of("friends@list.example");

  /** An alias that leads to {@link #LIST_PROGRAM}. */
  public static final Mailbox NEWS = Mailbox.of("news@list.example");

  /** Whose mail the list's program reads, handles and sends on. */
  public static final Mailbox LIST_PROGRAM = Mailbox.of("bob@list.example");

  /** Where {@link #FRIENDS} leads. */
  public static final Mailbox FRIEND = BOB_PLAIN;

  /** An alias that leads to {@link #MEMBER}, who trusts the list's server. */
  public static final Mailbox CLUB = Mailbox.of("club@list.example");

  /** Where {@link #CLUB} leads. */
  public static final Mailbox MEMBER = BOB;

  private People() {}
}
