/** DomainKeys Identified Mail. */
@NullMarked
package org.thurn.authentication.dkim;

import org.jspecify.annotations.NullMarked;
