package dev.systole.gpu.platform;

/** The graphics architectures among the parts: how contexts and their events are laid out. */
public enum Architecture {
  /** Tiger Lake: graphics version 12.0. */
  XE_LP,
  /** DG2: graphics version 12.55, which the kernel's sources also call XEHP. */
  XE_HPG
}
