package org.thurn.access.imap;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.thurn.message.HeaderField;
import org.thurn.message.Headers;
import org.thurn.message.MessageLimits;
import org.thurn.message.MimeParser;
import org.thurn.message.MimePart;
import org.thurn.message.OctetSource;

/** Looks for a text in a message: in its decoded headers and the decoded texts of its body. */
final class MessageText {
  /** Octets of one part that are looked at. */
  private static final int MAX_PART = 4 << 20;

  private MessageText() {}

  /** Whether it holds the text, in any case of letters. */
  static boolean contains(String text, String wanted) {
    return text.toLowerCase(Locale.ROOT).contains(wanted.toLowerCase(Locale.ROOT));
  }

  /** The keys TEXT, and BODY, which leaves the message's own header out. */
  static boolean contains(StoredMessage message, String wanted, boolean headerToo)
      throws IOException {
    OctetSource octets = message.octets();
    if (headerToo && contains(message.headers(), wanted)) {
      return true;
    }
    try (InputStream in = message.content().open()) {
      return contains(MimeParser.parse(in, MessageLimits.DEFAULT).root(), octets, wanted);
    }
  }

  private static boolean contains(MimePart part, OctetSource octets, String wanted)
      throws IOException {
    return switch (part) {
      case MimePart.Leaf leaf ->
          leaf.contentType().type().equals("text") && contains(leaf.text(octets, MAX_PART), wanted);
      case MimePart.Multipart multipart -> anyContains(multipart, octets, wanted);
      case MimePart.Embedded embedded ->
          contains(embedded.message().headers(), wanted)
              || contains(embedded.message(), octets, wanted);
    };
  }

  private static boolean anyContains(
      MimePart.Multipart multipart, OctetSource octets, String wanted) throws IOException {
    for (MimePart part : multipart.parts()) {
      if (contains(part, octets, wanted)) {
        return true;
      }
    }
    return false;
  }

  private static boolean contains(Headers headers, String wanted) {
    for (HeaderField field : headers) {
      if (contains(field.name() + ": " + field.decoded(), wanted)) {
        return true;
      }
    }
    return false;
  }
}
