package org.thurn.authentication.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.thurn.authentication.arc.ArcResult;
import org.thurn.authentication.arc.ArcVerifier;
import org.thurn.name.Domain;

/** What we say of signatures in the shapes of real life: {@code expected.txt} has all of it. */
class SamplesTest {
  private static KeyZone zone() throws Exception {
    KeyZone zone = new KeyZone();
    Samples.zone().forEach(zone::with);
    return zone;
  }

  /** The result of each signature, what probably broke it, and the chain's. */
  private static String told(Samples sample) throws Exception {
    String message = sample.message();
    KeyZone zone = zone();
    Repairs repairs = new Repairs(Mail.TIME, Mail.PLATFORM);
    StringBuilder told = new StringBuilder(sample.file() + "\n");
    for (DkimResult result : Mail.verify(message, zone)) {
      told.append("  %s %s, ".formatted(result.outcome().word(), result.cause()))
          .append(result.domain().map(Domain::ascii).orElse("no domain"))
          .append(", " + result.selector().orElse("no selector") + "\n")
          .append("    " + result.sentence() + "\n");
      Optional<Repair> repair = repairs.find(Mail.octets(message), result);
      repair.ifPresent(r -> told.append("    " + r.sentence() + "\n"));
    }
    ArcResult chain = new ArcVerifier(zone, Mail.TIME).verify(Mail.octets(message));
    if (message.contains("ARC-Seal:")) {
      told.append("  arc " + chain.chainValidation().word() + ": " + chain.reason() + "\n");
    }
    return told.toString();
  }

  @ParameterizedTest
  @EnumSource
  void isWhatItsDraftBecomes(Samples sample) throws Exception {
    assertThat(sample.message()).isEqualTo(sample.made()).doesNotContain("{b");
  }

  @Test
  void everySampleIsJudgedAsExpected() throws Exception {
    StringBuilder told = new StringBuilder();
    for (Samples sample : Samples.all()) {
      told.append(told(sample)).append('\n');
    }
    assertThat(told.toString()).isEqualTo(Files.readString(Samples.FOLDER.resolve("expected.txt")));
  }

  /** Where nothing was done to a message, a changed word in its body is noticed by all. */
  @ParameterizedTest
  @EnumSource
  void aChangedBodyIsNoticed(Samples sample) throws Exception {
    String message = sample.message();
    int body = message.indexOf("\r\n\r\n") + 4;
    String changed = message.substring(0, body) + "x" + message.substring(body);
    List<DkimResult> before = Mail.verify(message, zone());
    List<DkimResult> after = Mail.verify(changed, zone());
    for (int i = 0; i < before.size(); i++) {
      Map<Cause, Cause> become =
          Map.of(
              Cause.VERIFIED, Cause.BODY_CHANGED,
              Cause.BODY_PARTLY_SIGNED, Cause.BODY_CHANGED,
              Cause.HEADER_CHANGED, Cause.HEADER_AND_BODY_CHANGED);
      Cause cause = before.get(i).cause();
      assertThat(after.get(i).cause()).isEqualTo(become.getOrDefault(cause, cause));
    }
  }
}
