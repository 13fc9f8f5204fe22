package org.thurn.tls;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What matters here of the first message of a TLS handshake, RFC 8446 §4.1.2. The library does not
 * tell of these before it wants to know the certificate.
 *
 * @param serverName the name that the client asks for, in lower case (RFC 6066 §3)
 * @param protocols those of the application that it offers (RFC 7301 §3.1)
 * @param checksEcdsa whether a certificate with an EC key is of use to it
 */
record ClientHello(Optional<String> serverName, List<String> protocols, boolean checksEcdsa) {
  /** What is taken of a client of whom nothing is known: every modern one can. */
  static final ClientHello UNKNOWN = new ClientHello(Optional.empty(), List.of(), true);

  private static final int CLIENT_HELLO = 1;
  private static final int VERSION_AND_RANDOM = 2 + 32;
  private static final int SERVER_NAME = 0;
  private static final int SIGNATURE_ALGORITHMS = 13;
  private static final int PROTOCOLS = 16;
  private static final int SUPPORTED_VERSIONS = 43;
  private static final int TLS_1_3 = 0x0304;

  /** ecdsa_secp256r1_sha256, ecdsa_secp384r1_sha384, ecdsa_secp521r1_sha512: §4.2.3. */
  private static final Set<Integer> ECDSA = Set.of(0x0403, 0x0503, 0x0603);

  /** The suites of TLS 1.2 with ECDSA that {@link Handshake} allows: RFC 5289, RFC 7905. */
  private static final Set<Integer> ECDSA_SUITES = Set.of(0xC02B, 0xC02C, 0xCCA9);

  ClientHello {
    protocols = List.copyOf(protocols);
  }

  /**
   * Reads the message.
   *
   * @param message with its header of four octets
   * @return {@link #UNKNOWN} for anything else: the library will say what is wrong with it
   */
  static ClientHello parse(byte[] message) {
    try {
      ByteBuffer in = ByteBuffer.wrap(message);
      if (in.get() != CLIENT_HELLO) {
        return UNKNOWN;
      }
      skip(in, 3 + VERSION_AND_RANDOM);
      part(in, in.get() & 0xFF); // the old session's name
      boolean suites = numbers(part(in, two(in))).stream().anyMatch(ECDSA_SUITES::contains);
      part(in, in.get() & 0xFF); // compression
      return extensions(in.hasRemaining() ? part(in, two(in)) : in, suites);
    } catch (BufferUnderflowException e) {
      return UNKNOWN;
    }
  }

  private static ClientHello extensions(ByteBuffer in, boolean suites) {
    Optional<String> name = Optional.empty();
    List<String> protocols = new ArrayList<>();
    Set<Integer> algorithms =
        ECDSA; // RFC 5246 §7.4.1.4.1: without a word, what goes with the suite
    boolean tls13 = false;
    while (in.hasRemaining()) {
      int type = two(in);
      ByteBuffer data = part(in, two(in));
      switch (type) {
        case SERVER_NAME -> name = serverName(part(data, two(data)));
        case PROTOCOLS -> protocols = protocols(part(data, two(data)));
        case SIGNATURE_ALGORITHMS -> algorithms = numbers(part(data, two(data)));
        case SUPPORTED_VERSIONS -> tls13 = numbers(part(data, data.get() & 0xFF)).contains(TLS_1_3);
        default -> {
          // of no concern here
        }
      }
    }
    boolean ecdsa = algorithms.stream().anyMatch(ECDSA::contains);
    return new ClientHello(name, protocols, ecdsa && (tls13 || suites));
  }

  private static Optional<String> serverName(ByteBuffer in) {
    while (in.hasRemaining()) {
      boolean host = in.get() == 0;
      String name = text(part(in, two(in)));
      if (host) {
        return Optional.of(name.toLowerCase(Locale.ROOT));
      }
    }
    return Optional.empty();
  }

  private static List<String> protocols(ByteBuffer in) {
    List<String> protocols = new ArrayList<>();
    while (in.hasRemaining()) {
      protocols.add(text(part(in, in.get() & 0xFF)));
    }
    return protocols;
  }

  private static String text(ByteBuffer in) {
    return StandardCharsets.ISO_8859_1.decode(in).toString();
  }

  private static Set<Integer> numbers(ByteBuffer in) {
    Set<Integer> numbers = new HashSet<>();
    while (in.hasRemaining()) {
      numbers.add(two(in));
    }
    return numbers;
  }

  private static int two(ByteBuffer in) {
    return in.getShort() & 0xFFFF;
  }

  private static void skip(ByteBuffer in, int octets) {
    part(in, octets);
  }

  private static ByteBuffer part(ByteBuffer in, int octets) {
    if (octets > in.remaining()) {
      throw new BufferUnderflowException();
    }
    ByteBuffer part = in.slice(in.position(), octets);
    in.position(in.position() + octets);
    return part;
  }
}
