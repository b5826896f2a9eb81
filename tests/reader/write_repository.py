"""A small writer of repository format 1, from docs/repository-format.md: it makes what the tests of the reader read.

It writes a repository at once and in one thread, and it lays out every object by itself; only primitives that have test
vectors of their own (HKDF, the nonce of a counter, SHA-256) are the reader's.
"""

from __future__ import annotations

import base64
import ctypes
import dataclasses
import hashlib
import hmac
import json
import os
import pathlib
import struct
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

import read_repository as reader

COLUMNS = [{"name": name, "type": kind, "encoding": ""} for name, kind in
           (("id", "INTEGER"), ("price", "REAL"), ("name", "TEXT"), ("picture", "BLOB"))]
TIME = "2026-11-23T10:15:00.000Z"


def seal(key: bytes, counter: int, plain: bytes, aad: bytes) -> bytes:
    """GCM of the specification."""
    return AESGCM(key).encrypt(reader.counter_nonce(counter), plain, aad)


def sign(private: ec.EllipticCurvePrivateKey, message: bytes) -> bytes:
    """r || s."""
    r, s = decode_dss_signature(private.sign(message, ec.ECDSA(hashes.SHA256())))
    return r.to_bytes(32, "big") + min(s, reader.P256_ORDER - s).to_bytes(32, "big")


def scalar(private: ec.EllipticCurvePrivateKey) -> bytes:
    """A private key's 32 bytes."""
    return private.private_numbers().private_value.to_bytes(32, "big")


def new_key() -> ec.EllipticCurvePrivateKey:
    """A new key pair."""
    return ec.generate_private_key(ec.SECP256R1())


def b64(data: bytes) -> str:
    """Base64 with padding."""
    return base64.b64encode(data).decode()


def to_json(value: Any) -> bytes:
    """JSON in UTF-8."""
    return json.dumps(value, ensure_ascii=False).encode()


def compress(data: bytes) -> bytes:
    """One zstd frame."""
    library = reader.zstd_library()
    buffer = ctypes.create_string_buffer(library.ZSTD_compressBound(len(data)))
    length = library.ZSTD_compress(buffer, len(buffer), data, len(data), 3)
    return buffer.raw[:length]


def pack_payload(plain: bytes, codec: int) -> bytes:
    """A packed payload."""
    return struct.pack("<BI", codec, len(plain)) + (compress(plain) if codec else plain)


def leb128(value: int) -> bytes:
    """Unsigned LEB128."""
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes(out) + bytes([value])


def encode_value(value: Any) -> bytes:
    """A value in SQLite's row encoding 1."""
    if value is None:
        return b"\0"
    if isinstance(value, int):
        return b"\1" + leb128(value * 2 if value >= 0 else -value * 2 - 1)
    if isinstance(value, float):
        return b"\2" + struct.pack("<d", value)
    data = value.encode() if isinstance(value, str) else value
    return (b"\3" if isinstance(value, str) else b"\4") + leb128(len(data)) + data


def encode_row(values: tuple[Any, ...]) -> bytes:
    """A row with its length."""
    data = b"".join(map(encode_value, values))
    return leb128(len(data)) + data


def key_file_line(secret: bytes) -> str:
    """The line of a key file."""
    text = base64.urlsafe_b64encode(secret).decode().rstrip("=")
    return f"DATARESILIENCE-KEY-1 {text} {hashlib.sha256(secret).hexdigest()[:8]}\n"


@dataclasses.dataclass
class Slot:
    """A slot to write: a passphrase (text) or the secret of a key file (bytes)."""

    secret: str | bytes
    roles: tuple[str, ...] = ("Writer", "Reader", "Admin")
    id: bytes = dataclasses.field(default_factory=lambda: os.urandom(16))
    encryption: Any = dataclasses.field(default_factory=new_key)
    signing: Any = dataclasses.field(default_factory=new_key)


