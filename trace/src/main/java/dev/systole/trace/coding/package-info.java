/**
 * How values become bytes: columns for the fields of events, CBOR (RFC 8949) for what stands around
 * them. A {@link dev.systole.trace.coding.Layout} numbers the columns of a list of fields, a {@link
 * dev.systole.trace.coding.Walk} leads writers and readers through the fields of one event in the
 * order of the schema.
 */
package dev.systole.trace.coding;
