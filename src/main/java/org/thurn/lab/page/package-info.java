/**
 * The page of the lab: the map of its small internet, a form that sends, every mailbox, the
 * questions to its DNS, the scenarios of {@code lab.scenario}, the attacks of {@code lab.attack},
 * and each message's journey as it happens. {@link org.thurn.lab.page.LabPage} routes an address to
 * its view. Each kind of scenario is a {@code Playbill}.
 *
 * <p>A journey is asked of every domain's journal by its Message-ID, merged into a {@code Story} in
 * the order of time, parted into {@code Steps}, and drawn by {@code JourneyView}; the two ends of
 * an SMTP session stand in one dialogue, each line with the event id of either side, the ids that
 * {@code thurn trace} prints. Everything is HTML made on the server out of {@code Html}, which
 * escapes; a small script asks for the changed part while the message travels, and without it the
 * browser reloads. {@code Guard} keeps other sites' pages out (RFC 6454, Content Security Policy,
 * Fetch Metadata).
 */
@NullMarked
package org.thurn.lab.page;

import org.jspecify.annotations.NullMarked;
