package org.thurn.authentication.dmarc.report;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * What a report comes in: gzip (RFC 9990 §3.5.1), zip (of the days before RFC 7489, and still
 * sent), or nothing. Which one is told by the first octets, since types and file names often lie.
 */
final class ReportContainer {
  /**
   * Octets of a report, unpacked. The largest that are sent to large domains have a few millions; a
   * report that is larger is a bomb, or no mail.
   */
  static final int MAX_OCTETS = 16 << 20;

  /** Files in one zip archive; a report's has one. */
  static final int MAX_ENTRIES = 10;

  private ReportContainer() {}

  /** The XML within; reading it fails beyond the limit, never before. */
  static InputStream open(InputStream packed) throws IOException {
    BufferedInputStream in = new BufferedInputStream(new BoundedInput(packed, MAX_OCTETS));
    in.mark(4);
    byte[] first = in.readNBytes(4);
    in.reset();
    if (begins(first, 0x1f, 0x8b)) {
      return new BoundedInput(new GZIPInputStream(in), MAX_OCTETS);
    }
    return begins(first, 'P', 'K', 3, 4) ? unzip(in) : in;
  }

  private static boolean begins(byte[] octets, int... signature) {
    for (int i = 0; i < signature.length; i++) {
      if (i >= octets.length || (octets[i] & 0xff) != signature[i]) {
        return false;
      }
    }
    return true;
  }

  /** The first file whose name ends in .xml; what is skipped before it counts as unpacked. */
  private static InputStream unzip(InputStream in) throws IOException {
    ZipInputStream zip = new ZipInputStream(in);
    InputStream bounded = new BoundedInput(zip, MAX_OCTETS);
    for (int i = 0; i < MAX_ENTRIES; i++) {
      ZipEntry entry = zip.getNextEntry();
      if (entry == null) {
        break;
      }
      if (entry.getName().toLowerCase(Locale.ROOT).endsWith(".xml")) {
        return bounded;
      }
      bounded.transferTo(java.io.OutputStream.nullOutputStream());
    }
    throw new IOException("the zip archive holds no XML file");
  }

  static byte[] gzip(byte[] xml) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(xml);
    } catch (IOException e) {
      throw new UncheckedIOException("an array cannot fail", e);
    }
    return packed.toByteArray();
  }
}
