package dev.systole.trace;

import dev.systole.trace.coding.Layout;
import dev.systole.trace.coding.Layout.Node;
import dev.systole.trace.event.FieldReader;
import dev.systole.trace.schema.FieldType;
import java.util.List;

/** Appends an event that was read, field by field. */
final class Copying {
  private Copying() {}

  static void copy(EventCursor event, EventSink sink) {
    int lane = sink.lane(event.lane());
    long time = event.timeNanos();
    FieldSink out =
        switch (event.kind().role()) {
          case NONE -> sink.begin(event.kind(), lane, time);
          case ENTER -> sink.enter(event.call().orElseThrow(), lane, time);
          case LEAVE -> sink.leave(event.call().orElseThrow(), lane, time);
        };
    copy(new Layout(event.fieldsOfFile()).nodes(), event.fields(), out);
    out.end();
  }

  private static void copy(List<Node> nodes, FieldReader in, FieldSink out) {
    for (Node node : nodes)
      switch (node.type()) {
        case FieldType.Int _, FieldType.Hex _, FieldType.Enumeration _ -> out.integer(in.integer());
        case FieldType.Bool _ -> out.bool(in.bool());
        case FieldType.Text _ -> out.text(in.text());
        case FieldType.Bytes _ -> out.bytes(in.bytes());
        case FieldType.Struct _ -> copy(node.children(), in, out);
        case FieldType.Maybe _ -> {
          boolean present = in.present();
          out.present(present);
          if (present) copy(node.children(), in, out);
        }
        case FieldType.OneOf _ -> {
          int place = in.alternative();
          out.alternative(place);
          copy(List.of(node.children().get(place)), in, out);
        }
        case FieldType.ListOf _ -> {
          int size = in.listSize();
          out.listSize(size);
          for (int i = 0; i < size; i++) copy(node.children(), in, out);
        }
      }
  }
}
