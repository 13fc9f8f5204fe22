package org.thurn.message;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.thurn.fuzz.FuzzTarget;
import org.thurn.fuzz.Promise;
import org.thurn.name.Domain;
import org.thurn.name.Mailbox;
import org.thurn.time.Time;

/**
 * An address field: reading never fails, and a valid mailbox that we write into a field of our own
 * is read from there as the same mailbox with the same name.
 */
public final class FuzzedAddresses implements FuzzTarget {
  private static final int WRITTEN = 20;

  @Override
  public void take(byte[] octets) {
    AddressList list = AddressList.parse(new String(octets, StandardCharsets.UTF_8));
    List<Address.Single> valid =
        list.mailboxes().stream().filter(single -> single.mailbox().isPresent()).toList();
    for (Address.Single single : valid.subList(0, Math.min(WRITTEN, valid.size()))) {
      Mailbox mailbox = single.mailbox().orElseThrow();
      Address.Single ours = Address.Single.of(single.displayName(), mailbox);
      Address.Single once = written(ours);
      Promise.same(Optional.of(mailbox), once.mailbox(), "the mailbox of " + single);
      Address.Single twice = written(Address.Single.of(once.displayName(), mailbox));
      Promise.same(once.displayName(), twice.displayName(), "the name of " + single);
    }
  }

  private static Address.Single written(Address.Single single) {
    byte[] message =
        new MessageBuilder(Time.system(), Domain.of("mx.example"), () -> "x").to(single).build();
    HeaderField field = Headers.parse(message, MessageLimits.DEFAULT).first("To").orElseThrow();
    AddressList read = AddressList.parse(field);
    Promise.holds(read.wellFormed() && read.addresses().size() == 1, () -> "wrong: " + field);
    return read.mailboxes().getFirst();
  }
}
