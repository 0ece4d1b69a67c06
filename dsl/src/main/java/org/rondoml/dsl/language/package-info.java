/**
 * The language as text: {@link org.rondoml.dsl.language.StrictYaml} reads files, {@link org.rondoml.dsl.language.Overlay} lays one over
 * another, {@link org.rondoml.dsl.language.Setting} sets a single value, {@link org.rondoml.dsl.language.YamlText} writes a document.
 * What the keys mean is no matter here.
 */
@NullMarked
package org.rondoml.dsl.language;

import org.jspecify.annotations.NullMarked;
