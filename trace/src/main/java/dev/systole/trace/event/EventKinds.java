package dev.systole.trace.event;

import static dev.systole.trace.schema.Author.APP;
import static dev.systole.trace.schema.Author.GPU;
import static dev.systole.trace.schema.Author.KMD;
import static dev.systole.trace.schema.Author.OS;
import static dev.systole.trace.schema.Author.WORLD;
import static dev.systole.trace.schema.Field.bool;
import static dev.systole.trace.schema.Field.bytes;
import static dev.systole.trace.schema.Field.hex;
import static dev.systole.trace.schema.Field.integer;
import static dev.systole.trace.schema.Field.text;

import dev.systole.trace.schema.Author;
import dev.systole.trace.schema.CallRole;
import dev.systole.trace.schema.CallType;
import dev.systole.trace.schema.Door;
import dev.systole.trace.schema.EventKind;
import dev.systole.trace.schema.Field;
import dev.systole.trace.schema.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every kind of event that Systole records: its number in the file, its fields, and the record that
 * is made of it. Numbers, names and types never change; a field may be added at the end.
 */
public final class EventKinds {

  /** Makes the record of an event from its fields. */
  @FunctionalInterface
  public interface Maker {
    Event make(At at, FieldReader in);
  }

  private static final Map<String, EventKind> KINDS = new LinkedHashMap<>();
  private static final Map<String, Maker> MAKERS = new LinkedHashMap<>();

  // The bus door and the wake door
  public static final EventKind REGISTER_READ =
      kind(
          0x01,
          "register-read",
          KMD,
          (at, in) ->
              new BusEvent.RegisterRead(
                  at, in.integer(), in.integer(), in.integer(), in.integer(), in.integer()),
          hex("offset").bySelf(),
          integer("widthBytes"),
          hex("value").by("offset"),
          integer("count"),
          integer("stepNanos"));
  public static final EventKind REGISTER_WRITE =
      kind(
          0x02,
          "register-write",
          KMD,
          (at, in) -> new BusEvent.RegisterWrite(at, in.integer(), in.integer(), in.integer()),
          hex("offset").bySelf(),
          integer("widthBytes"),
          hex("value").by("offset"));
  public static final EventKind CONFIG_READ =
      kind(
          0x03,
          "config-read",
          KMD,
          (at, in) -> new BusEvent.ConfigRead(at, in.integer(), in.integer(), in.integer()),
          hex("offset"),
          integer("widthBytes"),
          hex("value"));
  public static final EventKind CONFIG_WRITE =
      kind(
          0x04,
          "config-write",
          KMD,
          (at, in) -> new BusEvent.ConfigWrite(at, in.integer(), in.integer(), in.integer()),
          hex("offset"),
          integer("widthBytes"),
          hex("value"));
  public static final EventKind MEMORY_READ =
      kind(
          0x05,
          "memory-read",
          KMD,
          (at, in) ->
              new BusEvent.MemoryRead(
                  at, in.integer(), in.integer(), in.integer(), in.integer(), in.integer()),
          hex("address").bySelf(),
          integer("widthBytes"),
          hex("value").by("address"),
          integer("count"),
          integer("stepNanos"));
  public static final EventKind MEMORY_READ_BLOCK =
      kind(
          0x06,
          "memory-read-block",
          KMD,
          (at, in) -> new BusEvent.MemoryReadBlock(at, in.integer(), in.bytes()),
          hex("address"),
          bytes("bytes"));
  public static final EventKind MEMORY_WRITE =
      kind(
          0x07,
          "memory-write",
          KMD,
          (at, in) -> new BusEvent.MemoryWrite(at, in.integer(), in.bytes()),
          hex("address").bySelf(),
          bytes("bytes"));

  // 0x08 and 0x09 stand in the schema of format 1.0, and were never recorded

