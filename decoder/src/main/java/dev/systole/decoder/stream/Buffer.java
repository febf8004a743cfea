package dev.systole.decoder.stream;

import dev.systole.decoder.command.Dwords;
import dev.systole.decoder.command.Location;
import dev.systole.decoder.command.Space;
import dev.systole.errorstate.CapturedObject;
import java.util.Optional;

/** A captured piece of GPU memory. */
public final class Buffer {
  private final Location start;
  private final CapturedObject object;
  private Dwords content;

  public Buffer(Space space, CapturedObject object) {
    start = new Location(space, object.address());
    this.object = object;
  }

  /** The kernel's word for what it is: {@code ring}, {@code batch}, {@code user}, … */
  public String name() {
    return object.name();
  }

  /** The engine in whose part of the dump it stands. */
  public String owner() {
    return object.owner();
  }

  public Location start() {
    return start;
  }

  /** The place behind its last captured dword. */
  public Location end() {
    return start.plus(content().sizeBytes());
  }

  /** What was captured of it; opened when first asked for. */
  public Dwords content() {
    if (content == null) content = Dwords.of(object.bytes());
    return content;
  }

  /** Why not all of it is there, when that is known. */
  public Optional<String> damage() {
    return object.payload().damage().map(Object::toString);
  }

  /** Whether a captured dword lies at that place. */
  public boolean holds(Location location) {
    long offset = location.address() - start.address();
    return location.space() == start.space()
        && offset >= 0
        && offset <= Integer.MAX_VALUE
        && offset < content().sizeBytes();
  }

  /** Which dword of the content lies at an address in this buffer. */
  int index(long address) {
    return (int) ((address - start.address()) / Integer.BYTES);
  }

  /** {@code batch at PPGTT 0xfffeffeee000}. */
  @Override
  public String toString() {
    return name() + " at " + start;
  }
}
