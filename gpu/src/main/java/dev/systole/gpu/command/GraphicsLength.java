package dev.systole.gpu.command;

import static dev.systole.spec.gen12.ComputeCommands.COMPUTE_WALKER;
import static dev.systole.spec.gen12.RenderCommands.*;
import static dev.systole.spec.gen12.StateCommands.*;

import dev.systole.gpu.platform.Architecture;
import dev.systole.spec.EngineClass;

/**
 * How long the commands of type 3 are, and which of them an engine knows at all (gen12-commands.md
 * 1.2, 1.3): each class of engines has pipelines of its own, and the same header can mean different
 * commands on two of them.
 */
final class GraphicsLength {
  /** No engine of the class knows such a command. */
  static final int UNKNOWN = 0;

  private static final int IDENTITY_MASK = 0xffff0000;
  private static final int SINGLE_DWORD_STATE = 0x780b0000;
  private static final int PIPELINE_SHIFT = 27;
  private static final int OPCODE_SHIFT = 24;

  /** Of the 3D pipeline: draws and dispatches from memory, which came with version 12.5. */
  private static final int INDIRECT_OPCODE = 4;

  private static final int BOX_OPCODE = 4;
  private static final int SCALER_OPCODE = 5;

  /** In the upper half of the scaler's sub-opcodes lie those of the HuC, of video engines only. */
  private static final int HUC_COMMANDS = 1 << 23;

  private GraphicsLength() {}

  /** Dwords of the command with this header, or {@link #UNKNOWN}. */
  static int dwords(int header, EngineClass engine, Architecture architecture) {
    int pipeline = header >>> PIPELINE_SHIFT & 3;
    int opcode = header >>> OPCODE_SHIFT & 7;
    if (pipeline == 3 && opcode == INDIRECT_OPCODE && architecture != Architecture.XE_HPG) {
      return UNKNOWN;
    }
    return switch (engine) {
      case RENDER -> render(header, pipeline, opcode);
      case COMPUTE -> compute(header, pipeline, opcode);
      case VIDEO -> video(header, pipeline, opcode);
      case VIDEO_ENHANCE -> videoEnhance(header, pipeline, opcode);
      case COPY -> UNKNOWN;
    };
  }

  private static int render(int header, int pipeline, int opcode) {
    return switch (pipeline) {
      case 0 -> opcode <= 1 ? counted(header, 0xff) : UNKNOWN;
      case 1 -> opcode <= 1 ? 1 : UNKNOWN;
      case 2 -> opcode <= 2 ? media(header) : UNKNOWN;
      default -> {
        if ((header & IDENTITY_MASK) == SINGLE_DWORD_STATE) yield 1;
        yield opcode <= INDIRECT_OPCODE ? counted(header, mask3d(header)) : UNKNOWN;
      }
    };
  }

  /** Of the 3D pipeline compute engines know the state without a pipeline, and PIPE_CONTROL. */
  private static int compute(int header, int pipeline, int opcode) {
    if (pipeline == 3 && (opcode == 0 || opcode == 3)) return UNKNOWN;
    return render(header, pipeline, opcode);
  }

  /** A few lists are longer than eight bits can say (4.1); in others there are flags. */
  private static int mask3d(int header) {
    return switch (header & IDENTITY_MASK) {
      case _3DSTATE_SO_DECL_LIST,
          _3DSTATE_BINDING_TABLE_EDIT_VS,
          _3DSTATE_BINDING_TABLE_EDIT_GS,
          _3DSTATE_BINDING_TABLE_EDIT_HS,
          _3DSTATE_BINDING_TABLE_EDIT_DS,
          _3DSTATE_BINDING_TABLE_EDIT_PS ->
          0x1ff;
      case _3DSTATE_DX9_CONSTANTF_VS, _3DSTATE_DX9_CONSTANTF_PS -> 0x7ff;
      default -> 0xff;
    };
  }

  /** Media commands count in bits 15 to 0; walkers have flags in the upper eight of them. */
  private static int media(int header) {
    return switch (header & IDENTITY_MASK) {
      case GPGPU_WALKER, COMPUTE_WALKER -> counted(header, 0xff);
      case MEDIA_OBJECT, MEDIA_OBJECT_PRT, MEDIA_OBJECT_WALKER -> counted(header, 0x7fff);
      default -> counted(header, 0xffff);
    };
  }

  /** MFX_WAIT is a pipeline of its own; all codecs are media commands of up to twelve bits. */
  private static int video(int header, int pipeline, int opcode) {
    return switch (pipeline) {
      case 1 -> opcode == 0 ? 1 : UNKNOWN;
      case 2 -> counted(header, 0xfff);
      default -> UNKNOWN;
    };
  }

  private static int videoEnhance(int header, int pipeline, int opcode) {
    boolean scaler = opcode == SCALER_OPCODE && (header & HUC_COMMANDS) == 0;
    return pipeline == 2 && (opcode == BOX_OPCODE || scaler) ? counted(header, 0xfff) : UNKNOWN;
  }

  private static int counted(int header, int mask) {
    return (header & mask) + 2;
  }
}
