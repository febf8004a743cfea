/** Names and fields of commands, state and registers; batch and ring decoding; diagnosis. */
package dev.systole.decoder;
