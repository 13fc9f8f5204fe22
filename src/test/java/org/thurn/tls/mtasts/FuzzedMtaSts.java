package org.thurn.tls.mtasts;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.thurn.fuzz.Choice;
import org.thurn.fuzz.FuzzTarget;
import org.thurn.fuzz.Promise;
import org.thurn.name.Domain;

/** Records, policies, names by which policies are asked for, and rows of a damaged disk. */
public final class FuzzedMtaSts {
  private static final OwnPolicies OWN =
      new OwnPolicies(
          domain -> domain.ascii().endsWith("example"),
          () -> Optional.of(new StsPolicy(Mode.NONE, List.of(), StsPolicy.LONGEST)));

  private FuzzedMtaSts() {}

  public static FuzzTarget all() {
    return Choice.of(
        FuzzedMtaSts::record, FuzzedMtaSts::policy, FuzzedMtaSts::host, FuzzedMtaSts::row);
  }

  private static String text(byte[] octets) {
    return new String(octets, StandardCharsets.ISO_8859_1);
  }

  /** What is read is written and read again as the same; what is wrong has words. */
  private static void record(byte[] octets) {
    switch (StsRecord.parse(text(octets))) {
      case StsRecord.Reading.Announced announced ->
          Promise.same(announced, StsRecord.parse(announced.record().text()), "the record");
      case StsRecord.Reading.Wrong(String why) -> Promise.holds(shown(why), () -> why);
      case StsRecord.Reading.Silent _, StsRecord.Reading.Unanswered _ ->
          throw new AssertionError("a text is neither");
    }
  }

  private static boolean shown(String words) {
    return !words.isEmpty()
        && words.length() < 200
        && words.chars().noneMatch(Character::isISOControl);
  }

  private static void policy(byte[] octets) {
    switch (PolicyText.parse(octets)) {
      case PolicyReading.Read(StsPolicy policy) -> {
        byte[] written = policy.text().getBytes(StandardCharsets.US_ASCII);
        if (written.length <= PolicyText.MAX_OCTETS) {
          Promise.same(new PolicyReading.Read(policy), PolicyText.parse(written), "the policy");
        }
        boolean lives = policy.lifetime().compareTo(StsPolicy.LONGEST) <= 0;
        Promise.holds(lives, () -> "it lives " + policy.lifetime());
        policy.mx().forEach(FuzzedMtaSts::pattern);
      }
      case PolicyReading.Invalid(String why) -> Promise.holds(shown(why), () -> why);
    }
  }

  /** A host is allowed by its own name, and by a wildcard only one label below. */
  private static void pattern(MxPattern pattern) {
    Promise.same(!pattern.wildcard(), pattern.matches(pattern.name()), pattern.toString());
    if (pattern.name().ascii().length() < 240) {
      Domain below = Domain.of("a." + pattern.name());
      Promise.same(pattern.wildcard(), pattern.matches(below), pattern.toString());
      boolean deep = pattern.matches(Domain.of("b." + below));
      Promise.holds(!deep, pattern::toString);
    }
  }

  private static void host(byte[] octets) {
    String authority = text(octets);
    if (OWN.at(authority).isPresent()) {
      String lower = authority.toLowerCase(Locale.ROOT);
      Promise.holds(lower.startsWith("mta-sts."), () -> authority);
    }
  }

  /** A row is read, written and read as the same, or fails as the check of the store expects. */
  private static void row(byte[] octets) {
    try {
      PolicyRows.Kept kept = PolicyRows.kept(octets);
      Promise.same(kept, PolicyRows.kept(PolicyRows.write(kept)), "a row");
    } catch (UncheckedIOException
        | IllegalArgumentException
        | NoSuchElementException
        | DateTimeException e) {
      Promise.holds(e.getMessage() != null, e::toString);
    }
  }
}
