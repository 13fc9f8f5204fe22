package org.thurn.net;

/** Why a peer did not prove to be who it should be: what TLS reports tell apart (RFC 8460 §4.3). */
public enum Distrust {
  /** Its certificate is for another name. */
  OTHER_NAME,
  /** Its certificate, or one above it, is not valid any more. */
  EXPIRED,
  /** No trusted authority vouches for it, or it sent no certificate. */
  UNTRUSTED,
  /** It fits none of the host's TLSA records (RFC 7672). */
  TLSA
}
