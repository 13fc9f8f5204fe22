package org.thurn.lab.attack;

/** What the sending server looks for before it sends. */
public enum SenderDefence {
  /** Neither DNSSEC nor MTA-STS: TLS where it is offered. */
  NONE("none", "nothing", "TLS where it is offered, with any certificate"),
  /** MTA-STS, and the domain was never written to. */
  STS_FIRST("sts-first", "MTA-STS, first contact", "asks for a policy and knows none yet"),
  /** MTA-STS, with the policy kept from before the attack. */
  STS_KNOWN("sts-known", "MTA-STS, policy known", "kept the policy since a day without attack"),
  /** A validating resolver, and no MTA-STS. */
  DANE("dane", "DANE", "validates DNSSEC and asks for TLSA records"),
  /** Both, with the policy kept from before the attack. */
  BOTH("both", "DANE and MTA-STS", "validates, asks for TLSA records, and kept the policy");

  private final String word;
  private final String title;
  private final String words;

  SenderDefence(String word, String title, String words) {
    this.word = word;
    this.title = title;
    this.words = words;
  }

  /** For programs. */
  public String word() {
    return word;
  }

  /** For people, short. */
  public String title() {
    return title;
  }

  /** For people, in words. */
  public String words() {
    return words;
  }

  /** Whether it asks for MTA-STS policies. */
  boolean asksPolicies() {
    return this == STS_FIRST || knowsPolicies();
  }

  /** Whether it has the policy from before. */
  boolean knowsPolicies() {
    return this == STS_KNOWN || this == BOTH;
  }

  /** Whether its resolver validates DNSSEC. */
  boolean validates() {
    return this == DANE || this == BOTH;
  }
}