  public static final EventKind IOMMU_READ =
      kind(
          0x0a,
          "iommu-read",
          KMD,
          (at, in) -> new BusEvent.IommuRead(at, in.integer(), in.integer()),
          hex("offset"),
          hex("value"));
  public static final EventKind IOMMU_WRITE =
      kind(
          0x0b,
          "iommu-write",
          KMD,
          (at, in) -> new BusEvent.IommuWrite(at, in.integer(), in.integer()),
          hex("offset"),
          hex("value"));
  public static final EventKind INTERRUPT =
      kind(
          0x0f,
          "interrupt",
          GPU,
          (at, in) -> new BusEvent.Interrupt(at, in.integer()),
          integer("vector"));

  // The app door's mapped memory
  public static final EventKind MAPPING_WRITE =
      kind(
          0x12,
          "mapping-write",
          APP,
          (at, in) ->
              new MappingEvent.MappingWrite(
                  at, in.integer(), in.integer(), in.integer(), in.bytes()),
          integer("mapping"),
          hex("offset").bySelf(),
          hex("busAddress").by("offset"),
          bytes("bytes"));
  public static final EventKind MAPPING_READ =
      kind(
          0x13,
          "mapping-read",
          APP,
          (at, in) ->
              new MappingEvent.MappingRead(
                  at,
                  in.integer(),
                  in.integer(),
                  in.integer(),
                  in.integer(),
                  in.integer(),
                  in.integer(),
                  in.integer()),
          integer("mapping"),
          hex("offset").bySelf(),
          hex("busAddress").by("offset"),
          integer("widthBytes"),
          hex("value").by("offset"),
          integer("count"),
          integer("stepNanos"));
  public static final EventKind MAPPING_READ_BLOCK =
      kind(
          0x14,
          "mapping-read-block",
          APP,
          (at, in) ->
              new MappingEvent.MappingReadBlock(
                  at, in.integer(), in.integer(), in.integer(), in.bytes()),
          integer("mapping"),
          hex("offset"),
          hex("busAddress"),
          bytes("bytes"));

  // The world
  public static final EventKind FAULT_FIRED =
      kind(
          0x30,
          "fault-fired",
          WORLD,
          (at, in) ->
              new WorldEvent.FaultFired(
                  at, in.text(), in.text(), in.integer(), in.integer(), in.integer()),
          text("fault"),
          text("engine"),
          integer("batchOrdinal"),
          hex("commandAddress"),
          integer("occasion"));
  public static final EventKind REGISTRY =
      kind(
          0x31,
          "registry",
          WORLD,
          (at, in) -> new WorldEvent.Registry(at, in.text(), in.text()),
          text("name"),
          text("value"));
  public static final EventKind HOT_PLUG =
      kind(
          0x32,
          "hot-plug",
          WORLD,
          (at, in) -> new WorldEvent.HotPlug(at, in.text()),
          text("function"));
  public static final EventKind SURPRISE_REMOVAL =
      kind(
          0x33,
          "surprise-removal",
          WORLD,
          (at, in) -> new WorldEvent.SurpriseRemoval(at, in.text()),
          text("function"));

