package org.thurn.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * What a client says in one session: the words that lead to a state, then the octets of the input.
 * The input's first octet chooses the state, the second how the network cuts what is said.
 *
 * @param octets all of it
 * @param piece at most so many octets at a time
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Script(byte[] octets, int piece) {
  private static final int WHOLE = 1 << 20;

  /** The script of an input; an input of less than two octets says nothing in the first state. */
  static Script of(List<String> states, byte[] input) {
    if (input.length < 2) {
      return new Script(states.getFirst().getBytes(UTF_8), WHOLE);
    }
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    String state = states.get(Math.floorMod(input[0] - '0', states.size()));
    said.writeBytes(state.getBytes(UTF_8));
    said.write(input, 2, input.length - 2);
    return new Script(said.toByteArray(), input[1] == '0' ? WHOLE : 1 + (input[1] & 0x3f));
  }
}
