package org.thurn.message;

/**
 * What a stranger's message may grow to. A message beyond a limit is still parsed up to it and says
 * so by a {@link Defect}; whoever accepts mail decides whether to refuse it.
 *
 * @param headerOctets of one header section; what follows counts as body
 * @param fields in one header section; what follows counts as body
 * @param lineOctets without CRLF; RFC 5322 §2.1.1 says 998. Longer lines are reported, never cut
 * @param depth of nested multiparts and messages; deeper ones are opaque leaves
 * @param parts of the whole message; those beyond belong to the last multipart's epilogue
 */
public record MessageLimits(int headerOctets, int fields, int lineOctets, int depth, int parts) {
  /** 256 KiB of header, 2,000 fields, lines of 998 octets, 50 levels, 10,000 parts. */
  public static final MessageLimits DEFAULT = new MessageLimits(256 << 10, 2_000, 998, 50, 10_000);

  public MessageLimits {
    if (headerOctets < 1 || fields < 1 || lineOctets < 1 || depth < 1 || parts < 1) {
      throw new IllegalArgumentException("limits are positive");
    }
  }
}
