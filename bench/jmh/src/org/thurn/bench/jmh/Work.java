package org.thurn.bench.jmh;

/** What is measured. */
enum Work {
  VERIFY_RSA("verify RSA-2048", "verifyRsa", "verify-rsa", 0),
  VERIFY_ED25519("verify Ed25519", "verifyEd25519", "verify-ed", 0),
  INBOUND("SPF, DKIM, ARC, DMARC: one RSA signature", "inbound", "", 0.25),
  INBOUND_FORWARDED("the same with an ARC set: three RSA signatures", "inboundForwarded", "", 0),
  SIGN_ED25519("sign Ed25519", "signEd25519", "sign-ed", 1),
  SIGN_RSA("sign RSA-2048", "signRsa", "sign-rsa", 1),
  SIGN_BOTH("sign both", "signBoth", "sign-both", 1),
  SEAL("seal by ARC with RSA-2048", "seal", "", 0),
  ENCODE("encode 8-bit text in 7 bits", "encode", "", 0);

  private final String words;
  private final String method;
  private final String word;
  private final double goal;

  Work(String words, String method, String word, double goal) {
    this.words = words;
    this.method = method;
    this.word = word;
    this.goal = goal;
  }

  String words() {
    return words;
  }

  /** Of the benchmark's class. */
  String method() {
    return method;
  }

  /** For the peers; empty if they have nothing like it. */
  String word() {
    return word;
  }

  /** Milliseconds that we want to stay below; 0 where there is no goal. */
  double goal() {
    return goal;
  }
}
