"""Prints every event of a Systole trace as a line of JSON.

Written from docs/trace-format.md alone, with nothing but Python's own library: the proof that the
document is enough to write a reader.

usage: read_trace.py FILE
"""

import hashlib
import struct
import sys

MASK = (1 << 64) - 1


def signed(value):
    """The 64 lowest bits as a signed number."""
    value &= MASK
    return value - (1 << 64) if value >> 63 else value


# --- checksum, LZ4, CBOR -------------------------------------------------------------------------


def crc_table():
    table = []
    for byte in range(256):
        for _ in range(8):
            byte = byte >> 1 ^ (0x82F63B78 if byte & 1 else 0)
        table.append(byte)
    return table


CRC_TABLE = crc_table()


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc = CRC_TABLE[(crc ^ byte) & 0xFF] ^ crc >> 8
    return crc ^ 0xFFFFFFFF


def lz4_block(data, raw_length):
    out = bytearray()
    at = 0

    def length(nibble):
        nonlocal at
        total = nibble
        while nibble == 15:
            total += data[at]
            at += 1
            if data[at - 1] != 255:
                break
        return total

    while at < len(data):
        token = data[at]
        at += 1
        literals = length(token >> 4)
        out += data[at : at + literals]
        at += literals
        if at == len(data):
            break
        distance = data[at] | data[at + 1] << 8
        at += 2
        match = length(token & 15) + 4
        for _ in range(match):
            out.append(out[-distance])
    assert len(out) == raw_length, "an LZ4 block of another length"
    return bytes(out)


def cbor(data):
    value, end = cbor_value(data, 0)
    assert end == len(data), "something follows the CBOR value"
    return value


def cbor_value(data, at):
    major, argument = data[at] >> 5, data[at] & 31
    at += 1
    if argument >= 24:
        size = 1 << argument - 24
        argument = int.from_bytes(data[at : at + size], "big")
        at += size
    if major == 0:
        return argument, at
    if major == 1:
        return -1 - argument, at
    if major == 2:
        return data[at : at + argument], at + argument
    if major == 3:
        return data[at : at + argument].decode(), at + argument
    if major == 4:
        values = []
        for _ in range(argument):
            value, at = cbor_value(data, at)
            values.append(value)
        return values, at
    if major == 5:
        entries = {}
        for _ in range(argument):
            key, at = cbor_value(data, at)
            entries[key], at = cbor_value(data, at)
        return entries, at
    raise ValueError(f"CBOR of major type {major}")


# --- the file ------------------------------------------------------------------------------------


def header(data):
    """The header's map and the place behind it."""
    magic, major, minor, length = struct.unpack_from("<8sHHI", data)
    assert magic == b"\x89SYS\r\n\x1a\n", "no Systole trace"
    assert major == 1, f"format {major}.{minor}"
    end = 16 + length
    assert struct.unpack_from("<I", data, end)[0] == crc32c(data[:end]), "header damaged"
    return cbor(data[16:end]), end + 4


def chunks(data, at):
    """Kind, number of the first event and payload of every chunk."""
    while data[at : at + 4] == b"SYCH":
        head = struct.unpack_from("<4sBBHQIIqqIII", data, at)
        _, kind, codec, _, first, _, raw_length, _, _, stored_length, checksum, head_checksum = head
        assert head_checksum == crc32c(data[at : at + 48]), f"chunk header damaged at {at}"
        stored = data[at + 52 : at + 52 + stored_length]
        assert checksum == crc32c(stored), f"chunk damaged at {at}"
        yield kind, first, lz4_block(stored, raw_length) if codec == 1 else stored
        at += 52 + stored_length
    assert data[at + 24 :] == b"\x89END\r\n\x1a\n", "no footer"


# --- columns -------------------------------------------------------------------------------------


class Integers:
    """A column of integers; context is another column, itself, or None."""

    def __init__(self, data, context=None):
        self.data, self.at = data, 0
        self.context = context
        self.table = {}
        self.last = 0

    def next(self, given=None):
        if given is None:
            given = self.context.last if self.context else None
        slot = None
        if given is not None:
            given &= MASK
            slot = (given * 0x9E3779B97F4A7C15 & MASK) >> 54
            known, expected = self.table.get(slot, (0, 0))
        if slot is None or known != given:
            expected = self.last
        zigzag = shift = 0
        while True:
            byte = self.data[self.at]
            self.at += 1
            zigzag |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                break
        difference = zigzag >> 1 ^ -(zigzag & 1)
        self.last = signed(expected + difference)
        self.table[slot] = given, self.last
        return self.last


class Bytes:
    def __init__(self, data):
        self.data, self.at = data, 0

    def next(self, length):
        self.at += length
        return self.data[self.at - length : self.at]


