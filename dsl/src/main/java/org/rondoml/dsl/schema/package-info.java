/**
 * The JSON Schema of the language, for editors: what {@code rondo check} accepts, as far as a
 * schema can say it, with titles, descriptions and defaults to complete and to show.
 *
 * <p>It is made of the same {@link org.rondoml.core.config.ConfigSchema} and the same {@link
 * org.rondoml.core.config.TypeCases} that the {@link org.rondoml.core.config.Binder} binds by, and
 * not by a general generator of schemas for Java classes: what a record means here (keys in
 * snake_case, four notations of a component, keys that all of a kind have, lists without brackets,
 * defaults by semantics) is known to the binder alone, and a general generator would have to be
 * told all of it a second time, case by case, where it could come to differ.
 *
 * <p>Editors read it with validators of draft 7 as well as of 2020-12, so it says nothing that
 * would mean the opposite to an older one: what these don't know, they pass over.
 */
@NullMarked
package org.rondoml.dsl.schema;

import org.jspecify.annotations.NullMarked;
