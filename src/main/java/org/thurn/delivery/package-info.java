/**
 * The delivery agent: {@link org.thurn.delivery.LocalDelivery} carries the queue's local recipients
 * into their mailboxes. A mailbox gets a prefix of its own (Return-Path, Delivered-To) and shares
 * the body; a delivery mark makes a repeated attempt harmless. Outcomes are the queue's to note.
 *
 * <p>RFC 5321 §4.4 (Return-Path), RFC 5233 (detail), RFC 9228 (Delivered-To).
 */
@NullMarked
package org.thurn.delivery;

import org.jspecify.annotations.NullMarked;
