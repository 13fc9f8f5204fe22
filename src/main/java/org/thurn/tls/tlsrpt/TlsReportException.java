package org.thurn.tls.tlsrpt;

import java.io.IOException;

/** What came is no TLS report, or a larger one than is read. */
public final class TlsReportException extends IOException {
  private static final long serialVersionUID = 1L;

  TlsReportException(String message) {
    super(message);
  }

  TlsReportException(String message, Throwable cause) {
    super(message, cause);
  }
}
