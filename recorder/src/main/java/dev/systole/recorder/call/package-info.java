/**
 * Calls as fields of a trace. The calls of all doors are records of a few kinds of components, so
 * that one {@link dev.systole.recorder.call.ValueCodec}, derived from the components by reflection,
 * writes and reads every one of them; {@link dev.systole.recorder.call.CallCatalog} lists them.
 */
package dev.systole.recorder.call;
