package dev.systole.gpu;

import static dev.systole.spec.gen12.GtRegisters.*;
import static dev.systole.spec.gen12.RenderCommands.*;
import static dev.systole.spec.gen12.StateCommands.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.systole.gpu.PageTables.Buffer;
import dev.systole.spec.Engine;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clears and solid rectangles: the draws whose pixels the state alone tells (docs/gpu.md). */
class ClearTest {
  private static final int WIDTH = 40;
  private static final int HEIGHT = 36;
  private static final int PITCH = 512;
  private static final int TABLE = 0;
  private static final int SURFACE = 64;
  private static final int VERTICES = 128;
  private static final int KERNEL = 192;
  private static final int CLEAR_VALUE = 256;
  private static final int LINEAR = 0;
  private static final int B8G8R8A8_UNORM = 0xc0;
  private static final int R32_UINT = 0xd7;

  private final GpuFixture fixture = new GpuFixture();
  private final TestContext context = fixture.context(Engine.RCS0);
  private final Buffer state = context.tables().buffer(1);
  private final Buffer target = context.tables().buffer(16);

  @BeforeEach
  void fillState() {
    fixture.store(state.bus() + TABLE, SURFACE);
    surface(R32_UINT, LINEAR);
    fixture.store(state.bus() + SURFACE + 48, 0x11, 0x22, 0x33, 0x44);
    corners(30, 20, 10, 5);
    kernel("solid");
  }

  private void surface(int format, int tileMode) {
    fixture.store(
        state.bus() + SURFACE,
        RENDER_SURFACE_STATE_SURFACE_TYPE__2D
            | format << RENDER_SURFACE_STATE_SURFACE_FORMAT_SHIFT
            | tileMode << RENDER_SURFACE_STATE_TILE_MODE_SHIFT,
        0,
        HEIGHT - 1 << 16 | WIDTH - 1,
        PITCH - 1);
    fixture.store(state.bus() + SURFACE + 32, target.low(), target.high());
  }

  /** Right bottom, left bottom, left top: the corners of a rectangle as RECTLIST has them. */
  private void corners(float right, float bottom, float left, float top) {
    float[] corners = {right, bottom, left, bottom, left, top};
    for (int i = 0; i < corners.length; i++) {
      fixture.store(state.bus() + VERTICES + 4L * i, Float.floatToIntBits(corners[i]));
    }
  }

  private void kernel(String name) {
    byte[] text = ("systole kernel: " + name).getBytes(StandardCharsets.US_ASCII);
    fixture.gpu.writeMemory(state.bus() + KERNEL, text, 0, text.length);
  }

  private int[] pipeline(int pixelShaderMode) {
    int[] base = new int[STATE_BASE_ADDRESS_LENGTH_DWORDS];
    base[0] = STATE_BASE_ADDRESS | 20;
    for (int dword : new int[] {4, 10}) {
      base[dword] = state.low() | 1;
      base[dword + 1] = state.high();
    }
    int[] shader = new int[_3DSTATE_PS_LENGTH_DWORDS];
    shader[0] = _3DSTATE_PS | 10;
    shader[1] = KERNEL;
    shader[6] = pixelShaderMode;
    int[] table = {_3DSTATE_BINDING_TABLE_POINTERS_PS, TABLE};
    int[] wm = {_3DSTATE_WM, _3DSTATE_WM_STATISTICS_ENABLE};
    int[] vertices = {_3DSTATE_VERTEX_BUFFERS | 3, 8, state.low() + VERTICES, state.high(), 24};
    return Commands.join(base, shader, table, wm, vertices);
  }

  private void draw(int[]... state) {
    int[] draw = {_3DPRIMITIVE | 5, PRIMITIVE_TOPOLOGY_RECTLIST, 3, 0, 1, 0, 0};
    run(Commands.join(Commands.join(state), draw));
  }

  private void run(int[] commands) {
    fixture.submit(context.emitBatch(context.batch(commands)));
    fixture.runMillis(1);
  }

