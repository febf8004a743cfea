/** The part of CBOR (RFC 8949) that trace files use: maps, arrays, integers, text, byte strings. */
package dev.systole.trace.cbor;
