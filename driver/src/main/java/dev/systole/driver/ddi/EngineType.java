package dev.systole.driver.ddi;

/** {@code DXGK_ENGINE_TYPE}, in the order of its values. */
public enum EngineType {
  OTHER,
  RENDER_3D,
  VIDEO_DECODE,
  VIDEO_ENCODE,
  VIDEO_PROCESSING,
  SCENE_ASSEMBLY,
  COPY,
  OVERLAY,
  CRYPTO,
  VIDEO_CODEC
}