  private int linearPixel(int x, int y) {
    return fixture.load(target.bus() + (long) y * PITCH + 4L * x);
  }

  private void assertRectangle(int left, int top, int right, int bottom, int color) {
    for (int y = 0; y < HEIGHT + 2; y++) {
      for (int x = 0; x < WIDTH + 2; x++) {
        boolean inside = x >= left && x < right && y >= top && y < bottom;
        assertEquals(inside ? color : 0, linearPixel(x, y), x + ", " + y);
      }
    }
  }

  @Test
  void aSolidRectangleHasTheClearColourOfItsRenderTarget() {
    draw(pipeline(0));
    assertRectangle(10, 5, 30, 20, 0x11);
    assertEquals(20 * 15, fixture.read(PS_INVOCATION_COUNT));
    assertEquals(20 * 15, fixture.read(PS_DEPTH_COUNT));
  }

  @Test
  void aPixelIsCoveredWhenItsCentreIs() {
    corners(30.6f, 20.5f, 9.4f, 4.5f);
    draw(pipeline(0));
    assertRectangle(9, 4, 31, 20, 0x11);
  }

  @ParameterizedTest
  @CsvSource({"-100, -100, 1e9, 1e9", "NaN, -Infinity, Infinity, NaN"})
  void nothingIsWrittenOutsideOfTheSurface(float left, float top, float right, float bottom) {
    corners(right, bottom, left, top);
    draw(pipeline(0));
    for (int y = 0; y < HEIGHT; y++) assertEquals(0, linearPixel(WIDTH, y));
    assertEquals(0, linearPixel(0, HEIGHT));
  }

  @Test
  void theDrawingRectangleClips() {
    int[] clip = {_3DSTATE_DRAWING_RECTANGLE | 2, 7 << 16 | 12, 9 << 16 | 19, 0};
    draw(pipeline(0), clip);
    assertRectangle(12, 7, 20, 10, 0x11);
  }

  @Test
  void aFastClearFillsTheWholeSurface() {
    kernel("none");
    draw(pipeline(_3DSTATE_PS_RENDER_TARGET_FAST_CLEAR_ENABLE));
    assertRectangle(0, 0, WIDTH, HEIGHT, 0x11);
  }

  @Test
  void theClearColourMayLieElsewhere() {
    fixture.store(state.bus() + CLEAR_VALUE, 0x55);
    fixture.store(state.bus() + SURFACE + 40, RENDER_SURFACE_STATE_CLEAR_VALUE_ADDRESS_ENABLE, 0);
    fixture.store(state.bus() + SURFACE + 48, state.low() + CLEAR_VALUE, state.high());
    draw(pipeline(0));
    assertEquals(0x55, linearPixel(10, 5));
  }

  @Test
  void aBindingTablePoolGoesBeforeTheSurfaceBase() {
    Buffer pool = context.tables().buffer(1);
    fixture.store(pool.bus() + 32, SURFACE);
    int[] alloc = {
      _3DSTATE_BINDING_TABLE_POOL_ALLOC | 2, pool.low() | 1 << 11, pool.high(), 0x1000
    };
    draw(pipeline(0), alloc, new int[] {_3DSTATE_BINDING_TABLE_POINTERS_PS, 32});
    assertEquals(0x11, linearPixel(10, 5));
  }

  @Test
  void offsetsOfSurfaceStatesReachOverFourGibibytes() {
    Buffer pool = context.tables().buffer(1);
    fixture.store(pool.bus(), 0xf000_0000 + SURFACE);
    int[] alloc = {_3DSTATE_BINDING_TABLE_POOL_ALLOC | 2, pool.low() | 1 << 11, pool.high(), 0};
    int[] farBase = new int[STATE_BASE_ADDRESS_LENGTH_DWORDS];
    farBase[0] = STATE_BASE_ADDRESS | 20;
    farBase[4] = (int) (state.address() - 0xf000_0000L) | 1;
    draw(pipeline(0), alloc, farBase);
    assertEquals(0x11, linearPixel(10, 5));
  }

