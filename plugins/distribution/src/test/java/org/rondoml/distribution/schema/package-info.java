/** Tests that the JSON Schema says what the binder does. */
package org.rondoml.distribution.schema;
