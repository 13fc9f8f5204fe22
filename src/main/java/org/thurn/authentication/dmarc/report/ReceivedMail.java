package org.thurn.authentication.dmarc.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Set;
import org.thurn.message.MessageLimits;
import org.thurn.message.MimeParser;
import org.thurn.message.MimePart;
import org.thurn.message.MimeTree;
import org.thurn.message.OctetSource;

/** Finds the aggregate report in a message that brings one. */
public final class ReceivedMail {
  private static final Set<String> TYPES =
      Set.of(
          "application/gzip",
          "application/x-gzip",
          "application/zip",
          "application/x-zip",
          "application/x-zip-compressed",
          "text/xml",
          "application/xml");
  private static final String[] ENDINGS = {".xml", ".xml.gz", ".zip", ".gz"};

  private ReceivedMail() {}

  /**
   * Reads the first part that may be a report: by its type, or by the ending of its file name,
   * since some senders call everything application/octet-stream.
   *
   * @throws ReportException if there is none, or it cannot be read
   */
  public static ReadReport aggregate(byte[] message) throws ReportException {
    MimeTree tree = MimeParser.parse(message, MessageLimits.DEFAULT);
    MimePart part =
        tree.root()
            .first(ReceivedMail::mayBe)
            .orElseThrow(() -> new ReportException("the message has no report"));
    try (InputStream in = part.decoded(OctetSource.of(message))) {
      return AggregateReportReader.read(in);
    } catch (IOException e) {
      throw new UncheckedIOException("an array cannot fail", e);
    }
  }

  private static boolean mayBe(MimePart part) {
    String type = part.contentType().type() + "/" + part.contentType().subtype();
    return TYPES.contains(type) || part.fileName().filter(ReceivedMail::ends).isPresent();
  }

  private static boolean ends(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (String ending : ENDINGS) {
      if (lower.endsWith(ending)) {
        return true;
      }
    }
    return false;
  }
}
