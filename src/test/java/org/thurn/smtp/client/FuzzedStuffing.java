package org.thurn.smtp.client;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.thurn.fuzz.FuzzTarget;
import org.thurn.fuzz.Promise;
import org.thurn.message.LineEndings;

/** A message as we send it by DATA: one end, no bare CR or LF, and nothing lost in between. */
public final class FuzzedStuffing implements FuzzTarget {
  @Override
  public void take(byte[] octets) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DotStuffing stuffing = new DotStuffing(out);
    stuffing.write(octets);
    stuffing.finish();
    String sent = out.toString(StandardCharsets.ISO_8859_1);
    int end = ("\r\n" + sent).indexOf("\r\n.\r\n");
    Promise.same(sent.length() - 3, end, "the end of what is sent");
    String body = sent.substring(0, end);
    String lone = body.replace("\r\n", "");
    Promise.holds(lone.indexOf('\r') < 0 && lone.indexOf('\n') < 0, () -> "a bare CR or LF");
    String plain = ("\n" + body).replace("\n.", "\n").substring(1);
    byte[] wanted = LineEndings.normalize(new ByteArrayInputStream(octets)).readAllBytes();
    Promise.sameOctets(wanted, plain.getBytes(StandardCharsets.ISO_8859_1), "the message");
  }
}
