/**
 * Models in the files of other programs: {@link org.rondoml.core.exchange.ModelFormat} is what
 * brings a format, found like any other component, and chosen by a file's ending.
 *
 * <p>A format reads into a document of Rondo's language, which {@code rondo import} checks, rids of
 * all that is default anyway, and writes as a model file; so a format neither knows defaults nor
 * checks what it finds, and its mapping can follow the components' config records. It writes from
 * the document with every default written out, and from the graph with all its shapes.
 */
@NullMarked
package org.rondoml.core.exchange;

import org.jspecify.annotations.NullMarked;
