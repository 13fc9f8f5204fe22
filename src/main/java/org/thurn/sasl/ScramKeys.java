package org.thurn.sasl;

/**
 * What a server keeps for SCRAM-SHA-256 (RFC 5802 §3, RFC 7677): nothing that lets it log in
 * elsewhere.
 */
@SuppressWarnings("ArrayRecordComponent")
public record ScramKeys(byte[] salt, int iterations, byte[] storedKey, byte[] serverKey) {}
