package org.thurn.dns;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;

/**
 * One question that the authoritative server was asked, and what it said.
 *
 * @param at when
 * @param client who asked
 * @param tcp over TCP rather than UDP
 * @param name the name asked for in master-file form, lower case, with its final dot
 * @param type the mnemonic of the type, as TLSA
 * @param dnssec whether signatures were asked for (the DO bit)
 * @param treatment what was done to the reply
 * @param rcode the mnemonic of the reply's code; empty if there was none
 * @param truncated whether the reply did not fit and was sent without its records
 * @param answers the records of the answer section in master-file form
 */
public record Served(
    Instant at,
    InetSocketAddress client,
    boolean tcp,
    String name,
    String type,
    boolean dnssec,
    Disturbance.Treatment treatment,
    String rcode,
    boolean truncated,
    List<String> answers) {
  public Served {
    answers = List.copyOf(answers);
  }
}
