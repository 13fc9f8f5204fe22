/**
 * Sender Policy Framework, version 1: which hosts a domain lets send mail in its name.
 *
 * <p>{@link org.thurn.authentication.spf.SpfChecker} answers a {@link
 * org.thurn.authentication.spf.SpfRequest} with a {@link org.thurn.authentication.spf.SpfResult}:
 * one of seven outcomes, why in words, the directive that decided and on which path of includes and
 * redirects it stood. It fetches the domain's record, parses it whole ({@link
 * org.thurn.authentication.spf.SpfRecord}, so that a mistake anywhere in it is found before
 * anything of it is followed) and takes the directives in turn, down into other domains' records.
 * What ends a check at any depth, an error of the DNS or a limit, is a {@link
 * org.thurn.authentication.spf.CheckEnded}. Every question to the DNS goes through {@link
 * org.thurn.authentication.spf.Questions}, which counts and limits them: no record, however
 * hostile, makes a check ask more than some 125 of them.
 *
 * <p>{@link org.thurn.authentication.spf.ReceivedSpf} writes the header field, {@link
 * org.thurn.authentication.spf.SpfTree} shows a domain's owner what the record leads to.
 *
 * <p>RFC 7208; RFC 8616 for internationalized addresses.
 */
@NullMarked
package org.thurn.authentication.spf;

import org.jspecify.annotations.NullMarked;
