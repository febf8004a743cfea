/**
 * Names and fields of commands and registers, and what a dump holds of them. {@link
 * dev.systole.decoder.Decoder} is the way in: {@link dev.systole.decoder.Decoder#decode} gives a
 * {@link dev.systole.decoder.Decoding}, which {@link dev.systole.decoder.DecodingText} and {@link
 * dev.systole.decoder.DecodingJson} write; {@link dev.systole.decoder.Decoder#diagnose} says why a
 * GPU hung. Nothing here needs a machine: it works on what somebody captured.
 */
package dev.systole.decoder;
