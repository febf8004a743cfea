package dev.systole.errorstate;

import java.util.Optional;

/** The bytes of a captured object, opened when they are asked for. */
public interface Payload {
  /** No payload: the file names the object but holds nothing of it. */
  Payload NONE = of(Bytes.EMPTY);

  /** What is there: all bytes, or, of a damaged payload, those before the damage. */
  Bytes bytes();

  /** Why {@link #bytes} is not all, or not to be trusted. */
  Optional<Damage> damage();

  /** A payload that is known as plain bytes. */
  static Payload of(Bytes bytes) {
    return new Plain(bytes);
  }

  /** Plain bytes, never damaged. */
  record Plain(Bytes bytes) implements Payload {
    @Override
    public Optional<Damage> damage() {
      return Optional.empty();
    }
  }
}
