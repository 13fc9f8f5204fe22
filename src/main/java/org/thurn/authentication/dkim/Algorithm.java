package org.thurn.authentication.dkim;

import java.util.Arrays;
import java.util.Optional;

/** How a signature is made: the values of {@code a=}, RFC 6376 §3.3, RFC 8301, RFC 8463. */
public enum Algorithm {
  RSA_SHA256("rsa-sha256", "rsa", "RSA", "SHA256withRSA"),
  ED25519_SHA256("ed25519-sha256", "ed25519", "Ed25519", "Ed25519"),
  /** Known so that it can be named, and never believed: RFC 8301 §3.1. */
  RSA_SHA1("rsa-sha1", "rsa", "RSA", "SHA1withRSA");

  /** What {@code h=} of a key record calls the one hash that is in use. */
  public static final String HASH = "sha256";

  private final String word;
  private final String keyType;
  private final String keyFactory;
  private final String operation;

  Algorithm(String word, String keyType, String keyFactory, String operation) {
    this.word = word;
    this.keyType = keyType;
    this.keyFactory = keyFactory;
    this.operation = operation;
  }

  /** The value of {@code a=}. */
  public String word() {
    return word;
  }

  /** The value of a key record's {@code k=}. */
  public String keyType() {
    return keyType;
  }

  /** Java's name of the kind of key. */
  String keyFactory() {
    return keyFactory;
  }

  /** Java's name of the operation. */
  String operation() {
    return operation;
  }

  /** By the value of {@code a=}. */
  public static Optional<Algorithm> of(String word) {
    return Arrays.stream(values()).filter(a -> a.word.equals(word)).findFirst();
  }
}
