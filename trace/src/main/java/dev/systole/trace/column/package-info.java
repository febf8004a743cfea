/**
 * The columns of a chunk: how the fields of events become streams of integers and bytes, and how
 * they are read back. A {@link dev.systole.trace.column.Layout} numbers the columns of a list of
 * fields, a {@link dev.systole.trace.column.Walk} leads writers and readers through the fields of
 * one event in the order of the schema.
 */
package dev.systole.trace.column;
