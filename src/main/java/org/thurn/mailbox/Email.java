package org.thurn.mailbox;

import org.thurn.store.BodyId;

/**
 * What the copies of a message share.
 *
 * @param prefix octets in front of the body: Return-Path, Delivered-To; only this recipient's
 * @param size prefix and body, octets
 * @param summary what access keeps of the parsed message, in its own format; empty if not known
 */
@SuppressWarnings("ArrayRecordComponent") // rows are read and passed on, never compared
public record Email(
    EmailId id, ThreadId thread, BodyId body, long size, byte[] prefix, byte[] summary) {
  /** Octets of a summary, at the most. */
  public static final int MAX_SUMMARY = 256 * 1024;
}
