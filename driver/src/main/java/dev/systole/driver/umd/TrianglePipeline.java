package dev.systole.driver.umd;

import static dev.systole.spec.gen12.RenderCommands.*;
import static dev.systole.spec.gen12.StateCommands.*;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A pipeline that draws triangles into a picture: its state in memory, and the commands that select
 * it and draw. The kernels are empty: the GPU of the model parses 3D commands and takes its time,
 * but runs no shaders.
 */
public final class TrianglePipeline {
  /** Places in the state buffer; every base address points to its start. */
  private static final int BINDING_TABLE = 0;

  private static final int SURFACE_STATE = 64;
  private static final int CC_VIEWPORT = 128;
  private static final int SF_CLIP_VIEWPORT = 192;
  private static final int BLEND_STATE = 256;
  private static final int VERTICES = 512;
  private static final int VERTEX_KERNEL = 1024;
  private static final int PIXEL_KERNEL = 2048;
  private static final int STATE_BYTES = 4096;

  private static final int VERTEX_BYTES = 16;
  private static final int VERTICES_OF_A_TRIANGLE = 3;

  /** Cached in L3 and LLC (Mesa: isl.c: mocs.internal of Gen12). */
  private static final int MOCS = 2 << 1;

  private static final int TOPOLOGY_TRIANGLE_LIST = 4;
  private static final int FORMAT_R32G32B32_FLOAT = 0x40;
  private static final int COMPONENT_STORE_SOURCE = 1;
  private static final int COMPONENT_STORE_1_FLOAT = 3;
  private static final int SURFACE_2D_B8G8R8A8 = 1 << 29 | 0x0c0 << 18;
  private static final int MASK_3D = 3 << PIPELINE_SELECT_MASK_BITS_SHIFT;

  private final GpuBuffer state;
  private final Surface target;

  /** Uploads the state for drawing into {@code target}. */
  public TrianglePipeline(UserModeDevice device, Surface target) {
    this.target = target;
    state = device.createBuffer(state(target));
  }

