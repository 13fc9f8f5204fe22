package org.thurn.authentication.results;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.thurn.fuzz.Choice;
import org.thurn.fuzz.FuzzTarget;
import org.thurn.fuzz.Promise;
import org.thurn.message.HeaderField;
import org.thurn.message.Headers;
import org.thurn.message.MessageLimits;

/** Authentication-Results of strangers, and ours with a stranger's words in them. */
public final class FuzzedResults {
  private static final String OURS = "mx.thurn.example";
  private static final ForgedResults FORGED = new ForgedResults(List.of(OURS));

  private FuzzedResults() {}

  public static FuzzTarget all() {
    return Choice.of(FuzzedResults::field, FuzzedResults::words);
  }

  /** A value is read, or there are words why not; whoever is named us is found. */
  private static void field(byte[] octets) {
    String text = new String(octets, StandardCharsets.UTF_8);
    byte[] line = ("Authentication-Results: " + text + "\r\n\r\n").getBytes(StandardCharsets.UTF_8);
    HeaderField field = Headers.parse(line, MessageLimits.DEFAULT).fields().getFirst();
    boolean forged = FORGED.test(field);
    try {
      AuthenticationResults results = ResultsParser.parse(field);
      boolean ours = results.authservId().equalsIgnoreCase(OURS);
      Promise.holds(forged || !ours, () -> "not seen: " + field);
    } catch (ResultsSyntaxException e) {
      boolean shown = String.valueOf(e.getMessage()).chars().allMatch(c -> c >= ' ' && c <= '~');
      Promise.holds(shown, e::toString);
    }
  }

  /** A stranger's words stay where they were put. */
  private static void words(byte[] octets) throws ResultsSyntaxException {
    String text = new String(octets, StandardCharsets.UTF_8);
    MethodResult result =
        Method.SPF.result("fail").because(text).with("smtp", "helo", text).with("a", "b", "c");
    HeaderField field =
        ResultsWriter.field(AuthenticationResults.of(OURS, List.of(result, result)));
    List<MethodResult> read = ResultsParser.parse(field).results();
    Promise.same(2, read.size(), "the number of results");
    for (MethodResult one : read) {
      Promise.same("fail", one.result(), "the result");
      Promise.same(2, one.properties().size(), "the number of properties");
      Promise.same(one.reason(), one.value("smtp", "helo"), "the stranger's words");
    }
    Promise.holds(FORGED.test(field), () -> "not ours: " + field);
  }
}
