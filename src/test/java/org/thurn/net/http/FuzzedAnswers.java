package org.thurn.net.http;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import org.thurn.fuzz.FuzzTarget;
import org.thurn.fuzz.Promise;
import org.thurn.net.CrlfReader;

/** What a web server answers. */
public final class FuzzedAnswers implements FuzzTarget {
  private static final int MAX_BODY = 1_000;

  /** What it throws is said, and it is never more than was allowed. */
  @Override
  public void take(byte[] octets) throws IOException {
    CrlfReader in = new CrlfReader(new ByteArrayInputStream(octets), 4_096);
    try {
      HttpResponse response = new ResponseReader(in, MAX_BODY).read();
      int status = response.status();
      Promise.holds(status >= 200 && status < 1_000, () -> "status " + status);
      Promise.holds(response.body().length <= MAX_BODY, () -> "a large body");
      boolean some = response.isSuccess() || response.body().length == 0;
      Promise.holds(some, () -> "a body of an answer " + status);
      int fields = response.fields().size();
      Promise.holds(fields <= 2 * ResponseReader.MAX_FIELDS, () -> fields + " fields");
    } catch (HttpException | EOFException e) {
      String said = String.valueOf(e.getMessage());
      Promise.holds(said.chars().noneMatch(Character::isISOControl), () -> said);
    }
  }
}
