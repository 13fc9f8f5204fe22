package org.thurn.authentication.spf;

/**
 * What a record is made of between its spaces, RFC 7208 §4.6.1. Printed, it is the term in its
 * plainest spelling.
 */
public sealed interface Term permits Directive, Modifier {
  /** Whether it makes the check ask the DNS and so counts for the limit of RFC 7208 §4.6.4. */
  boolean looksUp();
}
