package org.thurn.authentication.dmarc;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.thurn.message.Address;
import org.thurn.message.AddressList;
import org.thurn.message.HeaderField;
import org.thurn.message.Headers;

/**
 * The author domains of a message: every domain that its From fields name, those within groups too.
 * A message should have one (RFC 9989 §5.3.1). One with several is not let pass unjudged, lest it
 * shows people a domain that nobody looked at (§11.5).
 *
 * @param domains each once, in the order of the header
 * @param problem what keeps the message from having just one author domain
 */
public record AuthorDomains(List<DomainName> domains, Problem problem) {
  /**
   * Domains of one message that are judged; RFC 9989 §11.5 wants a limit. Honest mail has one, and
   * rarely two.
   */
  public static final int MAX_DOMAINS = 5;

  /** From fields that are looked at. The header section itself is limited before. */
  private static final int MAX_FIELDS = 20;

  /** What may be wrong; the first that applies. */
  public enum Problem {
    /** Nothing: there is one domain. */
    NONE("the message has one author domain"),
    /** There is no From field. */
    NO_FIELD("the message has no From field"),
    /** More than one From field: RFC 5322 §3.6 has one. */
    SEVERAL_FIELDS("the message has several From fields"),
    /** No address in it has a domain that is a name. */
    NO_DOMAIN("the From field names no domain"),
    /** An address among others has no domain that is a name. */
    UNREADABLE_ADDRESS("the From field has an address without a domain"),
    /** More than one domain. */
    SEVERAL_DOMAINS("the From field names several domains"),
    /** More than are judged. */
    TOO_MANY_DOMAINS("the From field names more than " + MAX_DOMAINS + " domains");

    private final String words;

    Problem(String words) {
      this.words = words;
    }

    /** For people. */
    public String words() {
      return words;
    }
  }

  public AuthorDomains {
    domains = List.copyOf(domains);
  }

  /** Of a message that has the one. */
  public static AuthorDomains of(DomainName domain) {
    return new AuthorDomains(List.of(domain), Problem.NONE);
  }

  /** From the header. */
  public static AuthorDomains of(Headers headers) {
    List<HeaderField> fields = headers.all("From");
    if (fields.isEmpty()) {
      return new AuthorDomains(List.of(), Problem.NO_FIELD);
    }
    Set<DomainName> domains = new LinkedHashSet<>();
    boolean unreadable = false;
    for (HeaderField field : fields.subList(0, Math.min(fields.size(), MAX_FIELDS))) {
      AddressList list = AddressList.parse(field);
      for (Address.Single mailbox : list.mailboxes()) {
        unreadable |= DomainName.parse(mailbox.domain()).map(domains::add).isEmpty();
      }
    }
    List<DomainName> all = new ArrayList<>(domains);
    List<DomainName> judged = all.subList(0, Math.min(all.size(), MAX_DOMAINS));
    return new AuthorDomains(judged, problem(fields.size(), all.size(), unreadable));
  }

  private static Problem problem(int fields, int domains, boolean unreadable) {
    if (domains > MAX_DOMAINS) {
      return Problem.TOO_MANY_DOMAINS;
    }
    if (fields > 1) {
      return Problem.SEVERAL_FIELDS;
    }
    if (domains == 0) {
      return Problem.NO_DOMAIN;
    }
    if (domains > 1) {
      return Problem.SEVERAL_DOMAINS;
    }
    return unreadable ? Problem.UNREADABLE_ADDRESS : Problem.NONE;
  }
}