  // Health
  public static final EventKind CONTEXT_CREATED =
      kind(
          0x40,
          "context-created",
          KMD,
          (at, in) ->
              new HealthEvent.ContextCreated(at, in.integer(), in.text(), in.text(), in.integer()),
          hex("context"),
          text("engine"),
          text("process"),
          integer("processId"));
  public static final EventKind REQUEST_QUEUED =
      kind(
          0x41,
          "request-queued",
          KMD,
          (at, in) ->
              new HealthEvent.RequestQueued(
                  at, in.text(), in.integer(), in.integer(), in.integer()),
          text("engine"),
          hex("context").bySelf(),
          integer("seqno").by("context"),
          integer("priority"));
  public static final EventKind REQUEST_SUBMITTED =
      kind(
          0x42,
          "request-submitted",
          KMD,
          (at, in) ->
              new HealthEvent.RequestSubmitted(
                  at, in.text(), in.integer(), in.integer(), in.integer(), in.integer()),
          text("engine"),
          integer("port"),
          hex("context").bySelf(),
          integer("seqno").by("context"),
          integer("priority"));
  public static final EventKind REQUEST_COMPLETED =
      kind(
          0x43,
          "request-completed",
          KMD,
          (at, in) -> new HealthEvent.RequestCompleted(at, in.text(), in.integer(), in.integer()),
          text("engine"),
          hex("context").bySelf(),
          integer("seqno").by("context"));
  public static final EventKind REQUEST_RESUBMITTED =
      kind(
          0x44,
          "request-resubmitted",
          KMD,
          (at, in) -> new HealthEvent.RequestResubmitted(at, in.text(), in.integer(), in.integer()),
          text("engine"),
          hex("context"),
          integer("seqno"));
  public static final EventKind REQUEST_SKIPPED =
      kind(
          0x45,
          "request-skipped",
          KMD,
          (at, in) ->
              new HealthEvent.RequestSkipped(
                  at, in.text(), in.integer(), in.integer(), in.integer()),
          text("engine"),
          hex("context"),
          integer("seqno"),
          integer("errno"));
  public static final EventKind HEARTBEAT_EMITTED =
      kind(
          0x48,
          "heartbeat-emitted",
          KMD,
          (at, in) -> new HealthEvent.HeartbeatEmitted(at, in.text(), in.integer(), in.integer()),
          text("engine"),
          integer("seqno"),
          integer("priority"));
  public static final EventKind HEARTBEAT_RAISED =
      kind(
          0x49,
          "heartbeat-raised",
          KMD,
          (at, in) -> new HealthEvent.HeartbeatRaised(at, in.text(), in.integer(), in.integer()),
          text("engine"),
          integer("seqno"),
          integer("priority"));
  public static final EventKind HEARTBEAT_COMPLETED =
      kind(
          0x4a,
          "heartbeat-completed",
          KMD,
          (at, in) -> new HealthEvent.HeartbeatCompleted(at, in.text(), in.integer()),
          text("engine"),
          integer("seqno"));
  public static final EventKind HEARTBEAT_STOPPED =
      kind(
          0x4b,
          "heartbeat-stopped",
          KMD,
          (at, in) -> new HealthEvent.HeartbeatStopped(at, in.text(), in.integer()),
          text("engine"),
          integer("seqno"));
  public static final EventKind PREEMPT_TIMEOUT =
      kind(
          0x50,
          "preempt-timeout",
          KMD,
          (at, in) ->
              new HealthEvent.PreemptTimeout(
                  at, in.text(), in.integer(), in.integer(), in.integer()),
          text("engine"),
          hex("context"),
          integer("seqno"),
          integer("waitedNanos"));
  public static final EventKind CS_ERROR =
      kind(
          0x51,
          "cs-error",
          KMD,
          (at, in) -> new HealthEvent.CsError(at, in.text(), in.integer()),
          text("engine"),
          hex("eir"));
  public static final EventKind ERROR_CAPTURED =
      kind(
          0x52,
          "error-captured",
          KMD,
          (at, in) -> new HealthEvent.ErrorCaptured(at, in.text(), in.text(), in.bytes()),
          text("engine"),
          text("ecode"),
          bytes("dump"));
  public static final EventKind ENGINE_RESET_BEGUN =
      kind(
          0x53,
          "engine-reset-begun",
          KMD,
          (at, in) -> new HealthEvent.EngineResetBegun(at, in.text(), in.text()),
          text("engine"),
          text("reason"));
  public static final EventKind ENGINE_RESET_ENDED =
      kind(
          0x54,
          "engine-reset-ended",
          KMD,
          (at, in) -> new HealthEvent.EngineResetEnded(at, in.text(), in.bool()),
          text("engine"),
          bool("ok"));
  public static final EventKind GT_RESET_BEGUN =
      kind(
          0x55,
          "gt-reset-begun",
          KMD,
          (at, in) -> new HealthEvent.GtResetBegun(at, in.text()),
          text("reason"));
  public static final EventKind GT_RESET_ENDED =
      kind(
          0x56,
          "gt-reset-ended",
          KMD,
          (at, in) -> new HealthEvent.GtResetEnded(at, in.bool()),
          bool("ok"));
  public static final EventKind WEDGED =
      kind(0x57, "wedged", KMD, (at, in) -> new HealthEvent.Wedged(at, in.bool()), bool("wedged"));
  public static final EventKind CONTEXT_BANNED =
      kind(
          0x58,
          "context-banned",
          KMD,
          (at, in) -> new HealthEvent.ContextBanned(at, in.integer()),
          hex("context"));
  public static final EventKind DEVICE_ERROR =
      kind(
          0x59,
          "device-error",
          KMD,
          (at, in) -> new HealthEvent.DeviceError(at, in.text(), in.integer(), in.integer()),
          text("process"),
          integer("processId"),
          hex("device"));
  public static final EventKind DMESG =
      kind(
          0x60,
          "dmesg",
          KMD,
          (at, in) -> new HealthEvent.Dmesg(at, in.integer(), in.text()),
          integer("level"),
          text("line"));
  public static final EventKind UEVENT =
      kind(0x61, "uevent", KMD, (at, in) -> new HealthEvent.Uevent(at, in.text()), text("text"));
  public static final EventKind GT_AWAKE =
      kind(
          0x62, "gt-awake", KMD, (at, in) -> new HealthEvent.GtAwake(at, in.bool()), bool("awake"));

