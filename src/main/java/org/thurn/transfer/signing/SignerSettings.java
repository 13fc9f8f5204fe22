package org.thurn.transfer.signing;

/**
 * What an administrator decides about the house's own signatures.
 *
 * @param sign whether there are any
 * @param trustedNetworks whether mail that trusted networks relay through us is signed, too
 * @param encodeEightBit whether what is signed and goes elsewhere is brought to 7 bits first (RFC
 *     6376 §5.3)
 */
public record SignerSettings(boolean sign, boolean trustedNetworks, boolean encodeEightBit) {
  /** All of it. */
  public static final SignerSettings DEFAULT = new SignerSettings(true, true, true);
}
