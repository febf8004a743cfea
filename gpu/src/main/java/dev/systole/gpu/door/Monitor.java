package dev.systole.gpu.door;

import java.util.Arrays;

/**
 * A monitor with its cable.
 *
 * @param link what the cable speaks
 * @param edid what the monitor says about itself, as it lies in its memory: blocks of 128 bytes, at
 *     most {@link #EDID_BYTES_MAX} bytes; not looked into
 */
public record Monitor(Link link, byte[] edid) {
  /** 128 segments of two blocks (E-DDC). */
  public static final int EDID_BYTES_MAX = 128 * 256;

  /** What a cable speaks. */
  public enum Link {
    /** HDMI or DVI: the EDID is read over DDC. */
    HDMI,
    /** DisplayPort, also as an alternate mode of Type-C: the EDID is read over the AUX channel. */
    DISPLAY_PORT
  }

  /**
   * Copies the bytes.
   *
   * @throws IllegalArgumentException when there are too many
   */
  public Monitor {
    if (edid.length > EDID_BYTES_MAX) {
      throw new IllegalArgumentException("EDID of " + edid.length + " bytes");
    }
    edid = edid.clone();
  }

  @Override
  public byte[] edid() {
    return edid.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Monitor monitor
        && link == monitor.link
        && Arrays.equals(edid, monitor.edid);
  }

  @Override
  public int hashCode() {
    return 31 * link.hashCode() + Arrays.hashCode(edid);
  }

  @Override
  public String toString() {
    return "Monitor[" + link + ", EDID of " + edid.length + " bytes]";
  }
}
