/**
 * From a checked {@linkplain org.rondoml.dsl.specification.Specification specification} to
 * something that trains, evaluates and predicts. {@link org.rondoml.dsl.run.ModelModule}, {@link
 * org.rondoml.dsl.run.TrainingModule} and {@link org.rondoml.dsl.run.EmbeddedModule} or {@link
 * org.rondoml.dsl.run.RunFolderModule} tell Guice what is made of what; the classes themselves know
 * nothing of Guice. {@link org.rondoml.dsl.run.Experiment} holds the injector; an embedder may
 * replace any binding with {@code Modules.override}.
 */
@NullMarked
package org.rondoml.dsl.run;

import org.jspecify.annotations.NullMarked;
