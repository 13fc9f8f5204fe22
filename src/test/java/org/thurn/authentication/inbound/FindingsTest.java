package org.thurn.authentication.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.thurn.authentication.arc.ArcResult;
import org.thurn.authentication.arc.ChainValidation;
import org.thurn.authentication.dmarc.AuthorDomains;
import org.thurn.authentication.dmarc.DmarcOutcome;
import org.thurn.authentication.dmarc.DmarcResult;
import org.thurn.authentication.spf.Identity;
import org.thurn.authentication.spf.Outcome;
import org.thurn.authentication.spf.SpfResult;
import org.thurn.dns.Answer;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordType;
import org.thurn.dns.Security;
import org.thurn.journey.Entry;
import org.thurn.journey.Event;
import org.thurn.journey.Ids;
import org.thurn.journey.Journey;
import org.thurn.time.Time;

class FindingsTest {
  private static SpfResult asked(int questions) {
    DnsName name = new DnsName("a.example");
    Answer answer =
        new Answer(
            name,
            RecordType.TXT,
            Answer.Status.NO_DATA,
            Security.INSECURE,
            name,
            List.of(),
            Duration.ZERO,
            "test",
            Duration.ZERO,
            "");
    return new SpfResult(
        Outcome.PERMERROR,
        Identity.MAILFROM,
        "a.example",
        Optional.empty(),
        "too many look-ups",
        Optional.empty(),
        10,
        2,
        Collections.nCopies(questions, answer));
  }

  @Test
  void whoMakesUsAskForHundredsDoesNotFillTheJournal() {
    List<Entry> noted = new ArrayList<>();
    Time time = Time.system();
    InboundResult result =
        new InboundResult(
            Optional.empty(),
            Optional.empty(),
            Optional.of(asked(125)),
            List.of(),
            new ArcResult(
                ChainValidation.NONE, "", List.of(), OptionalInt.empty(), false, List.of()),
            new DmarcResult(
                DmarcOutcome.PERMERROR,
                new AuthorDomains(List.of(), AuthorDomains.Problem.NO_FIELD),
                Optional.empty(),
                List.of(),
                "no author",
                List.of()));

    Findings.note(result, Journey.to(noted::add, time, new Ids(time)));

    assertThat(noted)
        .extracting(Entry::event)
        .filteredOn(Event.DnsAnswered.class::isInstance)
        .hasSize(Findings.MAX_ANSWERS);
    assertThat(noted)
        .extracting(Entry::event)
        .filteredOn(Event.SpfChecked.class::isInstance)
        .hasSize(1);
  }
}
