package org.thurn.authentication.arc;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.thurn.authentication.dkim.Algorithm;
import org.thurn.authentication.dkim.SigningKey;
import org.thurn.authentication.dkim.SigningSettings;
import org.thurn.dns.Answer;
import org.thurn.dns.RecordData;
import org.thurn.dns.Resolver;
import org.thurn.dns.Security;
import org.thurn.fuzz.Choice;
import org.thurn.fuzz.FuzzTarget;
import org.thurn.fuzz.Promise;
import org.thurn.message.HeaderField;
import org.thurn.message.Headers;
import org.thurn.message.MessageLimits;

/** Chains of strangers, and what we seal of them. */
public final class FuzzedArc {
  private static final SigningKey KEY = Chains.key("list.example", "ed", Algorithm.ED25519_SHA256);
  private static final int MOST_QUESTIONS = ArcField.MAX_INSTANCE + ArcVerification.MAX_SIGNATURES;

  private FuzzedArc() {}

  public static FuzzTarget all() {
    return Choice.of(FuzzedArc::verify, FuzzedArc::seal);
  }

  /** The first line is every key record there is, the rest a message. */
  private static void verify(byte[] octets) throws InterruptedException {
    int line = 0;
    while (line < octets.length && octets[line] != '\n') {
      line++;
    }
    String record = new String(octets, 0, line, StandardCharsets.ISO_8859_1);
    byte[] message = Arrays.copyOfRange(octets, Math.min(line + 1, octets.length), octets.length);
    ArcResult result = new ArcVerifier(answering(record), Keys.TIME).verify(message);
    boolean shown = result.reason().chars().noneMatch(Character::isISOControl);
    Promise.holds(shown && result.reason().length() < 2_000, result::reason);
    int questions = result.answers().size();
    Promise.holds(questions <= MOST_QUESTIONS, () -> questions + " questions");
    boolean has = ArcField.anyIn(Headers.parse(message, MessageLimits.DEFAULT));
    Promise.same(!has, result.chainValidation() == ChainValidation.NONE, "no chain");
    Promise.same(result.passed(), result.oldestPass().isPresent(), "the oldest pass");
    boolean all = result.sets().stream().allMatch(set -> set.seal() == ArcResult.Seal.HOLDS);
    Promise.holds(!result.passed() || all && !result.sets().isEmpty(), result::toString);
  }

  private static Resolver answering(String record) {
    return (name, type) ->
        new Answer(
            name,
            type,
            record.equals("F") ? Answer.Status.TEMPORARY_FAILURE : Answer.Status.FOUND,
            Security.INSECURE,
            name,
            record.equals("F") ? List.of() : List.of(new RecordData.Txt(List.of(record))),
            Duration.ZERO,
            "",
            Duration.ZERO,
            "");
  }

  /** What had no chain has one that holds, and what had a broken one is ended, once. */
  private static void seal(byte[] octets) throws InterruptedException {
    Headers headers = Headers.parse(octets, MessageLimits.DEFAULT);
    ArcVerifier verifier = new ArcVerifier(Chains.keys(KEY), Keys.TIME);
    ChainValidation found = verifier.verify(octets).chainValidation();
    ArcSealer sealer = new ArcSealer(KEY, SigningSettings.DEFAULT, Keys.TIME, Chains.PLATFORM);
    try {
      Sealing sealing = sealer.begin(headers);
      sealing.take(octets, headers.length(), octets.length - headers.length());
      HeaderField[] set = sealing.finish(found, Chains.results(found)).toArray(HeaderField[]::new);
      ArcVerification again = verifier.begin(headers.prepend(set));
      again.take(octets, headers.length(), octets.length - headers.length());
      ChainValidation wanted =
          found == ChainValidation.FAIL ? ChainValidation.FAIL : ChainValidation.PASS;
      ArcResult result = again.finish();
      Promise.same(wanted, result.chainValidation(), result.reason());
    } catch (UnsealableException e) {
      boolean shown = String.valueOf(e.getMessage()).chars().allMatch(c -> c >= ' ' && c <= '~');
      Promise.holds(shown, e::toString);
    }
  }
}