  // The recorder's own
  public static final EventKind STATE_HASH =
      kind(
          0xf0,
          "state-hash",
          GPU,
          (at, in) -> new StateHash(at, in.integer(), in.integer(), in.integer()),
          hex("registers"),
          hex("memory"),
          hex("engines"));

  // Calls: their fields stand in the schema's list of calls

  public static final EventKind CALL_ENTER =
      call(0x10, "call-enter", APP, CallRole.ENTER, Door.APP);
  public static final EventKind CALL_LEAVE = call(0x11, "call-leave", OS, CallRole.LEAVE, Door.APP);
  public static final EventKind DDI_ENTER = call(0x20, "ddi-enter", OS, CallRole.ENTER, Door.DDI);
  public static final EventKind DDI_LEAVE = call(0x21, "ddi-leave", KMD, CallRole.LEAVE, Door.DDI);
  public static final EventKind CALLBACK_ENTER =
      call(0x22, "callback-enter", KMD, CallRole.ENTER, Door.CALLBACK);
  public static final EventKind CALLBACK_LEAVE =
      call(0x23, "callback-leave", OS, CallRole.LEAVE, Door.CALLBACK);

  private EventKinds() {}

  /** The schema of all kinds and the given calls. */
  public static Schema schema(List<CallType> calls) {
    return new Schema(List.copyOf(KINDS.values()), calls);
  }

  /** The kind of that name, if this version of Systole knows it. */
  public static Optional<EventKind> named(String name) {
    return Optional.ofNullable(KINDS.get(name));
  }

  /** What makes the records of the kind of that name; empty for unknown kinds and for calls. */
  public static Optional<Maker> maker(String name) {
    return Optional.ofNullable(MAKERS.get(name));
  }

  private static EventKind kind(int id, String name, Author author, Maker maker, Field... fields) {
    EventKind kind = EventKind.of(id, name, author, fields);
    KINDS.put(name, kind);
    MAKERS.put(name, maker);
    return kind;
  }

  private static EventKind call(int id, String name, Author author, CallRole role, Door door) {
    EventKind kind = EventKind.ofCall(id, name, author, role, door);
    KINDS.put(name, kind);
    return kind;
  }
}
