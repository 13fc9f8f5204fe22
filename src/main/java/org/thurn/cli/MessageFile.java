package org.thurn.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.thurn.admin.Exit;
import org.thurn.message.HeaderField;

/**
 * A message that a command is given: a file, or {@code -} for standard input.
 *
 * @param name as it was given
 * @param octets with CRLF
 * @param unix whether its lines end with LF alone, as files on Unix have them
 */
@SuppressWarnings("ArrayRecordComponent") // a value that is handed on, never compared
record MessageFile(String name, byte[] octets, boolean unix) {
  /** No message at all. */
  static final MessageFile NONE = new MessageFile("", new byte[0], false);

  private static final int MAX_OCTETS = 150 << 20;

  static MessageFile read(String name) throws CommandFailure, IOException {
    byte[] octets;
    if (name.equals("-")) {
      octets = limited(System.in);
    } else {
      Path path = Path.of(name);
      if (!Files.isReadable(path) || Files.isDirectory(path)) {
        throw new CommandFailure(Exit.DATA, name + ": there is no such file that can be read");
      }
      try (InputStream in = Files.newInputStream(path)) {
        octets = limited(in);
      }
    }
    if (octets.length > MAX_OCTETS) {
      throw new CommandFailure(Exit.DATA, name + ": more than 150 MiB");
    }
    boolean unix = isUnix(octets);
    return new MessageFile(name, unix ? inCrlf(octets) : octets, unix);
  }

  /** Whether no line of it ends as mail's do. */
  private static boolean isUnix(byte[] octets) {
    boolean lines = false;
    for (int i = 0; i < octets.length; i++) {
      if (octets[i] == '\n') {
        lines = true;
        if (i > 0 && octets[i - 1] == '\r') {
          return false;
        }
      }
    }
    return lines;
  }

  private static byte[] inCrlf(byte[] octets) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(octets.length + octets.length / 16);
    for (byte octet : octets) {
      if (octet == '\n') {
        out.write('\r');
      }
      out.write(octet);
    }
    return out.toByteArray();
  }

  /** Writes header fields and the message, with the line ends that the file had. */
  void writeBehind(List<HeaderField> fields, OutputStream out) throws IOException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream(octets.length + 4096);
    for (HeaderField field : fields) {
      field.writeTo(whole);
    }
    whole.writeBytes(octets);
    out.write(unix ? inLf(whole.toByteArray()) : whole.toByteArray());
    out.flush();
  }

  private static byte[] inLf(byte[] octets) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(octets.length);
    for (int i = 0; i < octets.length; i++) {
      boolean ending = octets[i] == '\r' && i + 1 < octets.length && octets[i + 1] == '\n';
      if (!ending) {
        out.write(octets[i]);
      }
    }
    return out.toByteArray();
  }

  private static byte[] limited(InputStream in) throws IOException {
    return in.readNBytes(MAX_OCTETS + 1);
  }
}
