package org.thurn.lab.attack;

/** What is done on the wire. */
public enum Attack {
  /** Nothing but to read along: what any router on the way can do. */
  LISTEN("listen", "only listens", "No attack: somebody on the way reads along."),
  STRIP(
      "strip",
      "strips STARTTLS",
      "STARTTLS is taken out of the reply to EHLO, and refused where it is tried all the same."),
  UNTRUSTED(
      "untrusted",
      "shows an untrusted certificate",
      "The attacker answers STARTTLS himself, with a certificate of an authority of his own."),
  EXPIRED(
      "expired",
      "shows an expired certificate",
      "The attacker answers STARTTLS himself, with a certificate that was right once: its time is"
          + " over."),
  FRAUDULENT(
      "fraudulent",
      "shows a fraudulent certificate",
      "The attacker answers STARTTLS himself, with a valid certificate for the host's name, which a"
          + " trusted authority gave to the wrong person."),
  POLICY_HIDDEN(
      "policy-hidden",
      "hides the policy",
      "The record of MTA-STS gets no answer and the policy's host no connection; STARTTLS is"
          + " stripped."),
  DNSSEC_BROKEN(
      "dnssec-broken",
      "breaks DNSSEC",
      "Every signature of the domain's records is spoilt on the way; STARTTLS is stripped."),
  REPLAY(
      "replay",
      "replays an old policy",
      "The record of MTA-STS is last year's, and so is the policy behind it, which demanded nothing;"
          + " it comes with a certificate of the attacker's own. STARTTLS is stripped."),
  DOWNGRADE(
      "downgrade",
      "downgrades the key exchange",
      "X25519MLKEM768 is taken out of what the client offers, so that a later quantum computer could"
          + " read what was recorded.");

  private final String word;
  private final String title;
  private final String words;

  Attack(String word, String title, String words) {
    this.word = word;
    this.title = title;
    this.words = words;
  }

  /** For programs. */
  public String word() {
    return word;
  }

  /** For people, short: the attacker does this. */
  public String title() {
    return title;
  }

  /** For people, in sentences. */
  public String words() {
    return words;
  }

  /** Whether the attacker answers STARTTLS himself. */
  public boolean forges() {
    return this == UNTRUSTED || this == EXPIRED || this == FRAUDULENT;
  }

  /** Whether he hides that the server has STARTTLS. */
  boolean strips() {
    return this == STRIP || this == POLICY_HIDDEN || this == DNSSEC_BROKEN || this == REPLAY;
  }

  /** Whether a sender who knows no policy yet cannot learn it. */
  boolean keepsPolicyAway() {
    return this == POLICY_HIDDEN || this == REPLAY;
  }
}
