package dev.systole.bridge.aub;

/** A packet contradicts itself or the file ends in it; the reader makes a damage of it. */
final class DamagedPacketException extends Exception {
  private static final long serialVersionUID = 1;

  private final AubDamage damage;

  DamagedPacketException(AubDamage damage) {
    super(damage.toString());
    this.damage = damage;
  }

  AubDamage damage() {
    return damage;
  }
}
