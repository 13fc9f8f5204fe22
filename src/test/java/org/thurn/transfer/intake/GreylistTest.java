package org.thurn.transfer.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.thurn.name.IpAddress;
import org.thurn.name.Mailbox;
import org.thurn.name.ReversePath;
import org.thurn.time.Time;

class GreylistTest {
  private static final InetAddress CLIENT = IpAddress.of("198.51.100.7");
  private static final List<Mailbox> TO = List.of(Mailbox.of("alice@ours.example"));

  private final Greylist list = new Greylist(Time.system());

  private boolean isEarly(InetAddress client, String sender) {
    return list.isEarly(client, ReversePath.of(Mailbox.of(sender)), TO);
  }

  @Test
  void anotherClientOrSenderIsAnotherTry() {
    assertThat(isEarly(CLIENT, "x@away.example")).isTrue();
    isEarly(CLIENT, "x@away.example");
    assertThat(list.remembered()).isEqualTo(1);
    isEarly(CLIENT, "y@away.example");
    isEarly(IpAddress.of("198.51.100.8"), "x@away.example");
    assertThat(list.remembered()).isEqualTo(3);
  }

  @Test
  void inventedSendersDoNotFillTheMemory() {
    for (int i = 0; i < Greylist.MOST + 5_000; i++) {
      isEarly(CLIENT, i + "@away.example");
    }
    assertThat(list.remembered()).isLessThanOrEqualTo(Greylist.MOST);
  }
}
