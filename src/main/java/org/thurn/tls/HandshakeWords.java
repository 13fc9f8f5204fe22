package org.thurn.tls;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/**
 * Says for people why a handshake failed. The library's own words have several lines, addresses in
 * memory and files of its source; they would come back to senders with their mail.
 */
final class HandshakeWords {
  private static final Pattern REASON = Pattern.compile("OPENSSL_internal:([A-Z0-9_]+)");
  private static final Pattern ADDRESS = Pattern.compile("ssl=0x[0-9a-f]+: ?");

  /** An alert came from the other side; the rest we found ourselves. */
  private static final Pattern ALERT = Pattern.compile("(?:SSLV3|TLSV1|TLSV13)_ALERT_(.+)");

  private HandshakeWords() {}

  /** The same failure in one line; the library's own is its cause. */
  static SSLHandshakeException of(SSLException failure) {
    SSLHandshakeException readable =
        new SSLHandshakeException(words(String.valueOf(failure.getMessage())));
    readable.initCause(failure);
    return readable;
  }

  static String words(String message) {
    Matcher reason = REASON.matcher(message);
    if (!reason.find()) {
      String line = message.lines().findFirst().orElse("");
      return ADDRESS.matcher(line).replaceAll("");
    }
    Matcher alert = ALERT.matcher(reason.group(1));
    return alert.matches()
        ? "the other side ended the handshake: " + plain(alert.group(1))
        : "the handshake failed: " + plain(reason.group(1));
  }

  private static String plain(String constant) {
    return constant.replace('_', ' ').toLowerCase(Locale.ROOT);
  }
}
