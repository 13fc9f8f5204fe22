package org.thurn.authentication.dmarc.report;

/** A received report cannot be read; the message says why, in words for people. */
public final class ReportException extends Exception {
  private static final long serialVersionUID = 1;

  ReportException(String message) {
    super(message);
  }

  ReportException(String message, Throwable cause) {
    super(message, cause);
  }
}
