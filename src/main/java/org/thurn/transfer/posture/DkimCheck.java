package org.thurn.transfer.posture;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurn.authentication.dkim.Algorithm;
import org.thurn.authentication.dkim.Cryptography;
import org.thurn.authentication.dkim.DkimKeyRecord;
import org.thurn.authentication.dkim.KeySyntaxException;
import org.thurn.authentication.dkim.VerificationKey;
import org.thurn.dns.Answer;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordData;
import org.thurn.dns.RecordType;
import org.thurn.name.Domain;

/** A key of the domain in the DNS, RFC 6376 §3.6.1. */
record DkimCheck(Means means, Domain domain, String selector) implements Check {
  /** Keys with fewer are still believed, and should not be used (RFC 8301 §3.2). */
  private static final int GOOD_RSA_BITS = 2_048;

  private static final String LABEL = "_domainkey";

  @Override
  public Topic topic() {
    return Topic.DKIM;
  }

  private Answer ask() {
    return means.ask(DnsName.of(domain).under(selector, LABEL), RecordType.TXT);
  }

  @Override
  public List<Observation> look() {
    Answer answer = ask();
    if (answer.failed()) {
      return List.of(Means.failed(Topic.DKIM, answer));
    }
    List<String> texts = answer.all(RecordData.Txt.class).map(RecordData.Txt::joined).toList();
    if (texts.isEmpty()) {
      return List.of(
          Observation.bad(
              Topic.DKIM,
              selector + ": no key at " + answer.name().text(),
              "Publish the key, or sign with a selector that has one."));
    }
    if (texts.size() > 1) {
      return List.of(
          Observation.bad(
              Topic.DKIM,
              selector + ": " + texts.size() + " records; which of them counts is not defined",
              "Leave one (RFC 6376 §3.6.2.2)."));
    }
    return List.of(key(texts.getFirst()));
  }

  private Observation key(String text) {
    try {
      DkimKeyRecord record = DkimKeyRecord.parse(text);
      if (record.revoked()) {
        return Observation.warn(
            Topic.DKIM,
            selector + ": revoked",
            "If no mail signed with it is on its way any more, remove the record.");
      }
      Optional<Algorithm> algorithm = algorithm(record);
      if (algorithm.isEmpty() || !record.forMail()) {
        return Observation.bad(
            Topic.DKIM,
            selector + ": a key that mail cannot be verified with: k=" + record.keyType(),
            "Use RSA with 2048 bits, and Ed25519 beside it; no h= or s= that excludes them.");
      }
      VerificationKey key = VerificationKey.of(record, algorithm.get(), Cryptography.platform());
      return judged(record, algorithm.get(), key);
    } catch (KeySyntaxException e) {
      return Observation.bad(
          Topic.DKIM, selector + ": " + e.getMessage(), "Make a new key and publish it whole.");
    }
  }

  private Observation judged(DkimKeyRecord record, Algorithm algorithm, VerificationKey key) {
    String text = selector + ": " + record.keyType() + ", " + key.bits() + " bits";
    if (record.testing()) {
      return Observation.warn(
          Topic.DKIM,
          text + ", marked as a test (t=y)",
          "Take t=y away: verifiers may treat the mail as if it were not signed.");
    }
    return algorithm == Algorithm.RSA_SHA256 && key.bits() < GOOD_RSA_BITS
        ? Observation.warn(
            Topic.DKIM, text, "Use " + GOOD_RSA_BITS + " bits: short keys can be broken.")
        : Observation.good(Topic.DKIM, text);
  }

  private static Optional<Algorithm> algorithm(DkimKeyRecord record) {
    return List.of(Algorithm.values()).stream().filter(record::fits).findFirst();
  }

  /** What can be known of a domain's keys by somebody who has no selector. */
  record Guess(Means means, Domain domain) implements Check {
    /** Those that programs and large hosters propose. There is no way to ask for a list. */
    private static final List<String> COMMON =
        List.of(
            "default",
            "dkim",
            "mail",
            "s1",
            "s2",
            "k1",
            "k2",
            "key1",
            "google",
            "selector1",
            "selector2",
            "fm1",
            "fm2",
            "mx",
            "smtp",
            "email",
            "protonmail",
            "zoho",
            "mandrill",
            "ed25519",
            "rsa");

    /** With those that a Thurn server made this year, or the year before. */
    private static List<String> selectors(Instant now) {
      int year = now.atOffset(ZoneOffset.UTC).getYear();
      List<String> selectors = new ArrayList<>(COMMON);
      for (int made : new int[] {year, year - 1}) {
        for (String letter : List.of("a", "b", "c")) {
          selectors.add(made + letter + "-rsa");
          selectors.add(made + letter + "-ed");
        }
      }
      return selectors;
    }

    @Override
    public Topic topic() {
      return Topic.DKIM;
    }

    @Override
    public List<Observation> look() {
      Answer below = means.ask(DnsName.of(domain).under(LABEL), RecordType.TXT);
      if (below.status() == Answer.Status.NO_SUCH_NAME) {
        // RFC 8020: nothing exists below a name that does not exist
        return List.of(
            Observation.bad(
                Topic.DKIM,
                "no key at all: there is no " + below.name().text(),
                "Sign outgoing mail, and publish the key: forwarded mail passes DMARC by it alone."));
      }
      List<Observation> found = new ArrayList<>();
      for (String selector : selectors(means.time().now())) {
        DkimCheck check = new DkimCheck(means, domain, selector);
        if (check.ask().found()) {
          found.addAll(check.look());
        }
      }
      return found.isEmpty()
          ? List.of(
              Observation.unknown(
                  Topic.DKIM,
                  "no key under any of " + COMMON.size() + " common selectors",
                  "Name yours with --selector; it is s= in the DKIM-Signature of a message."))
          : found;
    }
  }
}
