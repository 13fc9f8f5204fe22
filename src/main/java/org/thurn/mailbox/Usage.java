package org.thurn.mailbox;

/** What an account holds, counted as {@link Quota} counts. */
public record Usage(long bytes, long messages) {}
