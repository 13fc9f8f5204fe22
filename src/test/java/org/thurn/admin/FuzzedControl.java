package org.thurn.admin;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.thurn.fuzz.FuzzTarget;
import org.thurn.fuzz.Promise;
import org.thurn.net.CrlfReader;
import tools.jackson.databind.JsonNode;

/** What crosses the control socket: requests with the octets that follow them. */
public final class FuzzedControl implements FuzzTarget {
  @Override
  public void take(byte[] octets) {
    CrlfReader reader = new CrlfReader(new ByteArrayInputStream(octets), 16_384);
    try {
      while (true) {
        JsonNode request = ControlWire.read(reader);
        request.path("author").asString("unknown");
        request.path("command").asString("");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ControlWire.write(out, request);
        CrlfReader again = new CrlfReader(new ByteArrayInputStream(out.toByteArray()), 16_384);
        Promise.same(request, ControlWire.read(again), "the request");
        InputStream input = ControlWire.bounded(reader, request.path("octets").asLong(0));
        input.transferTo(OutputStream.nullOutputStream());
      }
    } catch (IOException e) {
      // the end, or what is no request: the session ends
      Promise.holds(e.getMessage() != null, () -> "a failure without words");
    }
  }
}
