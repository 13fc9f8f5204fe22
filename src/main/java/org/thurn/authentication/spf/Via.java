package org.thurn.authentication.spf;

/**
 * One step from a record to another's.
 *
 * @param domain in whose record the term stands
 * @param term an {@code include} or a {@code redirect}
 */
public record Via(String domain, Term term) {}