class Fields:
    """Takes the values of a list of fields out of their columns, as JSON text."""

    def __init__(self, fields, columns, chunk):
        self.chunk = chunk
        self.rest = iter(columns)
        self.fields = self.siblings(fields)

    def siblings(self, fields):
        """Pairs of a field's name and a function that takes its next value."""
        by_name = {}
        taken = []
        for name, kind, *context in fields:
            taken.append((name, self.value(name, kind, context[0] if context else None, by_name)))
        return taken

    def value(self, name, kind, context=None, by_name=None):
        tag, *rest = [kind] if isinstance(kind, str) else kind
        if tag == "struct":
            return lambda fields=self.siblings(rest): as_object(fields)
        column = Integers(next(self.rest))
        if by_name is not None:
            by_name[name] = column
        if context:
            column.context = by_name[context]
        if tag == "one-of":
            alternatives = self.siblings(rest)
            return lambda: as_object([alternatives[column.next()]])
        if tag == "int":
            return lambda: str(column.next())
        if tag == "hex":
            return lambda: f'"0x{column.next() & MASK:x}"'
        if tag == "bool":
            return lambda: "true" if column.next() else "false"
        if tag == "text":
            return lambda: quoted(self.chunk["texts"][column.next()])
        if tag == "enum":
            return lambda: enumerated(rest, column.next())
        if tag == "bytes":
            raw = Bytes(next(self.rest))
            return lambda: self.bytes(column.next(), raw)
        inner = self.value(name, rest[0])
        if tag == "list":
            return lambda: "[" + ",".join(inner() for _ in range(column.next())) + "]"
        if tag == "optional":
            return lambda: inner() if column.next() else "null"
        raise ValueError(f"type {tag}")

    def bytes(self, length, raw):
        if length >= 0:
            return f'"{raw.next(length).hex()}"'
        sha256, length = self.chunk["blobs"][-1 - length]
        return f'{{"sha256":"{sha256.hex()}","bytes":{length}}}'


def as_object(fields):
    return "{" + ",".join(f"{quoted(name)}:{take()}" for name, take in fields) + "}"


def enumerated(names, place):
    return quoted(names[place]) if 0 <= place < len(names) else str(place)


def quoted(text):
    out = []
    for character in text:
        if character in '"\\':
            out.append("\\" + character)
        elif character < " " or character == "\x7f":
            out.append(f"\\u{ord(character):04x}")
        else:
            out.append(character)
    return '"' + "".join(out) + '"'


# --- events --------------------------------------------------------------------------------------


def lane_text(lane):
    machine, function, virtual_machine, process, process_id, thread = lane
    parts = [part for part in (machine, function, virtual_machine) if part]
    if process:
        parts.append(f"{process}[{process_id}]")
    return "/".join(parts + [thread])


def events(schema, first, chunk):
    """The lines of a chunk's events."""
    kinds = {kind["id"]: kind for kind in schema["kinds"]}
    calls = {call["id"]: call for call in schema["calls"]}
    fields = {
        kind: Integers(columns[0])
        if "role" in kinds[kind]
        else Fields(kinds[kind]["fields"], columns, chunk)
        for kind, columns in chunk["fields"].items()
    }
    of_call = {
        role: {
            call: Fields(calls[call][direction], columns, chunk)
            for call, columns in chunk[role].items()
        }
        for role, direction in (("enter", "in"), ("leave", "out"))
    }
    lanes, times = Integers(chunk["lane"]), Integers(chunk["time"])
    time = before = 0
    for number, kind in enumerate(chunk["kind"], first):
        time += times.next(before << 8 | kind)
        before = kind
        lane = lane_text(chunk["lanes"][lanes.next()])
        line = f'{{"number":{number},"time":{time},"lane":{quoted(lane)}'
        line += f',"kind":{quoted(kinds[kind]["name"])}'
        if "role" in kinds[kind]:
            call_column = fields[kind]
            call_column.context = call_column
            call = call_column.next()
            line += f',"call":{quoted(calls[call]["name"])}'
            values = of_call[kinds[kind]["role"]][call].fields
        else:
            values = fields[kind].fields
        yield line + f',"fields":{as_object(values)}}}'


def main(path):
    with open(path, "rb") as file:
        data = file.read()
    head, at = header(data)
    blobs = set()
    named = set()
    for kind, first, payload in chunks(data, at):
        if kind == 1:
            chunk = cbor(payload)
            named.update(sha256 for sha256, _ in chunk["blobs"])
            for line in events(head["schema"], first, chunk):
                print(line)
        elif kind == 2:
            blobs.add(hashlib.sha256(payload).digest())
        elif kind == 3:
            assert payload == data[:at], "the header's copy differs"
    assert named == blobs, "blobs are missing, or nobody names them"


sys.stdout.reconfigure(encoding="utf-8", newline="\n")
main(sys.argv[1])
