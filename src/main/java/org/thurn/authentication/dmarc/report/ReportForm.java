package org.thurn.authentication.dmarc.report;

/** The two forms of aggregate reports. */
public enum ReportForm {
  /** With the namespace of RFC 9990. */
  RFC_9990,
  /**
   * As RFC 7489 has it, without a namespace: those who read such reports look for none, and those
   * who wrote them gave none.
   */
  RFC_7489
}