  @Test
  void largeBindingTablesHaveTheirPointersInHigherUnits() {
    fixture.store(state.bus() + TABLE, 0);
    fixture.store(state.bus() + 512, SURFACE);
    int[] large = {0x11000001, GT_MODE, 1 << 26 | 1 << 10};
    draw(pipeline(0), large, new int[] {_3DSTATE_BINDING_TABLE_POINTERS_PS, 64});
    assertEquals(0x11, linearPixel(10, 5));
  }

  /** Where pixel (33, 9) lies when a row of tiles has one of X or four of Y. */
  @ParameterizedTest
  @CsvSource({"2, 4740", "3, 4244"})
  void tiledTargetsAreWrittenWhereTheirTilesAre(int tileMode, int offset) {
    surface(R32_UINT, tileMode);
    draw(pipeline(_3DSTATE_PS_RENDER_TARGET_FAST_CLEAR_ENABLE));
    assertEquals(0x11, fixture.load(target.bus() + offset));
  }

  @Test
  void coloursOfFloatsBecomeBytes() {
    surface(B8G8R8A8_UNORM, LINEAR);
    float[] color = {1, 0.5f, -3, 0.25f};
    for (int i = 0; i < 4; i++) {
      fixture.store(state.bus() + SURFACE + 48 + 4L * i, Float.floatToIntBits(color[i]));
    }
    draw(pipeline(0));
    assertEquals(0x40ff8000, linearPixel(10, 5));
  }

  @Test
  void aShaderThatIsNotBuiltInWritesNothing() {
    kernel("liquid");
    draw(pipeline(0));
    assertRectangle(0, 0, 0, 0, 0);
  }

  @Test
  void aViewportLeavesThePixelsUnknown() {
    int[] sf = {_3DSTATE_SF | 2, _3DSTATE_SF_VIEWPORT_TRANSFORM_ENABLE, 0, 0};
    draw(pipeline(0), sf);
    assertRectangle(0, 0, 0, 0, 0);
  }

  /** The depth buffer is in Y tiles: pixel (x, y) of the first 32 rows of the first 32 columns. */
  private long depthPlace(int x, int y) {
    return target.bus() + (x >> 2) * 512L + y * 16L + (x & 3) * 4L;
  }

  @ParameterizedTest
  @CsvSource({"1, 0x3f400000", "3, 0xbfffff"})
  void clearingDepthFillsTheRectangleOfTheDepthBuffer(int format, String stored) {
    int[] buffer = new int[_3DSTATE_DEPTH_BUFFER_LENGTH_DWORDS];
    buffer[0] = _3DSTATE_DEPTH_BUFFER | 6;
    buffer[1] =
        _3DSTATE_DEPTH_BUFFER_SURFACE_TYPE__2D
            | _3DSTATE_DEPTH_BUFFER_WRITE_ENABLE
            | format << _3DSTATE_DEPTH_BUFFER_SURFACE_FORMAT_SHIFT
            | 127;
    buffer[2] = target.low();
    buffer[3] = target.high();
    buffer[4] = 23 << 17 | 19 << 1;
    int[] value = {_3DSTATE_CLEAR_PARAMS | 1, Float.floatToIntBits(0.75f), 1};
    int[] clear = {
      _3DSTATE_WM_HZ_OP | 3, _3DSTATE_WM_HZ_OP_DEPTH_BUFFER_CLEAR_ENABLE, 3 << 16 | 2, -1, 0
    };
    clear[3] = 100 << 16 | 100;
    run(Commands.join(buffer, value, clear));
    for (int y = 0; y < 32; y++) {
      for (int x = 0; x < 32; x++) {
        boolean inside = x >= 2 && x < 20 && y >= 3 && y < 24;
        assertEquals(inside ? Integer.decode(stored) : 0, fixture.load(depthPlace(x, y)));
      }
    }
  }
}