  private static byte[] state(Surface target) {
    var bytes = ByteBuffer.allocate(STATE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(BINDING_TABLE, SURFACE_STATE);
    bytes.putInt(SURFACE_STATE, SURFACE_2D_B8G8R8A8);
    bytes.putInt(SURFACE_STATE + 4, MOCS << 24);
    bytes.putInt(SURFACE_STATE + 8, target.height() - 1 << 16 | target.width() - 1);
    bytes.putInt(SURFACE_STATE + 12, target.pitchBytes() - 1);
    bytes.putLong(SURFACE_STATE + 32, target.gpuAddress());
    bytes.putFloat(CC_VIEWPORT + 4, 1);
    bytes.putFloat(SF_CLIP_VIEWPORT, target.width() / 2f);
    bytes.putFloat(SF_CLIP_VIEWPORT + 4, target.height() / 2f);
    bytes.putFloat(SF_CLIP_VIEWPORT + 12, target.width() / 2f);
    bytes.putFloat(SF_CLIP_VIEWPORT + 16, target.height() / 2f);
    float[] corners = {-1, -1, 0, 0, 1, 0, 1, -1, 0};
    for (int i = 0; i < corners.length; i++) {
      int vertex = i / VERTICES_OF_A_TRIANGLE;
      int component = i % VERTICES_OF_A_TRIANGLE;
      bytes.putFloat(VERTICES + vertex * VERTEX_BYTES + component * Float.BYTES, corners[i]);
    }
    return bytes.array();
  }

  /** Selects the pipeline; once per command buffer. */
  public void select(CommandBuffer commands) {
    commands.write(PIPELINE_SELECT | MASK_3D | PIPELINE_SELECT_PIPELINE_SELECTION__3D);
    selectBases(commands);
    selectVertices(commands);
    selectGeometry(commands);
    selectPixels(commands);
  }

  private void selectBases(CommandBuffer commands) {
    long base = state.gpuAddress();
    int low = (int) base | MOCS << STATE_BASE_ADDRESS_GENERAL_STATE_MOCS_SHIFT | 1;
    int high = (int) (base >>> Integer.SIZE);
    int size = STATE_BYTES | 1;
    int stateless = MOCS << STATE_BASE_ADDRESS_STATELESS_DATA_PORT_ACCESS_MOCS_SHIFT;
    commands.emit(
        STATE_BASE_ADDRESS,
        STATE_BASE_ADDRESS_LENGTH_DWORDS,
        low,
        high,
        stateless,
        low,
        high,
        low,
        high,
        low,
        high,
        low,
        high,
        size,
        size,
        size,
        size);
  }

  private void selectVertices(CommandBuffer commands) {
    long vertices = state.gpuAddress() + VERTICES;
    commands.emit(
        _3DSTATE_VERTEX_BUFFERS,
        5,
        MOCS << _3DSTATE_VERTEX_BUFFERS_MOCS_SHIFT
            | _3DSTATE_VERTEX_BUFFERS_ADDRESS_MODIFY_ENABLE
            | VERTEX_BYTES,
        (int) vertices,
        (int) (vertices >>> Integer.SIZE),
        VERTICES_OF_A_TRIANGLE * VERTEX_BYTES);
    commands.emit(
        _3DSTATE_VERTEX_ELEMENTS,
        3,
        _3DSTATE_VERTEX_ELEMENTS_VALID
            | FORMAT_R32G32B32_FLOAT << _3DSTATE_VERTEX_ELEMENTS_SOURCE_ELEMENT_FORMAT_SHIFT,
        COMPONENT_STORE_SOURCE << _3DSTATE_VERTEX_ELEMENTS_COMPONENT_0_CONTROL_SHIFT
            | COMPONENT_STORE_SOURCE << _3DSTATE_VERTEX_ELEMENTS_COMPONENT_1_CONTROL_SHIFT
            | COMPONENT_STORE_SOURCE << _3DSTATE_VERTEX_ELEMENTS_COMPONENT_2_CONTROL_SHIFT
            | COMPONENT_STORE_1_FLOAT << _3DSTATE_VERTEX_ELEMENTS_COMPONENT_3_CONTROL_SHIFT);
    commands.emit(_3DSTATE_VF_TOPOLOGY, _3DSTATE_VF_TOPOLOGY_LENGTH_DWORDS, TOPOLOGY_TRIANGLE_LIST);
  }

  private static void selectGeometry(CommandBuffer commands) {
    commands.emit(
        _3DSTATE_URB_VS,
        _3DSTATE_URB_VS_LENGTH_DWORDS,
        1 << _3DSTATE_URB_VS_STARTING_ADDRESS_SHIFT | 64);
    commands.emit(
        _3DSTATE_VS,
        _3DSTATE_VS_LENGTH_DWORDS,
        VERTEX_KERNEL,
        0,
        0,
        0,
        0,
        1 << _3DSTATE_VS_DISPATCH_GRF_START_REGISTER_SHIFT
            | 1 << _3DSTATE_VS_VERTEX_URB_ENTRY_READ_LENGTH_SHIFT,
        _3DSTATE_VS_SIMD8_DISPATCH_ENABLE | _3DSTATE_VS_ENABLE);
    commands.emit(_3DSTATE_HS, _3DSTATE_HS_LENGTH_DWORDS);
    commands.emit(_3DSTATE_TE, _3DSTATE_TE_LENGTH_DWORDS);
    commands.emit(_3DSTATE_DS, _3DSTATE_DS_LENGTH_DWORDS);
    commands.emit(_3DSTATE_STREAMOUT, _3DSTATE_STREAMOUT_LENGTH_DWORDS);
    commands.emit(_3DSTATE_GS, _3DSTATE_GS_LENGTH_DWORDS);
    commands.emit(
        _3DSTATE_CLIP, _3DSTATE_CLIP_LENGTH_DWORDS, 0, _3DSTATE_CLIP_CLIP_MODE_ACCEPT_ALL);
    commands.emit(_3DSTATE_SF, _3DSTATE_SF_LENGTH_DWORDS, _3DSTATE_SF_VIEWPORT_TRANSFORM_ENABLE);
    commands.emit(_3DSTATE_RASTER, _3DSTATE_RASTER_LENGTH_DWORDS, _3DSTATE_RASTER_CULL_MODE_NONE);
    commands.emit(
        _3DSTATE_VIEWPORT_STATE_POINTERS_SF_CLIP,
        _3DSTATE_VIEWPORT_STATE_POINTERS_SF_CLIP_LENGTH_DWORDS,
        SF_CLIP_VIEWPORT);
    commands.emit(
        _3DSTATE_SBE,
        _3DSTATE_SBE_LENGTH_DWORDS,
        1 << _3DSTATE_SBE_VERTEX_URB_ENTRY_READ_LENGTH_SHIFT
            | 1 << _3DSTATE_SBE_VERTEX_URB_ENTRY_READ_OFFSET_SHIFT);
  }

  private void selectPixels(CommandBuffer commands) {
    commands.emit(_3DSTATE_WM, _3DSTATE_WM_LENGTH_DWORDS);
    commands.emit(_3DSTATE_MULTISAMPLE, _3DSTATE_MULTISAMPLE_LENGTH_DWORDS);
    commands.emit(_3DSTATE_SAMPLE_MASK, _3DSTATE_SAMPLE_MASK_LENGTH_DWORDS, 1);
    commands.emit(
        _3DSTATE_PS,
        _3DSTATE_PS_LENGTH_DWORDS,
        PIXEL_KERNEL,
        0,
        1 << _3DSTATE_PS_BINDING_TABLE_ENTRY_COUNT_SHIFT,
        0,
        0,
        63 << _3DSTATE_PS_MAXIMUM_NUMBER_OF_THREADS_PER_PSD_SHIFT
            | _3DSTATE_PS_DISPATCH_8_PIXELS_ENABLE,
        2 << _3DSTATE_PS_DISPATCH_GRF_START_REGISTER_0_SHIFT);
    commands.emit(_3DSTATE_PS_EXTRA, _3DSTATE_PS_EXTRA_LENGTH_DWORDS, _3DSTATE_PS_EXTRA_VALID);
    commands.emit(
        _3DSTATE_PS_BLEND,
        _3DSTATE_PS_BLEND_LENGTH_DWORDS,
        _3DSTATE_PS_BLEND_HAS_WRITEABLE_RENDER_TARGET);
    commands.emit(
        _3DSTATE_VIEWPORT_STATE_POINTERS_CC,
        _3DSTATE_VIEWPORT_STATE_POINTERS_CC_LENGTH_DWORDS,
        CC_VIEWPORT);
    commands.emit(
        _3DSTATE_BLEND_STATE_POINTERS,
        _3DSTATE_BLEND_STATE_POINTERS_LENGTH_DWORDS,
        BLEND_STATE | _3DSTATE_BLEND_STATE_POINTERS_POINTER_VALID);
    commands.emit(
        _3DSTATE_BINDING_TABLE_POINTERS_PS,
        _3DSTATE_BINDING_TABLE_POINTERS_PS_LENGTH_DWORDS,
        BINDING_TABLE);
    commands.emit(
        _3DSTATE_DRAWING_RECTANGLE,
        _3DSTATE_DRAWING_RECTANGLE_LENGTH_DWORDS,
        0,
        target.height() - 1 << _3DSTATE_DRAWING_RECTANGLE_Y_MAXIMUM_SHIFT | target.width() - 1);
  }

  /** Draws so many instances of the triangle. */
  public void draw(CommandBuffer commands, int instances) {
    commands.emit(
        _3DPRIMITIVE,
        _3DPRIMITIVE_LENGTH_DWORDS,
        TOPOLOGY_TRIANGLE_LIST,
        VERTICES_OF_A_TRIANGLE,
        0,
        instances);
  }

  /** PIPE_CONTROL: waits until what was drawn lies in memory. */
  public void flush(CommandBuffer commands) {
    commands.emit(
        PIPE_CONTROL,
        PIPE_CONTROL_LENGTH_DWORDS,
        PIPE_CONTROL_COMMAND_STREAMER_STALL_ENABLE
            | PIPE_CONTROL_RENDER_TARGET_CACHE_FLUSH_ENABLE
            | PIPE_CONTROL_TILE_CACHE_FLUSH_ENABLE
            | PIPE_CONTROL_DEPTH_CACHE_FLUSH_ENABLE);
  }
}
