/**
 * Continues texts: {@link org.rondoml.dsl.generate.Prompts} reads what is to be continued, {@link
 * org.rondoml.dsl.generate.LanguageModel} tells how likely each token is to come next, {@link
 * org.rondoml.dsl.generate.TokenChoice} takes one of them.
 */
@NullMarked
package org.rondoml.dsl.generate;

import org.jspecify.annotations.NullMarked;
