/**
 * The kill campaign: a real server process under load is killed again and again, and at the end
 * every acknowledged message is accounted for. {@code Campaign} runs one: {@code Senders} and
 * {@code Reader}s are the clients, {@code NextHop} is where relayed mail goes, {@code Lives} starts
 * and kills the process, {@code Accounting} says what does not add up. {@code Campaigns} is the
 * program behind {@code bench/campaign}; nothing here needs a test framework.
 *
 * <p>{@code campaign.power} does more than SIGKILL does: it takes away what was not synced.
 */
@NullMarked
package org.thurn.campaign;

import org.jspecify.annotations.NullMarked;
