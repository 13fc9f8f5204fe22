/**
 * What a person does with mail: {@link org.thurn.user.MailWriter} sends and {@link
 * org.thurn.user.MailReader} shows, for the command line and the lab's page. The webmail comes here
 * too. RFC 5322, RFC 2045.
 */
@NullMarked
package org.thurn.user;

import org.jspecify.annotations.NullMarked;
