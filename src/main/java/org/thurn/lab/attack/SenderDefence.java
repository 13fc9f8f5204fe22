package org.thurn.lab.attack;

import java.util.Optional;

/** What the sending server looks for before it sends. */
public enum SenderDefence {
  /** Neither DNSSEC nor MTA-STS: TLS where it is offered. */
  NONE("none", "nothing", "TLS where it is offered, with any certificate", false, false),
  /** MTA-STS, and the domain was never written to. */
  STS_FIRST(
      "sts-first", "MTA-STS, first contact", "asks for a policy and knows none yet", true, false),
  /** MTA-STS, with a policy from last year, when the domain demanded nothing. */
  STS_OLD_NONE(
      "sts-old-none",
      "MTA-STS, last year's mode none",
      "kept last year's policy, which demanded nothing; of the new one it never heard",
      true,
      false,
      Edition.OLD_NONE),
  /** MTA-STS, with a policy from last year, when another host took the domain's mail. */
  STS_OLD_HOST(
      "sts-old-host",
      "MTA-STS, last year's host",
      "kept last year's policy, in mode enforce for the host of then; of the new one it never heard",
      true,
      false,
      Edition.OLD_HOST),
  /** MTA-STS, with the policy kept from before the attack. */
  STS_KNOWN(
      "sts-known",
      "MTA-STS, policy known",
      "kept the policy since a day without attack",
      true,
      false,
      Edition.CURRENT),
  /** A validating resolver, and no MTA-STS. */
  DANE("dane", "DANE", "validates DNSSEC and asks for TLSA records", false, true),
  /** Both, with the policy kept from before the attack. */
  BOTH(
      "both",
      "DANE and MTA-STS",
      "validates, asks for TLSA records, and kept the policy",
      true,
      true,
      Edition.CURRENT);

  private final String word;
  private final String title;
  private final String words;
  private final boolean asks;
  private final boolean validates;
  private final Optional<Edition> kept;

  SenderDefence(String word, String title, String words, boolean asks, boolean validates) {
    this(word, title, words, asks, validates, Optional.empty());
  }

  SenderDefence(
      String word, String title, String words, boolean asks, boolean validates, Edition kept) {
    this(word, title, words, asks, validates, Optional.of(kept));
  }

  SenderDefence(
      String word,
      String title,
      String words,
      boolean asks,
      boolean validates,
      Optional<Edition> kept) {
    this.word = word;
    this.title = title;
    this.words = words;
    this.asks = asks;
    this.validates = validates;
    this.kept = kept;
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
    return asks;
  }

  /** The policy that it has from a day without attack. */
  Optional<Edition> kept() {
    return kept;
  }

  /** Whether its resolver validates DNSSEC. */
  boolean validates() {
    return validates;
  }
}
