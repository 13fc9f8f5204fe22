package org.thurn.lab.attack;

import java.net.InetAddress;
import org.thurn.name.Domain;
import org.thurn.name.IpAddress;

/** What a receiving domain publishes; each is a domain of the small internet. */
public enum ReceiverDefence {
  /** No TLS at all. */
  NOTHING("nothing", "nothing", "no STARTTLS", 101),
  /** STARTTLS with a valid certificate, and nobody told that it will be there. */
  TLS("tls", "TLS", "STARTTLS with a valid certificate", 102),
  /** The same, promised by a policy. */
  STS("sts", "MTA-STS", "STARTTLS with a valid certificate, and a policy in mode enforce", 103),
  /** The same, promised by signed records. */
  DANE("dane", "DANE", "STARTTLS, and TLSA records in a signed zone", 104),
  /** Both promises. */
  BOTH(
      "both",
      "DANE and MTA-STS",
      "STARTTLS, TLSA records in a signed zone, and a policy in mode enforce",
      105);

  private final String word;
  private final String title;
  private final String words;
  private final int last;

  ReceiverDefence(String word, String title, String words, int last) {
    this.word = word;
    this.title = title;
    this.words = words;
    this.last = last;
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

  /** The domain that is so defended. */
  public Domain domain() {
    return Domain.of(word + ".example");
  }

  /** Its only MX. */
  Domain host() {
    return Domain.of("mx." + domain().ascii());
  }

  /** Where its policy is served, RFC 8461 §3.2. */
  Domain policyHost() {
    return Domain.of("mta-sts." + domain().ascii());
  }

  /** Of all its hosts. */
  InetAddress address() {
    return IpAddress.of("127.25.0." + last);
  }

  boolean tls() {
    return this != NOTHING;
  }

  /** Whether it publishes an MTA-STS policy. */
  boolean policy() {
    return this == STS || this == BOTH;
  }

  /** Whether its zone is signed and has TLSA records. */
  boolean signed() {
    return this == DANE || this == BOTH;
  }
}
