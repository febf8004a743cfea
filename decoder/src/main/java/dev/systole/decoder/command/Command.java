package dev.systole.decoder.command;

import java.util.List;

/** A command at its place in memory. */
public sealed interface Command permits KnownCommand, UnknownCommand {
  /** The name of the programmer's reference, {@code MI_BATCH_BUFFER_START}, or {@code unknown}. */
  String name();

  /** GPU address of the first dword. */
  long address();

  /** What the command was read from; also its encoding. Shorter than it should be when cut off. */
  Dwords dwords();

  /** The decoded fields, in the order of the spec; without opcode and length. */
  List<Field> fields();

  /** How many dwords are missing at the end because what was captured ends there. */
  int missingDwords();

  /** The first dword, as IPEHR shows it. */
  default int header() {
    return dwords().get(0);
  }

  default int lengthBytes() {
    return dwords().sizeBytes();
  }

  /** The address behind the last dword. */
  default long end() {
    return address() + lengthBytes();
  }

  /** Whether a dword of the command lies at that address. */
  default boolean covers(long gpuAddress) {
    return Long.compareUnsigned(gpuAddress - address(), lengthBytes()) < 0;
  }
}
