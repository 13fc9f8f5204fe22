package org.thurn.transfer.reports;

import java.util.Optional;

/**
 * Where something is counted, as it is stored.
 *
 * @param day of UTC, since 1970
 * @param domain who is to be told of it, in ASCII
 * @param subject what one part of the report is about, such as a policy; a value of {@link Octets}
 * @param row what is counted together
 * @param coarse where it is counted if there is no room for the row: one of few
 */
@SuppressWarnings("ArrayRecordComponent") // written once, never compared
public record CountedSlot(
    long day, String domain, byte[] subject, byte[] row, Optional<byte[]> coarse) {}
