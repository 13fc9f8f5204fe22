package org.thurn.message;

import java.util.ArrayList;
import java.util.List;

/**
 * The addresses of a From, To, Cc, … field: {@code address-list} of RFC 5322 §3.4 with its obsolete
 * forms.
 *
 * @param addresses in their order
 * @param wellFormed whether the text obeyed the grammar; if not, the addresses are a best guess
 */
public record AddressList(List<Address> addresses, boolean wellFormed) {
  public AddressList {
    addresses = List.copyOf(addresses);
  }

  /** Parses an unfolded field value; never fails. */
  public static AddressList parse(String text) {
    return new AddressParser(text).addressList();
  }

  /** Parses the field's value. */
  public static AddressList parse(HeaderField field) {
    return parse(field.unfolded());
  }

  /** All mailboxes, those within groups too. */
  public List<Address.Single> mailboxes() {
    List<Address.Single> all = new ArrayList<>();
    for (Address address : addresses) {
      switch (address) {
        case Address.Single single -> all.add(single);
        case Address.Group group -> all.addAll(group.members());
      }
    }
    return all;
  }
}