class RepositoryWriter:
    """Writes a repository; the first slot does all the signing."""

    def __init__(self, root: pathlib.Path, slots: list[Slot]) -> None:
        self.root, self.slots, self.signer = root, slots, slots[0]
        self.id, self.salt, self.catalog, self.dedup = os.urandom(16), os.urandom(32), os.urandom(32), os.urandom(32)
        self.admin, self.content = new_key(), new_key()
        self.counts: dict[str, int] = {}
        self.packs: list[tuple[Any, ...]] = []
        self.put("repository.json", to_json({"kind": "DataResilience repository", "format": 1, "id": self.id.hex(), "kdf": {
            "name": "PBKDF2-SHA-512", "iterations": 600_000, "salt": self.salt.hex()}}), copy=False)
        for slot in slots:
            self.put(f"keys/{slot.id.hex()}", self.slot_object(slot))
        self.keyring: bytes | None = None
        self.write_keyring(slots, [])

    def put(self, name: str, data: bytes, copy: bool = True) -> None:
        """Stores an object, and its copy."""
        for path in ((name, "copies/" + name) if copy else (name,)):
            (self.root / path).parent.mkdir(parents=True, exist_ok=True)
            (self.root / path).write_bytes(data)

    def header(self, kind: int) -> bytes:
        """The common header."""
        return struct.pack("<4s4BII16s", b"DRES", kind, 1, 1, 1, 0, 0, self.id)

    def box(self, to: ec.EllipticCurvePrivateKey, secret: bytes, purpose: str, generation: int, bound: bytes) -> bytes:
        """A box of section 4.1."""
        ephemeral = new_key()
        point, recipient = reader.public_bytes(ephemeral), reader.public_bytes(to)
        aad = purpose.encode() + b"\0" + self.id + struct.pack("<I", generation) + bound
        key = reader.hkdf(ephemeral.exchange(ec.ECDH(), to.public_key()), point + recipient, b"DataResilience/1 box\0" + aad)
        return point + AESGCM(key).encrypt(bytes(12), secret, aad)

    def slot_object(self, slot: Slot) -> bytes:
        """Section 4.2."""
        if isinstance(slot.secret, str):
            salt, iterations = self.salt, 600_000
            stretched = hashlib.pbkdf2_hmac("sha512", slot.secret.encode(), salt, iterations, 32)
            key = reader.hkdf(stretched, slot.id, b"DataResilience/1 slot")
        else:
            salt, iterations = os.urandom(32), 0
            key = reader.hkdf(slot.secret, salt + slot.id, b"DataResilience/1 slot")
        front = self.header(1) + struct.pack("<16sB3xI32sI", slot.id, 1 if iterations else 2, iterations, salt, 80)
        return front + seal(key, 0, scalar(slot.encryption) + scalar(slot.signing), front)

    def slot_entry(self, slot: Slot) -> dict[str, Any]:
        """A slot in the keyring."""
        def box(purpose: str, secret: bytes, generation: int = 1) -> str:
            return b64(self.box(slot.encryption, secret, purpose, generation, slot.id))

        entry: dict[str, Any] = {
            "id": slot.id.hex(), "roles": list(slot.roles), "created": TIME,
            "protection": "Passphrase" if isinstance(slot.secret, str) else "KeyFile",
            "file": reader.sha256((self.root / f"keys/{slot.id.hex()}").read_bytes()), "deduplication": {}, "content": {},
            "encryptionKey": b64(reader.public_bytes(slot.encryption)),
            "signingKey": b64(reader.public_bytes(slot.signing)), "catalog": {"1": box("catalog", self.catalog)}}
        if {"Writer", "Reader"} & set(slot.roles):
            entry["deduplication"] = {"1": box("deduplication", self.dedup)}
        if "Reader" in slot.roles:
            entry["content"] = {"1": box("content", scalar(self.content))}
        if "Admin" in slot.roles:
            entry["admin"] = box("admin", scalar(self.admin), 0)
        return entry

    def write_keyring(self, slots: list[Slot], removed: list[dict[str, Any]]) -> None:
        """The next keyring."""
        number = struct.unpack_from("<I", self.keyring, 32)[0] + 1 if self.keyring else 1
        salt = os.urandom(32)
        names = seal(reader.hkdf(self.catalog, salt, b"DataResilience/1 names"), 0,
                     to_json({slot.id.hex(): f"slot {at}" for at, slot in enumerate(slots)}), self.id)
        payload = to_json({
            "number": number, "previous": reader.sha256(self.keyring[:-64]) if self.keyring else "", "created": TIME,
            "repositoryFile": reader.sha256((self.root / "repository.json").read_bytes()),
            "kdf": {"name": "PBKDF2-SHA-512", "iterations": 600_000, "salt": self.salt.hex()}, "retiredAdminKeys": [],
            "adminPublicKey": b64(reader.public_bytes(self.admin)), "generation": 1,
            "contentPublicKeys": {"1": b64(reader.public_bytes(self.content))},
            "slots": [self.slot_entry(slot) for slot in slots], "removedSlots": removed,
            "names": b64(struct.pack("<I", 1) + salt + names)})
        front = self.header(2) + struct.pack("<II", number, len(payload)) + payload
        self.keyring = front + sign(self.admin, b"DataResilience/1 keyring\0" + front)
        self.put(f"keyring/{number:08d}", self.keyring)

    def record(self, kind: int, name: str, payload: Any, copy: bool = False) -> str:
        """A record of section 5; gives its SHA-256."""
        front = self.header(kind) + struct.pack("<I", 1) + os.urandom(32)
        packed = pack_payload(to_json(payload), 1)
        front += struct.pack("<I", len(packed) + 16)
        key = reader.hkdf(self.catalog, front[36:68], b"DataResilience/1 record\0" + name.encode())
        data = front + seal(key, 0, packed, front + name.encode()) + (bytes(16) if kind == 6 else self.signer.id)
        private = self.admin if kind == 6 else self.signer.signing
        data += sign(private, b"DataResilience/1 signature\0" + name.encode() + b"\0" + data)
        self.put(name, data, copy)
        return reader.sha256(data)

    def trailer(self, label: bytes, object_id: bytes, offset: int, length: int, hashed: bytes) -> bytes:
        """The last 128 bytes of a pack or index."""
        data = struct.pack("<QII", offset, length, 0) + hashlib.sha256(hashed).digest() + self.signer.id
        return data + sign(self.signer.signing, label + b"\0" + object_id + data)

    def chunk_id(self, kind: int, plain: bytes) -> bytes:
        """A chunk's id."""
        return hmac.digest(self.dedup, bytes([kind]) + plain, "sha512")[:32]

    def pack(self, pack_class: int, chunks: list[tuple[int, bytes]]) -> tuple[Any, ...]:
        """A pack of (kind, plain) chunks; gives what an index says about it and its table entries."""
        pack_id, key_id = os.urandom(16), os.urandom(16)
        prefix = self.header(3) + struct.pack("<16s16sBBH16sI", pack_id, self.signer.id, pack_class, 0, 1, key_id, 1)
        key = os.urandom(32)
        if pack_class == 1:
            prefix += self.box(self.content, key, "pack", 1, key_id)
        else:
            key = reader.hkdf(self.catalog, key_id, b"DataResilience/1 catalog pack")
        body, entries = b"", []
        for counter, (kind, plain) in enumerate(chunks):
            packed, chunk_id = compress(plain), self.chunk_id(kind, plain)
            codec, data = (1, packed) if len(packed) < len(plain) else (0, plain)
            aad = self.id + key_id + chunk_id + struct.pack("<BBII", kind, codec, len(plain), len(data) + 16)
            sealed = seal(key, counter, data, aad)
            entries.append((chunk_id, kind, codec, 0, counter, len(prefix) + len(body), len(sealed), len(plain),
                            hashlib.sha256(sealed).digest()))
            body += sealed
        packed = pack_payload(b"".join(struct.pack("<32sBBHQQII32s", *entry) for entry in entries), 0)
        front = struct.pack("<I", 1) + os.urandom(32)
        table_key = reader.hkdf(self.catalog, front[4:], b"DataResilience/1 chunk table")
        table = front + struct.pack("<I", len(packed) + 16) + seal(table_key, 0, packed, pack_id + front)
        trailer = self.trailer(b"DataResilience/1 pack", pack_id, len(prefix) + len(body), len(table), prefix + table)
        data = prefix + body + table + trailer
        self.put(f"packs/{pack_id.hex()[:2]}/{pack_id.hex()}", data, copy=False)
        self.packs.append((pack_id, len(data), pack_class, self.signer.id, trailer[16:48]))
        return self.packs[-1], entries

    def index(self, packs: list[tuple[Any, ...]], page: int = 512) -> None:
        """An index over packs."""
        rows = sorted((*entry[:5], number, *entry[5:]) for number, (_, entries) in enumerate(packs) for entry in entries)
        parts = [rows[at:at + page] for at in range(0, len(rows), page)]
        index_id, salt = os.urandom(16), os.urandom(32)
        front = self.header(4) + struct.pack("<16sI32sII", index_id, 1, salt, len(parts), len(rows))
        key = reader.hkdf(self.catalog, salt, b"DataResilience/1 index")
        body, places = b"", b""
        for number, part in enumerate(parts):
            sealed = seal(key, number + 1, b"".join(struct.pack("<32sBBHQIQII32s", *row) for row in part), front)
            places += struct.pack("<32sQI32s", part[0][0], 92 + len(body), len(sealed), hashlib.sha256(sealed).digest())
            body += sealed
        listed = b"".join(struct.pack("<16sQB16s32s", *pack) for pack, _ in packs)
        directory = seal(key, 0, struct.pack("<I", len(packs)) + listed + places, front)
        self.put(f"index/{index_id.hex()}", front + body + directory + self.trailer(
            b"DataResilience/1 index", index_id, 92 + len(body), len(directory), front + directory), copy=False)

    def digest(self, rows: list[bytes]) -> tuple[int, int]:
        """The sum of the rows' digests; zero where there is no libxxhash (the reader says then that it cannot check)."""
        seed = reader.hkdf(self.dedup, b"", b"DataResilience/1 row digest")[:8]
        if reader.xxhash_library() is None:
            return 0, 0
        return reader.add_lanes(reader.row_digest(row, int.from_bytes(seed, "little")) for row in rows)

    def cut(self, rows: list[bytes], size: int) -> list[tuple[bytes, list[bytes], bool]]:
        """Chunks of that many bytes, each with the rows that end in it and whether the last row goes on."""
        data, ends, at = b"".join(rows), [], 0
        for row in rows:
            at += len(row)
            ends.append(at)
        return [(data[start:start + size], [row for row, end in zip(rows, ends) if start < end <= start + size],
                 min(start + size, len(data)) not in ends) for start in range(0, len(data), size)]

    def backup(self, backup_id: str, rows: list[tuple[Any, ...]], seen: list[dict[str, str]], size: int = 200) -> str:
        """A backup of one table; gives the SHA-256 of its manifest."""
        encoded = [encode_row(row) for row in rows]
        chunks = self.cut(encoded, size)
        digests = [self.digest(ends) for _, ends, _ in chunks]
        total = "".join(f"{lane:016x}" for lane in reader.add_lanes(digests))
        description = to_json({
            "schema": "", "name": "orders", "columns": COLUMNS, "keyColumns": ["id"], "rowEncoding": 1, "options": {},
            "ranges": [{"from": None, "to": None, "chunks": len(chunks)}],
            "digest": {"rows": str(len(rows)), "low": total[:16], "high": total[16:]}})
        schema = to_json({"properties": {"encoding": "UTF-8"}, "includesRows": True, "objects": []})
        documents = [(2, schema), (3, description), (4, b"".join(struct.pack("<QQ", *pair) for pair in digests))]
        chunk_list = b"".join(struct.pack("<32sIII", self.chunk_id(1, data), len(ends), len(data), on)
                              for data, ends, on in chunks)
        packs = [self.pack(1, [(1, data) for data, _, _ in chunks] + [pair for pair in documents if pair[1]])]
        packs += [self.pack(2, [(5, chunk_list)])] if chunk_list else []
        self.index(packs)
        ids = {kind: [self.chunk_id(kind, plain).hex()] if plain else [] for kind, plain in (*documents, (5, chunk_list))}
        sequence = self.counts["backups"] = self.counts.get("backups", 0) + 1
        return self.record(5, f"backups/{backup_id}", {
            "backupId": backup_id, "type": "Full", "parent": None, "part": {"number": 1, "of": 1}, "engine": "Sqlite",
            "engineVersion": "3", "server": "host", "database": "shop", "start": TIME, "end": TIME, "tool": "test",
            "recoveryPosition": {}, "schema": ids[2], "tables": [{
                "schema": "", "name": "orders", "rows": str(len(rows)), "bytes": str(sum(map(len, encoded))),
                "chunks": str(len(chunks)), "lists": ids[5], "description": ids[3], "digests": ids[4]}],
            "totalSize": "0", "storedSize": "0", "newSize": "0", "packs": [pack[0].hex() for pack, _ in packs],
            "reason": "", "tags": [], "sequence": sequence, "seen": seen}, copy=True)
