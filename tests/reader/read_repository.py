#!/usr/bin/env python3
"""Reads a backup repository of format 1, written from docs/repository-format.md alone.

    read_repository.py DIRECTORY (--passphrase-file F | --key-file F) [--fingerprint F]
        [list | verify [--rows] | dump BACKUP-ID [--table NAME] | keys]

It shares no code with the product, so that whatever both agree on stands in the specification. It needs Python 3.11,
`cryptography`, libzstd.so.1 and, for row digests, libxxhash.so.0.

Exit codes: 0 all well, 1 what was asked for cannot be done, 2 wrong usage, 3 something is wrong with the repository.
Lines that begin with "finding" name what is wrong, lines that begin with "note" what was not looked at and why.
"""

from __future__ import annotations

import argparse
import base64
import binascii
import collections
import contextlib
import ctypes
import dataclasses
import functools
import hashlib
import hmac
import json
import math
import pathlib
import re
import signal
import struct
import sys
import unicodedata
from typing import Any, BinaryIO, Callable, Iterator, TypeVar

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

MAGIC = b"DRES"
SLOT, KEYRING, PACK, INDEX, MANIFEST, DELETION, VERIFICATION, LOCK = range(1, 9)
KIND_OF_FOLDER = {"keys": SLOT, "keyring": KEYRING, "packs": PACK, "index": INDEX, "backups": MANIFEST,
                  "deletions": DELETION, "verifications": VERIFICATION, "locks": LOCK}
COPIED = ("keyring", "keys", "backups")
ROWS, SCHEMA, DESCRIPTION, DIGESTS, LIST = range(1, 6)
CONTENT, CATALOG = 1, 2
MAX_CHUNK = 4 << 20
MAX_RECORD = 256 << 20
MAX_PACK, MAX_PACK_CHUNKS = 22_020_096, 4_096
ZERO_NONCE = bytes(12)
P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
MASK64 = (1 << 64) - 1

TIME = r"\d{8}T\d{6}Z"
BACKUP_ID = TIME + r"-[A-Za-z0-9]+-[a-z0-9-]{1,32}-[a-z0-9]{6}"
NAME = re.compile("|".join((
    r"keyring/\d{8}", r"keys/[0-9a-f]{32}", r"packs/([0-9a-f]{2})/\1[0-9a-f]{30}", r"index/[0-9a-f]{32}",
    f"backups/{BACKUP_ID}", f"deletions/{BACKUP_ID}", f"verifications/{BACKUP_ID}/{TIME}-[0-9a-f]{{6}}",
    rf"locks/{TIME}-[0-9a-f]{{6}}(?:\.[1-9]\d*|\.end)?")))

T = TypeVar("T")

# What Python raises where a field of an object is missing, of another type or out of range.
MALFORMED = (KeyError, TypeError, ValueError, IndexError, AttributeError, OverflowError, struct.error)


class Damage(Exception):
    """An object is not what the specification says it must be; the text tells a person what is wrong."""


class Impossible(Exception):
    """What was asked for cannot be done at all: a wrong key, a role that is missing, a backup that is not there."""


class Report:
    """Collects findings and notes, each once, because the same object is met on several ways."""

    def __init__(self) -> None:
        self.findings: dict[tuple[str, str], None] = {}
        self.notes: dict[str, None] = {}

    def add(self, name: str, text: str) -> None:
        """Adds a finding about the object `name`."""
        self.findings[(name, text)] = None

    def note(self, text: str) -> None:
        """Adds what a person must know and what is not wrong with the repository."""
        self.notes[text] = None

    @contextlib.contextmanager
    def guard(self, name: str) -> Iterator[None]:
        """Turns whatever a malformed object makes fail into a finding, so that the other objects are still looked at."""
        try:
            yield
        except Damage as error:
            self.add(name, str(error))
        except MALFORMED as error:
            self.add(name, f"malformed: {type(error).__name__}: {error}")

    def print(self, stream: Any) -> None:
        """Prints a line for each finding and each note."""
        for name, text in self.findings:
            print(f"finding {name}: {text}", file=stream)
        for text in self.notes:
            print(f"note {text}", file=stream)


# ---- primitives ------------------------------------------------------------------------------------------------------


def hkdf(key: bytes, salt: bytes, info: bytes) -> bytes:
    """HKDF-SHA-256 with 32 bytes of output; one block of the expansion is just that."""
    extracted = hmac.digest(salt or bytes(32), key, "sha256")
    return hmac.digest(extracted, info + b"\x01", "sha256")


def gcm_open(key: bytes, nonce: bytes, sealed: bytes, aad: bytes, what: str) -> bytes:
    """Opens AES-256-GCM or says what did not open."""
    try:
        return AESGCM(key).decrypt(nonce, sealed, aad)
    except (InvalidTag, ValueError) as error:
        raise Damage(f"{what} does not open with its key") from error


def counter_nonce(counter: int) -> bytes:
    """The nonce of a chunk or of an index page; big-endian, unlike every other number of the format."""
    return bytes(4) + counter.to_bytes(8, "big")


def private_key(scalar: bytes) -> ec.EllipticCurvePrivateKey:
    """A private key; the range is checked here because not every version of the library does."""
    value = int.from_bytes(scalar, "big")
    if len(scalar) != 32 or not 0 < value < P256_ORDER:
        raise Damage("a private key is not a scalar of P-256")
    return ec.derive_private_key(value, ec.SECP256R1())


def public_key(point: bytes) -> ec.EllipticCurvePublicKey:
    """A public key from its 65 bytes; a point that is not on the curve is refused."""
    if len(point) != 65 or point[0] != 4:
        raise Damage("a public key is not an uncompressed point of 65 bytes")
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except ValueError as error:
        raise Damage("a public key is not a point of P-256") from error


def public_bytes(key: ec.EllipticCurvePrivateKey) -> bytes:
    """The 65 bytes of the public half."""
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def signed_by(point: bytes, signature: bytes, message: bytes) -> bool:
    """Whether the 64-byte signature of the message is good, and the lower of the two that are."""
    if len(signature) != 64 or int.from_bytes(signature[32:], "big") > P256_ORDER // 2:
        return False
    encoded = encode_dss_signature(int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big"))
    try:
        public_key(point).verify(encoded, message, ec.ECDSA(hashes.SHA256()))
        return True
    except InvalidSignature:
        return False


def box_open(private: ec.EllipticCurvePrivateKey, box: bytes, purpose: str, repository: bytes, generation: int,
             bound: bytes) -> bytes:
    """Opens a box of section 4.1."""
    if len(box) != 113:
        raise Damage(f"the box of purpose {purpose} does not have 113 bytes")
    shared = private.exchange(ec.ECDH(), public_key(box[:65]))
    aad = purpose.encode() + b"\0" + repository + struct.pack("<I", generation) + bound
    key = hkdf(shared, box[:65] + public_bytes(private), b"DataResilience/1 box\0" + aad)
    return gcm_open(key, ZERO_NONCE, box[65:], aad, f"the box of purpose {purpose}, generation {generation}")


@functools.lru_cache(maxsize=None)
def zstd_library() -> ctypes.CDLL:
    """libzstd, with the types of the functions used here."""
    try:
        library = ctypes.CDLL("libzstd.so.1")
    except OSError as error:
        raise Impossible("libzstd.so.1 is not installed, and the repository is compressed with it") from error
    for name in ("ZSTD_decompress", "ZSTD_compress", "ZSTD_compressBound", "ZSTD_findFrameCompressedSize"):
        getattr(library, name).restype = ctypes.c_size_t
    library.ZSTD_decompress.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_char_p, ctypes.c_size_t]
    library.ZSTD_findFrameCompressedSize.argtypes = [ctypes.c_char_p, ctypes.c_size_t]
    library.ZSTD_compressBound.argtypes = [ctypes.c_size_t]
    library.ZSTD_compress.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_int]
    library.ZSTD_isError.argtypes = [ctypes.c_size_t]
    return library


class Xxh128(ctypes.Structure):
    """XXH128_hash_t."""

    _fields_ = [("low", ctypes.c_uint64), ("high", ctypes.c_uint64)]


@functools.lru_cache(maxsize=None)
def xxhash_library() -> ctypes.CDLL | None:
    """libxxhash, or None: row digests are then reported as not checked."""
    try:
        library = ctypes.CDLL("libxxhash.so.0")
        library.XXH3_128bits_withSeed.restype = Xxh128
    except (OSError, AttributeError):
        return None
    library.XXH3_128bits_withSeed.argtypes = [ctypes.c_char_p, ctypes.c_size_t, ctypes.c_uint64]
    return library


def decode(codec: int, data: bytes, length: int, limit: int) -> bytes:
    """Undoes a codec; the length is checked before anything is allocated."""
    if length > limit:
        raise Damage(f"a plain length of {length} bytes is above the limit of {limit}")
    if codec == 0:
        plain = data
    elif codec == 1:
        plain = zstd_decode(data, length)
    else:
        raise Damage(f"codec {codec} is not known")
    if len(plain) != length:
        raise Damage(f"{len(plain)} bytes where {length} were announced")
    return plain


def zstd_decode(data: bytes, length: int) -> bytes:
    """Exactly one zstd frame; bytes behind it would be a place to hide things in."""
    library = zstd_library()
    if data[:4] != b"\x28\xb5\x2f\xfd":
        raise Damage("the zstd data does not begin with a frame")
    frame = library.ZSTD_findFrameCompressedSize(data, len(data))
    if library.ZSTD_isError(frame) or frame != len(data):
        raise Damage("the zstd data is not exactly one frame")
    buffer = ctypes.create_string_buffer(max(length, 1))
    done = library.ZSTD_decompress(buffer, length, data, len(data))
    if library.ZSTD_isError(done):
        raise Damage("the zstd frame does not decompress")
    return buffer.raw[:done]


def unpack(payload: bytes) -> bytes:
    """The plain bytes of a packed payload: codec, plain length, data."""
    if len(payload) < 5:
        raise Damage("a packed payload is shorter than its five bytes of header")
    codec, length = struct.unpack_from("<BI", payload)
    return decode(codec, payload[5:], length, MAX_RECORD)


def sha256(data: bytes) -> str:
    """SHA-256 as the format writes it."""
    return hashlib.sha256(data).hexdigest()


def unbase64(text: str) -> bytes:
    """Base64 with padding, and nothing else in it."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError, TypeError) as error:
        raise Damage("a field is not base64") from error


def parse_json(data: bytes) -> dict[str, Any]:
    """One JSON object. A name that stands twice is refused: two readers might each believe another one."""

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        result = dict(pairs)
        if len(result) != len(pairs):
            raise Damage("a JSON object has the same name twice")
        return result

    try:
        value = json.loads(data.decode("utf-8"), object_pairs_hook=unique)
    except (ValueError, RecursionError) as error:
        raise Damage(f"not JSON: {error}") from error
    if not isinstance(value, dict):
        raise Damage("the JSON is not an object")
    return value


def field(value: dict[str, Any], name: str, kind: type[T]) -> T:
    """A field of a JSON object that must be there and of that type."""
    found = value.get(name)
    if not isinstance(found, kind) or isinstance(found, bool) is not (kind is bool):
        raise Damage(f"the field {name!r} is missing or no {kind.__name__}")
    return found


def number_field(value: dict[str, Any], name: str) -> int:
    """A 64-bit number: a decimal string."""
    text = field(value, name, str)
    if not re.fullmatch(r"0|[1-9]\d{0,19}", text, re.ASCII):
        raise Damage(f"the field {name!r} is no decimal string")
    return int(text)


def identifier(value: Any, size: int, what: str) -> bytes:
    """An id or a hash from its lowercase hexadecimal digits."""
    if not isinstance(value, str) or not re.fullmatch(rf"[0-9a-f]{{{2 * size}}}", value, re.ASCII):
        raise Damage(f"{what} is not {2 * size} lowercase hexadecimal digits")
    return bytes.fromhex(value)


# ---- objects ---------------------------------------------------------------------------------------------------------


class Store:
    """The files under a directory by their names in the store."""

    def __init__(self, root: pathlib.Path) -> None:
        self.root = root
        if not root.is_dir():
            raise Impossible(f"{root} is not a directory")
        self.names = sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())

    def under(self, folder: str) -> list[str]:
        """Names of the folder's objects; a name of which only the copy is left is among them."""
        prefixes = (folder + "/", "copies/" + folder + "/") if folder in COPIED else (folder + "/",)
        names = {name.removeprefix("copies/") for name in self.names if name.startswith(prefixes)}
        return sorted(name for name in names if NAME.fullmatch(name))

    def read(self, name: str) -> bytes | None:
        """An object's bytes, None when it is not there."""
        path = self.root / name
        return path.read_bytes() if path.is_file() else None

    def open(self, name: str) -> BinaryIO:
        """An object to read parts of."""
        return (self.root / name).open("rb")


def check_header(data: bytes, kind: int, repository: bytes | None) -> tuple[bytes, int]:
    """Checks the common header; gives the repository id and the write features."""
    if len(data) < 32:
        raise Damage("shorter than the common header")
    magic, found, version, encapsulation, cipher, needed, beside, owner = struct.unpack_from("<4s4BII16s", data)
    if magic != MAGIC:
        raise Damage("does not begin with DRES")
    if found != kind:
        raise Damage(f"is of kind {found} where {kind} belongs")
    if (version, encapsulation, cipher, needed) != (1, 1, 1, 0):
        raise Damage(f"not readable: version {version}, encapsulation {encapsulation}, cipher {cipher}, features {needed:#x}")
    if repository is not None and owner != repository:
        raise Damage("belongs to another repository")
    return owner, beside


@dataclasses.dataclass(frozen=True)
class Keyring:
    """A keyring whose place in the chain is not yet checked."""

    data: bytes
    number: int
    repository: bytes
    write_features: int
    payload: dict[str, Any]

    @property
    def admin(self) -> bytes:
        """The admin public key that signs the next keyring."""
        return unbase64(field(self.payload, "adminPublicKey", str))

    @property
    def sha256(self) -> str:
        """The hash by which the next keyring names it: without its signature."""
        return sha256(self.data[:-64])

    @property
    def admins(self) -> list[bytes]:
        """The admin keys of its chain, the newest first."""
        retired = field(self.payload, "retiredAdminKeys", list)
        return [self.admin, *(unbase64(field(key, "publicKey", str)) for key in retired)]

    def is_signed_by(self, admin: bytes) -> bool:
        """Whether the admin key signed it."""
        return signed_by(admin, self.data[-64:], b"DataResilience/1 keyring\0" + self.data[:-64])

    def slot_ids(self, *folders: str) -> set[str]:
        """The ids of its slots, or of its removed ones."""
        return {field(slot, "id", str) for folder in folders for slot in field(self.payload, folder, list)}

    def refuse_step(self, after: Keyring) -> None:
        """Refuses what may not follow this keyring although its admin key signed it."""
        old, new = self.payload, after.payload
        if after.repository != self.repository or new.get("previous") != self.sha256:
            raise Damage("does not name the keyring before it")
        if (old.get("kdf"), old.get("repositoryFile")) != (new.get("kdf"), new.get("repositoryFile")):
            raise Damage("changes what never changes")
        kept = field(old, "contentPublicKeys", dict).items() <= field(new, "contentPublicKeys", dict).items()
        if not kept or field(new, "generation", int) < field(old, "generation", int):
            raise Damage("goes back to an earlier generation or changes one")
        if not (self.slot_ids("removedSlots") <= after.slot_ids("removedSlots")
                and self.slot_ids("slots") <= after.slot_ids("slots", "removedSlots")):
            raise Damage("forgets a slot")
        if not set(self.admins) <= set(after.admins):
            raise Damage("forgets an admin key")


def parse_keyring(name: str, data: bytes) -> Keyring:
    """Section 4.3, without the chain."""
    repository, beside = check_header(data, KEYRING, None)
    number, length = struct.unpack_from("<II", data, 32)
    if length > 16 << 20 or len(data) != 104 + length:
        raise Damage("its length does not fit its payload")
    payload = parse_json(data[40:40 + length])
    if (number == 1) is not (field(payload, "previous", str) == ""):
        raise Damage("does not name the keyring before it")
    if name != f"keyring/{number:08d}" or field(payload, "number", int) != number:
        raise Damage("name, header and payload do not have the same number")
    return Keyring(data, number, repository, beside, payload)


@dataclasses.dataclass(frozen=True)
class Slot:
    """A slot object, still wrapped."""

    path: str
    id: bytes
    protection: int
    iterations: int
    salt: bytes
    aad: bytes
    sealed: bytes

    def unwrap(self, stretched: bytes | None, secret: bytes | None) -> tuple[bytes, bytes] | None:
        """Encryption and signing private key, or None when it is the wrong key."""
        if self.protection == 1 and stretched is not None:
            key = hkdf(stretched, self.id, b"DataResilience/1 slot")
        elif self.protection == 2 and secret is not None:
            key = hkdf(secret, self.salt + self.id, b"DataResilience/1 slot")
        else:
            return None
        try:
            plain = AESGCM(key).decrypt(ZERO_NONCE, self.sealed, self.aad)
        except InvalidTag:
            return None
        return plain[:32], plain[32:]


def parse_slot(path: str, data: bytes, repository: bytes) -> Slot:
    """Section 4.2, without opening it."""
    check_header(data, SLOT, repository)
    if len(data) != 172:
        raise Damage("a slot has 172 bytes")
    slot_id, protection, zero, iterations, salt, length = struct.unpack_from("<16sB3sI32sI", data, 32)
    if slot_id.hex() != path.rsplit("/", 1)[1]:
        raise Damage("the slot id is not that of the name")
    if zero != bytes(3) or length != 80 or protection not in (1, 2):
        raise Damage("a field of the slot has a value it cannot have")
    if not (600_000 <= iterations <= 10_000_000 if protection == 1 else iterations == 0):
        raise Damage(f"{iterations} iterations are out of bounds")
    return Slot(path, slot_id, protection, iterations, salt, data[:92], data[92:])


@dataclasses.dataclass(frozen=True)
class Credential:
    """What the person has: a passphrase or the secret of a key file."""

    passphrase: str | None = None
    secret: bytes | None = None

    def stretch(self, salt: bytes, iterations: int) -> bytes | None:
        """The one slow derivation that serves every passphrase slot."""
        if self.passphrase is None:
            return None
        text = unicodedata.normalize("NFC", self.passphrase).encode()
        return hashlib.pbkdf2_hmac("sha512", text, salt, iterations, 32)


def key_file_secret(text: str) -> bytes:
    """The secret of a key file's line; the eight digits tell a mistyped key from a wrong one."""
    match = re.fullmatch(r"DATARESILIENCE-KEY-1 ([A-Za-z0-9_-]{43}) ([0-9a-f]{8})\r?\n?", text, re.ASCII)
    if not match:
        raise Impossible("this is not a key file")
    secret = base64.urlsafe_b64decode(match[1] + "=")
    if sha256(secret)[:8] != match[2]:
        raise Impossible("the key file is damaged: its check digits do not fit")
    return secret


@dataclasses.dataclass
class Keys:
    """What one slot opens. A generation that is missing was not given to it."""

    slot: bytes
    roles: list[str]
    catalog: dict[int, bytes]
    deduplication: dict[int, bytes]
    content: dict[int, ec.EllipticCurvePrivateKey]

    def catalog_key(self, generation: int) -> bytes:
        """The catalog key of a generation."""
        if generation not in self.catalog:
            raise Damage(f"there is no catalog key of generation {generation} for this slot")
        return self.catalog[generation]

    def deduplication_secret(self, generation: int) -> bytes | None:
        """The secret of a generation; it goes on, so the nearest earlier one stands in where a generation has none."""
        known = [number for number in self.deduplication if number <= generation]
        return self.deduplication[max(known)] if known else None


@dataclasses.dataclass(frozen=True)
class Signer:
    """A key as far as its signatures matter; `counting` holds what of a removed one still counts."""

    roles: frozenset[str]
    key: bytes
    counting: frozenset[str] | None

    def counts(self, digest: str) -> bool:
        """Whether a record counts that it has signed."""
        return self.counting is None or digest in self.counting


@dataclasses.dataclass(frozen=True)
class Record:
    """An opened manifest, deletion, verification or lock."""

    name: str
    generation: int
    signer: bytes
    sha256: str
    payload: dict[str, Any]

    @property
    def backup_id(self) -> str:
        """The id in its name."""
        return self.name.split("/")[1]


@dataclasses.dataclass(frozen=True)
class ContentKey:
    """An entry of a pack's list of content keys; catalog packs have no box."""

    id: bytes
    generation: int
    box: bytes


@dataclasses.dataclass(frozen=True)
class Chunk:
    """An entry of a chunk table."""

    pack: Pack = dataclasses.field(repr=False, compare=False)
    id: bytes
    kind: int
    codec: int
    key: int
    counter: int
    offset: int
    sealed: int
    plain: int
    sha256: bytes


@dataclasses.dataclass
class Pack:
    """A pack whose signature and chunk table are checked."""

    name: str
    id: bytes
    writer: bytes
    pack_class: int
    keys: list[ContentKey]
    size: int
    sha256: bytes
    chunks: list[Chunk] = dataclasses.field(default_factory=list)


@dataclasses.dataclass(frozen=True)
class Trailer:
    """The last 128 bytes of a pack or an index."""

    offset: int
    length: int
    sha256: bytes
    signer: bytes
    signature: bytes
    signed: bytes


def read_at(stream: BinaryIO, offset: int, length: int) -> bytes:
    """Exactly that part of an object."""
    stream.seek(offset)
    data = stream.read(length)
    if len(data) != length:
        raise Damage("is cut off")
    return data


def object_size(stream: BinaryIO) -> int:
    """The length of an object."""
    return stream.seek(0, 2)


def read_trailer(stream: BinaryIO, size: int, first: int) -> Trailer:
    """The trailer; what it points to must end where it begins, so that no byte is outside of every hash."""
    if size < first + 128:
        raise Damage("is cut off")
    data = read_at(stream, size - 128, 128)
    offset, length, zero = struct.unpack_from("<QII", data)
    if zero or offset < first or offset + length != size - 128:
        raise Damage("the trailer does not fit the object's size")
    return Trailer(offset, length, data[16:48], data[48:64], data[64:], data[:64])


# ---- the repository --------------------------------------------------------------------------------------------------


class Repository:
    """A repository that was opened with the key of one slot."""

    def __init__(self, store: Store, credential: Credential, report: Report) -> None:
        self.store = store
        self.report = report
        self.file = self.read_repository_file()
        self.keyrings = self.read_chain()
        self.newest = self.keyrings[-1]
        self.id = self.newest.repository
        self.check_repository_file()
        self.signers = self.read_signers()
        self.other_slots = 0
        self.keys = self.unlock(credential)
        self.content_keys: dict[tuple[str, int], bytes] = {}

    # opening

    def read_repository_file(self) -> dict[str, Any] | None:
        """repository.json. It is trusted for nothing, so a repository without it still opens."""
        data = self.store.read("repository.json")
        if data is None:
            self.report.add("repository.json", "is missing")
            return None
        with self.report.guard("repository.json"):
            return parse_json(data)
        return None

    def check_repository_file(self) -> None:
        """Compares repository.json with what the keyring authenticates."""
        data = self.store.read("repository.json")
        if data is None or self.file is None:
            return
        with self.report.guard("repository.json"):
            if sha256(data) != field(self.newest.payload, "repositoryFile", str):
                raise Damage("its SHA-256 is not the one in the keyring")
            if self.file.get("kind") != "DataResilience repository" or self.file.get("format") != 1:
                raise Damage("is not of format 1")
            if self.file.get("id") != self.id.hex():
                raise Damage("has another repository id than the keyring")

    def load(self, name: str, parse: Callable[[bytes], T]) -> T | None:
        """Reads an object that is stored twice. A good one of the two suffices; everything else is a finding."""
        good: list[T] = []
        seen: list[bytes] = []
        for path in (name, "copies/" + name):
            data = self.store.read(path)
            if data is None:
                self.report.add(path, "is missing")
                continue
            seen.append(data)
            with self.report.guard(path):
                good.append(parse(data))
        if len(seen) == 2 and seen[0] != seen[1]:
            self.report.add("copies/" + name, "is not the same as its original")
        return good[0] if good else None

    def read_chain(self) -> list[Keyring]:
        """The keyrings from 1 on, each signed by the admin key of the one before."""
        names = self.store.under("keyring")
        chain = [self.read_first(self.candidates("keyring/00000001"))]
        while (name := f"keyring/{len(chain) + 1:08d}") in names:
            keyring = self.read_next(chain[-1], self.candidates(name))
            if keyring is None:
                break
            chain.append(keyring)
        for name in names:
            if int(name[-8:]) > len(chain):
                self.require_strangers(chain[-1], self.candidates(name))
        if chain[-1].write_features:
            self.report.note(f"a writer needs features {chain[-1].write_features:#x}")
        return chain

    def candidates(self, name: str) -> dict[str, Keyring | Damage | None]:
        """Both copies of a keyring: what each holds, or what is wrong with it, or None where it is missing."""
        found: dict[str, Keyring | Damage | None] = {}
        for path in (name, "copies/" + name):
            data = self.store.read(path)
            try:
                found[path] = None if data is None else parse_keyring(name, data)
            except Damage as error:
                found[path] = error
            except MALFORMED as error:
                found[path] = Damage(f"malformed: {type(error).__name__}: {error}")
        return found

    def read_first(self, candidates: dict[str, Keyring | Damage | None]) -> Keyring:
        """Keyring 1; of two, the one that goes with repository.json."""
        data = self.store.read("repository.json")
        good = [ring for ring in candidates.values() if isinstance(ring, Keyring) and ring.is_signed_by(ring.admin)]
        good.sort(key=lambda ring: data is None or ring.payload.get("repositoryFile") != sha256(data))
        if not good:
            raise Impossible(f"there is no keyring 1 that is whole: {self.describe(candidates)}")
        self.report_others(candidates, good[0])
        return good[0]

    def read_next(self, before: Keyring, candidates: dict[str, Keyring | Damage | None]) -> Keyring | None:
        """The keyring that follows; None if only strangers left one."""
        signed = [ring for ring in candidates.values() if isinstance(ring, Keyring) and ring.is_signed_by(before.admin)]
        for ring in signed:
            try:
                before.refuse_step(ring)
            except Damage as error:
                raise Impossible(f"keyring {ring.number} {error}") from error
            self.report_others(candidates, ring)
            return ring
        return None

    def report_others(self, candidates: dict[str, Keyring | Damage | None], believed: Keyring) -> None:
        """What is wrong with the other copy of a keyring that is believed."""
        for path, ring in candidates.items():
            if ring is None:
                self.report.add(path, "is missing")
            elif isinstance(ring, Damage):
                self.report.add(path, str(ring))
            elif ring.data != believed.data:
                self.report.add(path, "is not the same as the copy that belongs to the chain, or its signature is wrong")

    def require_strangers(self, newest: Keyring, candidates: dict[str, Keyring | Damage | None]) -> None:
        """Above the chain only whole keyrings of somebody else are passed over: anything else may have removed a slot."""
        for path, ring in candidates.items():
            if ring is None:
                continue
            whole = isinstance(ring, Keyring) and ring.is_signed_by(ring.admin)
            ours = whole and ring.repository == newest.repository and any(ring.is_signed_by(key) for key in newest.admins)
            if not whole or ours:
                reason = ring if isinstance(ring, Damage) else "it belongs to the chain, or its signature is wrong"
                raise Impossible(f"{path} is above the newest whole keyring and cannot be passed over: {reason}")
            self.report.add(path, "no admin key of this repository signed it; it does not count")

    @staticmethod
    def describe(candidates: dict[str, Keyring | Damage | None]) -> str:
        """Why no copy is believed."""
        reasons = {path: "missing" if ring is None else ring if isinstance(ring, Damage) else "wrong signature"
                   for path, ring in candidates.items()}
        return "; ".join(f"{path}: {reason}" for path, reason in reasons.items())

    def read_signers(self) -> dict[bytes, Signer]:
        """Every slot whose signatures count, by the newest keyring."""
        signers: dict[bytes, Signer] = {}
        payload = self.newest.payload
        for folder in ("removedSlots", "slots"):
            for slot in field(payload, folder, list):
                with self.report.guard(self.newest_name):
                    slot_id = identifier(slot["id"], 16, "a slot id")
                    if slot_id in signers or slot_id == bytes(16):
                        raise Damage(f"slot {slot_id.hex()} stands twice or is zero")
                    counting = frozenset(field(slot, "manifests", list)) if folder == "removedSlots" else None
                    signers[slot_id] = Signer(frozenset(field(slot, "roles", list)),
                                              unbase64(field(slot, "signingKey", str)), counting)
        return signers

    def admin_signers(self) -> list[Signer]:
        """The admin keys whose deletions count; of a retired one, those that the keyring lists."""
        retired = field(self.newest.payload, "retiredAdminKeys", list)
        return [Signer(frozenset(), self.newest.admin, None), *(
            Signer(frozenset(), unbase64(field(key, "publicKey", str)), frozenset(field(key, "deletions", list))) for key in retired)]

    @property
    def newest_name(self) -> str:
        """The name of the newest keyring."""
        return f"keyring/{self.newest.number:08d}"

    @property
    def fingerprint(self) -> str:
        """What a person compares."""
        digest = hashlib.sha256(b"DataResilience/1 fingerprint\0" + self.id + self.keyrings[0].admin).digest()
        return "SHA256:" + base64.b64encode(digest).decode().rstrip("=")

    def slots(self) -> list[Slot]:
        """The slots that the newest keyring lists; the copy that has the hash which it holds serves."""
        found: list[Slot] = []
        listed = field(self.newest.payload, "slots", list)
        for entry in listed:
            name, digest = f"keys/{field(entry, 'id', str)}", field(entry, "file", str)
            data = {path: self.store.read(path) for path in (name, "copies/" + name)}
            for path, content in data.items():
                if content is None:
                    self.report.add(path, "is missing")
                elif sha256(content) != digest:
                    self.report.add(path, "its SHA-256 is not the one in the keyring")
            whole = next((content for content in data.values() if content is not None and sha256(content) == digest), None)
            if whole is not None:
                with self.report.guard(name):
                    found.append(parse_slot(name, whole, self.id))
        for name in set(self.store.under("keys")) - {f"keys/{entry['id']}" for entry in listed}:
            self.report.note(f"{name} does not count: the newest keyring does not list it")
        return found

    def stretch(self, credential: Credential) -> bytes | None:
        """The one slow derivation, with the parameters that the keyring authenticates."""
        kdf = field(self.newest.payload, "kdf", dict)
        iterations = field(kdf, "iterations", int)
        if kdf.get("name") != "PBKDF2-SHA-512" or not 600_000 <= iterations <= 10_000_000:
            raise Impossible("the keyring's key derivation is refused")
        return credential.stretch(identifier(kdf.get("salt"), 32, "the salt"), iterations)

    def unlock(self, credential: Credential) -> Keys:
        """Finds the slot that the credential opens."""
        slots = self.slots()
        stretched = self.stretch(credential)
        for slot in slots:
            opened = slot.unwrap(stretched, credential.secret)
            keys = self.open_boxes(slot, *opened) if opened else None
            if keys:
                self.other_slots = len(slots) - 1
                return keys
        self.report.print(sys.stderr)
        raise Impossible("no slot of the newest keyring opens with this key")

    def open_boxes(self, slot: Slot, encryption: bytes, signing: bytes) -> Keys | None:
        """The repository keys that the newest keyring holds for an unwrapped slot."""
        entry = next((item for item in self.newest.payload["slots"] if item.get("id") == slot.id.hex()), None)
        if entry is None:
            return None
        private = private_key(encryption)
        if (public_bytes(private), public_bytes(private_key(signing))) != (
                unbase64(entry["encryptionKey"]), unbase64(entry["signingKey"])):
            self.report.add(slot.path, "its keys are not those that the keyring lists")
            return None
        if (entry.get("protection") == "Passphrase") != (slot.protection == 1):
            self.report.add(slot.path, "has another protection than the keyring says")
        keys = Keys(slot.id, field(entry, "roles", list), {}, {}, {})
        self.fill(keys, entry, private)
        return keys

    def fill(self, keys: Keys, entry: dict[str, Any], private: ec.EllipticCurvePrivateKey) -> None:
        """Opens each box by itself, so that one that is damaged takes no other key away."""
        wanted = {"catalog": True, "deduplication": bool({"Writer", "Reader"} & set(keys.roles)),
                  "content": "Reader" in keys.roles}
        for purpose, due in wanted.items():
            boxes = entry.get(purpose) or {}
            if bool(boxes) is not due:
                self.report.add(self.newest_name, f"slot {keys.slot.hex()}: boxes {purpose!r} do not fit the roles")
            for generation, box in boxes.items():
                with self.report.guard(self.newest_name):
                    secret = box_open(private, unbase64(box), purpose, self.id, int(generation), keys.slot)
                    if purpose == "content":
                        keys.content[int(generation)] = self.content_private(int(generation), secret)
                    else:
                        getattr(keys, purpose)[int(generation)] = secret
        if "Admin" in keys.roles:
            with self.report.guard(self.newest_name):
                self.check_admin(box_open(private, unbase64(entry["admin"]), "admin", self.id, 0, keys.slot))

    def content_private(self, generation: int, scalar: bytes) -> ec.EllipticCurvePrivateKey:
        """The private half of a content key, which must fit the public half in the keyring."""
        private = private_key(scalar)
        listed = field(self.newest.payload, "contentPublicKeys", dict).get(str(generation))
        if listed is None or unbase64(listed) != public_bytes(private):
            raise Damage(f"the content key of generation {generation} does not fit its public half")
        return private

    def check_admin(self, scalar: bytes) -> None:
        """The admin key is not used by a reader, but it must be the right one."""
        if public_bytes(private_key(scalar)) != self.newest.admin:
            raise Damage("the admin key does not fit its public half")

    def slot_names(self) -> dict[str, str]:
        """The names of the slots."""
        sealed = unbase64(field(self.newest.payload, "names", str))
        generation, salt = struct.unpack_from("<I32s", sealed)
        key = hkdf(self.keys.catalog_key(generation), salt, b"DataResilience/1 names")
        return parse_json(gcm_open(key, ZERO_NONCE, sealed[36:], self.id, "the names of the slots"))

    # signed objects

    def check_signature(self, signer: bytes, role: str | None, signature: bytes, message: bytes) -> Signer:
        """The signature of a slot."""
        known = self.signers.get(signer)
        if known is None:
            raise Damage(f"the keyring does not know its signer {signer.hex()}")
        if role is not None and role not in known.roles:
            raise Damage(f"its signer {signer.hex()} does not have the role {role}")
        if not signed_by(known.key, signature, message):
            raise Damage("the signature is wrong")
        return known

    def parse_record(self, name: str, data: bytes) -> Record:
        """Section 5."""
        kind = KIND_OF_FOLDER[name.split("/")[0]]
        check_header(data, kind, self.id)
        generation, salt, length = struct.unpack_from("<I32sI", data, 32)
        if length > 256 << 20 or len(data) != 152 + length:
            raise Damage("its length does not fit its payload")
        signer, signature, label = data[72 + length:88 + length], data[-64:], name.encode()
        message = b"DataResilience/1 signature\0" + label + b"\0" + data[:-64]
        if kind == DELETION:
            admins = [admin for admin in self.admin_signers() if signed_by(admin.key, signature, message)]
            if signer != bytes(16) or not admins:
                raise Damage("the signature is not one of the admin key")
            known = admins[0]
        else:
            known = self.check_signature(signer, "Writer" if kind == MANIFEST else None, signature, message)
        if kind != LOCK and not known.counts(sha256(data)):
            raise Damage("does not count: a removed slot or admin key signed it and the keyring does not list it")
        key = hkdf(self.keys.catalog_key(generation), salt, b"DataResilience/1 record\0" + label)
        plain = gcm_open(key, ZERO_NONCE, data[72:72 + length], data[:72] + label, "the payload")
        record = Record(name, generation, signer, sha256(data), parse_json(unpack(plain)))
        if kind in (MANIFEST, DELETION, VERIFICATION) and record.payload.get("backupId") != record.backup_id:
            raise Damage("the backup id in it is not that of its name")
        return record

    def records(self, folder: str) -> dict[str, Record]:
        """The good records of a folder, by name."""
        found: dict[str, Record] = {}
        for name in self.store.under(folder):
            parse = functools.partial(self.parse_record, name)
            if folder in COPIED:
                record = self.load(name, parse)
            else:
                record = None
                with self.report.guard(name):
                    record = parse(self.store.read(name) or b"")
            if record is not None:
                found[name] = record
        return found

    def manifests(self, deletions: dict[str, Record]) -> dict[str, Record]:
        """The manifests that count, by backup id; a deleted backup is not missed, wherever its objects have gone."""
        found: dict[str, Record] = {}
        for name in self.store.under("backups"):
            backup_id = name.split("/")[1]
            if backup_id in deletions:
                continue
            record = self.load(name, functools.partial(self.parse_record, name))
            if record is not None:
                found[backup_id] = record
        return found

    def deletions(self) -> dict[str, Record]:
        """The tombstones, by backup id."""
        return {record.backup_id: record for record in self.records("deletions").values()}

    # packs

    def parse_pack(self, name: str, stream: BinaryIO) -> Pack:
        """Section 6: everything of a pack but the sealed chunks."""
        size = object_size(stream)
        if size > MAX_PACK:
            raise Damage("is larger than a pack can be")
        first = read_at(stream, 0, 68)
        check_header(first, PACK, self.id)
        pack_id, writer, pack_class, zero, count = struct.unpack_from("<16s16sBBH", first, 32)
        if pack_id.hex() != name.rsplit("/", 1)[1]:
            raise Damage("the pack id is not that of the name")
        if pack_class not in (CONTENT, CATALOG) or zero or not count:
            raise Damage("a field of the pack has a value it cannot have")
        entry = 133 if pack_class == CONTENT else 20
        prefix = read_at(stream, 0, 68 + count * entry)
        trailer = read_trailer(stream, size, len(prefix))
        table = read_at(stream, trailer.offset, trailer.length)
        if hashlib.sha256(prefix + table).digest() != trailer.sha256:
            raise Damage("the SHA-256 in the trailer is wrong")
        self.check_signature(trailer.signer, "Writer", trailer.signature,
                             b"DataResilience/1 pack\0" + pack_id + trailer.signed)
        if trailer.signer != writer:
            raise Damage("its writer and its signer are not the same slot")
        keys = [ContentKey(part[:16], struct.unpack_from("<I", part, 16)[0], part[20:])
                for part in (prefix[at:at + entry] for at in range(68, len(prefix), entry))]
        if len({key.id for key in keys}) != count:
            raise Damage("a content key stands in it twice")
        pack = Pack(name, pack_id, writer, pack_class, keys, size, trailer.sha256)
        pack.chunks = self.parse_table(pack, table)
        self.check_tiling(pack, len(prefix), trailer.offset)
        return pack

    def parse_table(self, pack: Pack, table: bytes) -> list[Chunk]:
        """The chunk table."""
        if len(table) < 40:
            raise Damage("the chunk table is cut off")
        generation, salt, length = struct.unpack_from("<I32sI", table)
        if length != len(table) - 40:
            raise Damage("the chunk table's length does not fit")
        key = hkdf(self.keys.catalog_key(generation), salt, b"DataResilience/1 chunk table")
        plain = unpack(gcm_open(key, ZERO_NONCE, table[40:], pack.id + table[:36], "the chunk table"))
        if len(plain) % 92 or not 1 <= len(plain) // 92 <= MAX_PACK_CHUNKS:
            raise Damage("the chunk table is no multiple of 92 bytes, or has no chunk or too many")
        return [Chunk(pack, *values) for values in struct.iter_unpack("<32sBBHQQII32s", plain)]

    @staticmethod
    def check_tiling(pack: Pack, start: int, end: int) -> None:
        """The entries must cover the pack, each with values that fit together."""
        at, nonces = start, set()
        for chunk in pack.chunks:
            what = f"chunk {chunk.id.hex()}"
            if chunk.offset != at:
                raise Damage(f"{what} does not begin where the chunk before it ends")
            at += chunk.sealed
            if not 1 <= chunk.plain <= MAX_CHUNK or chunk.sealed < 17:
                raise Damage(f"{what} has a length it cannot have")
            if chunk.codec not in (0, 1) or (chunk.sealed >= chunk.plain + 16 if chunk.codec else chunk.sealed != chunk.plain + 16):
                raise Damage(f"{what} has a codec that does not fit")
            if not ROWS <= chunk.kind <= LIST or (chunk.kind == LIST) is not (pack.pack_class == CATALOG):
                raise Damage(f"{what} is of kind {chunk.kind}, which does not belong in a pack of class {pack.pack_class}")
            if chunk.key >= len(pack.keys) or (chunk.key, chunk.counter) in nonces:
                raise Damage(f"{what} has no content key or a nonce that stands twice")
            nonces.add((chunk.key, chunk.counter))
        if at != end:
            raise Damage("the chunks do not end where the chunk table begins")

    def packs(self) -> dict[bytes, Pack]:
        """The good packs by id."""
        found: dict[bytes, Pack] = {}
        for name in self.store.under("packs"):
            with self.report.guard(name), self.store.open(name) as stream:
                pack = self.parse_pack(name, stream)
                found[pack.id] = pack
        return found

    def content_key(self, pack: Pack, number: int) -> bytes | None:
        """The key of a pack's chunks, None when this slot's roles do not give it."""
        cached = self.content_keys.get((pack.name, number))
        if cached is not None:
            return cached
        entry = pack.keys[number]
        if pack.pack_class == CATALOG:
            catalog = self.keys.catalog_key(entry.generation)
            key = hkdf(catalog, entry.id, b"DataResilience/1 catalog pack")
        elif "Reader" not in self.keys.roles:
            return None
        elif entry.generation not in self.keys.content:
            raise Damage(f"there is no content key of generation {entry.generation} for this slot")
        else:
            private = self.keys.content[entry.generation]
            key = box_open(private, entry.box, "pack", self.id, entry.generation, entry.id)
        self.content_keys[(pack.name, number)] = key
        return key

    def open_chunk(self, chunk: Chunk, sealed: bytes) -> bytes | None:
        """The plain bytes of a chunk, None when this slot may not; the id is computed again where the secret is there."""
        if hashlib.sha256(sealed).digest() != chunk.sha256:
            raise Damage(f"chunk {chunk.id.hex()}: the SHA-256 of the sealed bytes is wrong")
        key = self.content_key(chunk.pack, chunk.key)
        if key is None:
            return None
        entry = chunk.pack.keys[chunk.key]
        aad = self.id + entry.id + chunk.id + struct.pack("<BBII", chunk.kind, chunk.codec, chunk.plain, chunk.sealed)
        data = gcm_open(key, counter_nonce(chunk.counter), sealed, aad, f"chunk {chunk.id.hex()}")
        plain = decode(chunk.codec, data, chunk.plain, MAX_CHUNK)
        secret = self.keys.deduplication_secret(entry.generation)
        if secret is not None:
            found = hmac.digest(secret, bytes([chunk.kind]) + plain, "sha512")[:32]
            if found != chunk.id:
                raise Damage(f"chunk {chunk.id.hex()}: its content has another id")
        return plain

    def read_chunk(self, chunk: Chunk) -> bytes | None:
        """A chunk from its pack."""
        with self.store.open(chunk.pack.name) as stream:
            return self.open_chunk(chunk, read_at(stream, chunk.offset, chunk.sealed))


class Catalog:
    """Finds chunks by their ids and reads the documents and tables of manifests."""

    def __init__(self, repository: Repository, packs: dict[bytes, Pack]) -> None:
        self.repository = repository
        self.places: dict[bytes, list[Chunk]] = collections.defaultdict(list)
        for pack in packs.values():
            for chunk in pack.chunks:
                self.places[chunk.id].append(chunk)

    def find(self, chunk_id: bytes, kind: int) -> Chunk:
        """A place of a chunk of that kind."""
        for chunk in self.places.get(chunk_id, ()):
            if chunk.kind == kind:
                return chunk
        raise Damage(f"chunk {chunk_id.hex()} of kind {kind} is in no pack")

    def read(self, chunk_id: bytes, kind: int) -> bytes | None:
        """A chunk from the first place where it is whole; None when this slot may not open it."""
        self.find(chunk_id, kind)
        problem: Damage | None = None
        for chunk in self.places[chunk_id]:
            if chunk.kind == kind:
                try:
                    return self.repository.read_chunk(chunk)
                except Damage as error:
                    self.repository.report.add(chunk.pack.name, str(error))
                    problem = error
        raise problem or Damage("no place")

    def document(self, ids: list[Any], kind: int) -> bytes | None:
        """A document that was cut into chunks."""
        parts = [self.read(identifier(text, 32, "a chunk id"), kind) for text in ids]
        return None if None in parts else b"".join(parts)


@dataclasses.dataclass(frozen=True)
class ListEntry:
    """An entry of a chunk list."""

    id: bytes
    rows: int
    plain: int
    flags: int


class Table:
    """A table of a manifest with what its documents say; each check is one of the specification's sentences."""

    def __init__(self, catalog: Catalog, manifest: Record, entry: dict[str, Any]) -> None:
        self.catalog = catalog
        self.repository = catalog.repository
        self.manifest = manifest
        self.entry = entry
        self.name = field(entry, "name", str)
        self.schema = entry.get("schema") or ""
        self.where = f"{manifest.name}, table {self.schema + '.' if self.schema else ''}{self.name}"
        self.rows, self.bytes, self.chunks = (number_field(entry, name) for name in ("rows", "bytes", "chunks"))
        self.list = self.read_list()
        self.description: dict[str, Any] | None = None
        self.digests: list[tuple[int, int]] | None = None

    def read_list(self) -> list[ListEntry]:
        """The chunk list; it agrees with the manifest's sums."""
        entries: list[ListEntry] = []
        for text in field(self.entry, "lists", list):
            plain = self.catalog.read(identifier(text, 32, "a chunk id"), LIST)
            if plain is None or len(plain) % 44 or len(plain) > 16_384 * 44:
                raise Damage("a chunk list is no multiple of 44 bytes or has too many entries")
            entries += [ListEntry(*values) for values in struct.iter_unpack("<32sIII", plain)]
        for entry in entries:
            if entry.flags & ~1:
                raise Damage(f"the chunk list has unknown flags {entry.flags:#x}")
        sums = (sum(e.rows for e in entries), sum(e.plain for e in entries), len(entries))
        if sums != (self.rows, self.bytes, self.chunks):
            raise Damage(f"the chunk list has {sums} rows, bytes and chunks, the manifest "
                         f"{(self.rows, self.bytes, self.chunks)}")
        if entries and entries[-1].flags & 1:
            raise Damage("the last chunk says that its last row goes on")
        return entries

    def resolve(self) -> None:
        """Every chunk of the table is somewhere, with the length that the list says."""
        for entry in self.list:
            chunk = self.catalog.find(entry.id, ROWS)
            if chunk.plain != entry.plain:
                raise Damage(f"chunk {entry.id.hex()} has another plain length than in the list")
        for name, kind in (("description", DESCRIPTION), ("digests", DIGESTS)):
            for text in field(self.entry, name, list):
                self.catalog.find(identifier(text, 32, "a chunk id"), kind)

    def read_details(self) -> bool:
        """Description and digests; False when this slot may not open them."""
        data = self.catalog.document(field(self.entry, "description", list), DESCRIPTION)
        digests = self.catalog.document(field(self.entry, "digests", list), DIGESTS)
        if data is None or digests is None:
            return False
        self.description = parse_json(data)
        if len(digests) != 16 * len(self.list):
            raise Damage("the digests do not have 16 bytes for each chunk")
        self.digests = list(struct.iter_unpack("<QQ", digests))
        self.check_details()
        return True

    def check_details(self) -> None:
        """The description agrees with the manifest and the digests."""
        digest = field(self.description, "digest", dict)
        if (self.description.get("schema") or "", field(self.description, "name", str)) != (self.schema, self.name):
            raise Damage("the description is that of another table")
        if number_field(digest, "rows") != self.rows:
            raise Damage("the description has another number of rows")
        expected = tuple(int.from_bytes(identifier(digest.get(lane), 8, "a digest"), "big") for lane in ("low", "high"))
        if add_lanes(self.digests) != expected:
            raise Damage("the digests of the chunks do not add up to the digest of the table")
        if sum(int(part["chunks"]) for part in field(self.description, "ranges", list)) != len(self.list):
            raise Damage("the ranges do not have as many chunks as the table")

    def read_rows(self) -> Iterator[bytes]:
        """Every row with its length before it; checks number, ends and digests of each chunk on the way."""
        seed = self.seed()
        splitter = RowSplitter()
        for number, entry in enumerate(self.list):
            plain = self.catalog.read(entry.id, ROWS)
            if plain is None:
                raise Impossible("the rows are not for this key: it has no Reader role")
            rows = splitter.feed(plain)
            if len(rows) != entry.rows or bool(splitter.buffer) is not bool(entry.flags & 1):
                raise Damage(f"chunk {number}: {len(rows)} rows end in it where the list says {entry.rows}, or its flag is wrong")
            if seed is not None and add_lanes(row_digest(row, seed) for row in rows) != self.digests[number]:
                raise Damage(f"chunk {number}: the digest of its rows is wrong")
            yield from rows

    @property
    def column_names(self) -> list[str]:
        """The columns of its rows; first the rowid, where no column of the table holds it."""
        rowid = field(self.description, "options", dict).get("rowid")
        names = [field(column, "name", str) for column in field(self.description, "columns", list)]
        return names if rowid is None else [rowid, *names]

    def seed(self) -> int | None:
        """The seed of row digests; None, and a note, where they cannot be checked."""
        if xxhash_library() is None:
            self.repository.report.note("not checked: row digests (libxxhash.so.0 is not installed)")
            return None
        secret = self.repository.keys.deduplication_secret(self.manifest.generation)
        if secret is None:
            self.repository.report.note("not checked: row digests (this key has no deduplication secret)")
            return None
        return int.from_bytes(hkdf(secret, b"", b"DataResilience/1 row digest")[:8], "little")

    def check_row_encoding(self) -> None:
        """Only the row encoding that this reader knows may be decoded."""
        engine, encoding = self.manifest.payload.get("engine"), self.description.get("rowEncoding")
        if engine != "Sqlite" or encoding != 1:
            raise Impossible(f"row encoding {encoding} of engine {engine} is not known to this reader")


# ---- rows ------------------------------------------------------------------------------------------------------------


def add_lanes(digests: Any) -> tuple[int, int]:
    """The sum of digests, each lane modulo 2^64."""
    low = high = 0
    for one, other in digests:
        low, high = low + one & MASK64, high + other & MASK64
    return low, high


def row_digest(row: bytes, seed: int) -> tuple[int, int]:
    """XXH3 with 128 bits; the length that begins the row belongs to it."""
    digest = xxhash_library().XXH3_128bits_withSeed(row, len(row), seed)
    return digest.low, digest.high


def leb128(data: bytes | bytearray, at: int) -> tuple[int, int] | None:
    """An unsigned LEB128 number and where it ends; None when the data ends before it does."""
    value = shift = 0
    while at < len(data):
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            if value > MASK64 or byte == 0 and shift:
                raise Damage("a number is not the shortest LEB128 of 64 bits")
            return value, at
        shift += 7
        if shift > 63:
            raise Damage("a number has more than 64 bits")
    return None


class RowSplitter:
    """Cuts chunks into rows. One buffer grows, so that a row over a thousand chunks is not copied a thousand times."""

    def __init__(self) -> None:
        self.buffer = bytearray()

    def feed(self, plain: bytes) -> list[bytes]:
        """The rows that end in the next chunk, each with its length before it; what goes on stays in the buffer."""
        self.buffer += plain
        rows, at = [], 0
        while at < len(self.buffer):
            length = leb128(self.buffer, at)
            if length is None or length[1] + length[0] > len(self.buffer):
                break
            rows.append(bytes(self.buffer[at:length[1] + length[0]]))
            at = length[1] + length[0]
        del self.buffer[:at]
        return rows


def whole_leb128(data: bytes, at: int) -> tuple[int, int]:
    """A number that must be there."""
    found = leb128(data, at)
    if found is None:
        raise Damage("a row ends within a number")
    return found


def decode_row(row: bytes, columns: int, encoding: str) -> list[Any]:
    """The values of a row of SQLite's row encoding 1, ready for JSON."""
    at = whole_leb128(row, 0)[1]
    values: list[Any] = []
    for _ in range(columns):
        value, at = decode_value(row, at, encoding)
        values.append(value)
    if at != len(row):
        raise Damage("a row has more bytes than its columns")
    return values


def decode_value(row: bytes, at: int, encoding: str) -> tuple[Any, int]:
    """One value and where it ends."""
    if at >= len(row):
        raise Damage("a row has fewer columns than its table")
    tag, at = row[at], at + 1
    if tag == 0:
        return None, at
    if tag == 1:
        number, at = whole_leb128(row, at)
        return (number >> 1) ^ -(number & 1), at
    if tag == 2:
        if at + 8 > len(row):
            raise Damage("a row ends within a number")
        return json_real(struct.unpack_from("<d", row, at)[0]), at + 8
    if tag in (3, 4):
        length, at = whole_leb128(row, at)
        if at + length > len(row):
            raise Damage("a row ends within a value")
        data = row[at:at + length]
        return (json_text(data, encoding) if tag == 3 else {"blob": base64.b64encode(data).decode()}), at + length
    raise Damage(f"a value has the unknown type {tag}")


def json_real(value: float) -> Any:
    """JSON knows neither infinity nor NaN."""
    return value if math.isfinite(value) else {"real": str(value)}


def json_text(data: bytes, encoding: str) -> Any:
    """SQLite keeps text that is not valid in its encoding; such text is shown as bytes."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return {"text": base64.b64encode(data).decode()}


# ---- commands --------------------------------------------------------------------------------------------------------


class Verifier:
    """Looks at every object of a repository."""

    def __init__(self, repository: Repository, rows: bool) -> None:
        self.repository = repository
        self.report = repository.report
        self.store = repository.store
        self.rows = rows
        self.counts: collections.Counter[str] = collections.Counter()
        self.locked_content = self.unnamed = 0

    def run(self) -> None:
        """Every check; a failed one does not keep the others from running."""
        self.check_names()
        with self.report.guard(self.repository.newest_name):
            self.repository.slot_names()
        packs = self.repository.packs()
        self.check_nonces(packs)
        for pack in packs.values():
            self.check_chunks(pack)
        self.check_indexes(packs)
        deletions = self.repository.deletions()
        manifests = self.repository.manifests(deletions)
        self.check_manifests(Catalog(self.repository, packs), packs, manifests)
        self.check_seen(manifests, deletions)
        self.check_deleted(deletions)
        self.check_verifications(manifests, packs)
        self.check_locks()
        self.say_what_was_not_done()
        self.counts.update(packs=len(packs), backups=len(manifests), deletions=len(deletions))

    def check_names(self) -> None:
        """A name that the format does not have, in a folder that it has, is a finding; elsewhere it is a note."""
        for name in self.store.names:
            bare = name.removeprefix("copies/")
            folder = bare.split("/")[0]
            known = NAME.fullmatch(bare) and (bare == name or folder in COPIED)
            if known or name == "repository.json":
                continue
            if folder == "probes":
                continue
            if folder in KIND_OF_FOLDER or bare != name:
                self.report.add(name, "is not a name of the format")
            else:
                self.report.note(f"{name} does not belong to the repository")

    def check_nonces(self, packs: dict[bytes, Pack]) -> None:
        """A content key may be in several packs, but with one box, and a nonce of it only with the same sealed bytes."""
        boxes: dict[bytes, bytes] = {}
        sealed: dict[tuple[bytes, int], bytes] = {}
        for pack in packs.values():
            for key in pack.keys:
                if boxes.setdefault(key.id, key.box) != key.box:
                    self.report.add(pack.name, f"content key {key.id.hex()} has another box in another pack")
            for chunk in pack.chunks:
                if sealed.setdefault((pack.keys[chunk.key].id, chunk.counter), chunk.sha256) != chunk.sha256:
                    self.report.add(pack.name, f"chunk {chunk.id.hex()} has a nonce that another chunk has too")

    def check_chunks(self, pack: Pack) -> None:
        """Hashes every chunk of a pack and opens those that this key may."""
        with self.store.open(pack.name) as stream:
            for chunk in pack.chunks:
                self.counts["chunks"] += 1
                with self.report.guard(pack.name):
                    opened = self.repository.open_chunk(chunk, read_at(stream, chunk.offset, chunk.sealed))
                    if opened is None:
                        self.locked_content += 1
                    elif self.repository.keys.deduplication_secret(pack.keys[chunk.key].generation) is None:
                        self.unnamed += 1

    def check_indexes(self, packs: dict[bytes, Pack]) -> None:
        """Opens every index; notes the packs that are in none."""
        listed: set[bytes] = set()
        for name in self.store.under("index"):
            self.counts["indexes"] += 1
            with self.report.guard(name):
                listed |= self.check_index(name, self.store.read(name) or b"", packs)
        missing = len(packs.keys() - listed)
        if missing:
            self.report.note(f"{missing} packs are in no index; they count all the same")

    def check_index(self, name: str, data: bytes, packs: dict[bytes, Pack]) -> set[bytes]:
        """Section 7; gives the packs it lists."""
        check_header(data, INDEX, self.repository.id)
        if len(data) < 92 + 128:
            raise Damage("is cut off")
        index_id, generation, salt, pages, count = struct.unpack_from("<16sI32sII", data, 32)
        if index_id.hex() != name.rsplit("/", 1)[1]:
            raise Damage("the index id is not that of the name")
        if not 1 <= count <= 65_536 or pages != (count + 511) // 512:
            raise Damage("has no entry, too many, or another number of pages than it takes")
        with self.store.open(name) as stream:
            trailer = read_trailer(stream, len(data), 92)
        directory = data[trailer.offset:-128]
        if hashlib.sha256(data[:92] + directory).digest() != trailer.sha256:
            raise Damage("the SHA-256 in the trailer is wrong")
        self.repository.check_signature(trailer.signer, None, trailer.signature,
                                        b"DataResilience/1 index\0" + index_id + trailer.signed)
        key = hkdf(self.repository.keys.catalog_key(generation), salt, b"DataResilience/1 index")
        plain = gcm_open(key, counter_nonce(0), directory, data[:92], "the directory")
        listed, places = split_directory(plain, pages)
        entries = self.open_pages(data, key, places, trailer.offset, count)
        self.compare_index(name, entries, listed, packs)
        return {entry[0] for entry in listed}

    @staticmethod
    def open_pages(data: bytes, key: bytes, places: list[tuple[bytes, int, int, bytes]], end: int,
                   count: int) -> list[tuple[Any, ...]]:
        """The entries of all pages, which tile the index and are in order."""
        entries: list[tuple[Any, ...]] = []
        at = 92
        for number, (first, offset, length, digest) in enumerate(places):
            sealed = data[offset:offset + length]
            if offset != at or offset + length > end or hashlib.sha256(sealed).digest() != digest:
                raise Damage(f"page {number} is not where, or not what, the directory says")
            at += length
            plain = gcm_open(key, counter_nonce(number + 1), sealed, data[:92], f"page {number}")
            if len(plain) != 96 * min(512, count - 512 * number) or plain[:32] != first:
                raise Damage(f"page {number} has another length or first chunk than it may")
            entries += struct.iter_unpack("<32sBBHQIQII32s", plain)
        if at != end or len(entries) != count:
            raise Damage("the pages do not fill the index, or have another number of entries than the header")
        if any((one[0], one[5]) > (other[0], other[5]) for one, other in zip(entries, entries[1:])):
            raise Damage("the entries are not in order")
        return entries

    def compare_index(self, name: str, entries: list[tuple[Any, ...]], listed: list[tuple[Any, ...]],
                      packs: dict[bytes, Pack]) -> None:
        """Every entry is in the chunk table of its pack, and every chunk of a listed pack is an entry."""
        by_pack: dict[int, set[tuple[Any, ...]]] = collections.defaultdict(set)
        for entry in entries:
            chunk_id, kind, codec, key, counter, number, offset, sealed, plain, digest = entry
            if number >= len(listed):
                raise Damage(f"entry {chunk_id.hex()} names pack {number}, which the directory does not have")
            by_pack[number].add((chunk_id, kind, codec, key, counter, offset, sealed, plain, digest))
        for number, (pack_id, *properties) in enumerate(listed):
            pack = packs.get(pack_id)
            if pack is None:
                self.report.add(name, f"lists pack {pack_id.hex()}, which is missing or damaged")
            elif properties != [pack.size, pack.pack_class, pack.writer, pack.sha256]:
                self.report.add(name, f"does not agree with pack {pack_id.hex()} on its size, class, writer or hash")
            elif by_pack[number] != {(c.id, c.kind, c.codec, c.key, c.counter, c.offset, c.sealed, c.plain, c.sha256)
                                     for c in pack.chunks}:
                self.report.add(name, f"does not agree with the chunk table of pack {pack_id.hex()}")

    def check_manifests(self, catalog: Catalog, packs: dict[bytes, Pack], manifests: dict[str, Record]) -> None:
        """Resolves every chunk that a manifest names."""
        for manifest in manifests.values():
            with self.report.guard(manifest.name):
                for text in field(manifest.payload, "packs", list):
                    if identifier(text, 16, "a pack id") not in packs:
                        self.report.add(manifest.name, f"names pack {text}, which is missing or damaged")
                schema = catalog.document(field(manifest.payload, "schema", list), SCHEMA)
                if schema:
                    parse_json(schema)
                for entry in field(manifest.payload, "tables", list):
                    with self.report.guard(f"{manifest.name}, table {entry.get('name')}"):
                        self.check_table(Table(catalog, manifest, entry))

    def check_table(self, table: Table) -> None:
        """A table's documents, and its rows if they were asked for."""
        self.counts["tables"] += 1
        table.resolve()
        if not table.read_details():
            return
        if not self.rows:
            self.report.note("not checked: the rows themselves against their digests (verify --rows, or dump, does)")
            return
        try:
            table.check_row_encoding()
            encoding = text_encoding(table)
            columns = len(table.column_names)
            for row in table.read_rows():
                decode_row(row, columns, encoding)
        except Impossible as error:
            self.report.note(f"not checked: rows of {table.where} ({error})")

    def check_seen(self, manifests: dict[str, Record], deletions: dict[str, Record]) -> None:
        """What a manifest of a slot names is there, or deleted, and is what it was."""
        for record in (*manifests.values(), *deletions.values()):
            deleted = record.name.startswith("deletions/")
            slot = record.payload.get("slot") if deleted else record.signer.hex()
            with self.report.guard(record.name):
                for seen in field(record.payload, "seen", list):
                    self.check_seen_entry(record, slot, seen, manifests, deletions)

    @staticmethod
    def check_seen_entry(record: Record, slot: str, seen: dict[str, Any], manifests: dict[str, Record],
                         deletions: dict[str, Record]) -> None:
        """One entry of `seen`."""
        backup_id, digest = field(seen, "backupId", str), field(seen, "sha256", str)
        if backup_id in deletions:
            older = deletions[backup_id].payload
            same = older.get("manifest") == digest and older.get("slot") == slot
        elif backup_id in manifests:
            older = manifests[backup_id].payload
            same = manifests[backup_id].sha256 == digest and manifests[backup_id].signer.hex() == slot
        else:
            raise Damage(f"has seen backup {backup_id}, which is missing and was not deleted")
        if not same:
            raise Damage(f"has seen another manifest of backup {backup_id}, or one of another slot")
        if not field(older, "sequence", int) < field(record.payload, "sequence", int):
            raise Damage(f"does not have a higher sequence than backup {backup_id}, which it has seen")

    def check_deleted(self, deletions: dict[str, Record]) -> None:
        """What is left of a deleted backup may be one object or two, but not another manifest than the tombstone's."""
        for backup_id, deletion in deletions.items():
            name = f"backups/{backup_id}"
            for path in (name, "copies/" + name):
                data = self.store.read(path)
                if data is not None:
                    with self.report.guard(path):
                        if self.repository.parse_record(name, data).sha256 != deletion.payload.get("manifest"):
                            raise Damage("is not the manifest that the tombstone names")

    def check_verifications(self, manifests: dict[str, Record], packs: dict[bytes, Pack]) -> None:
        """Verifications are of the manifest that is there."""
        for record in self.repository.records("verifications").values():
            self.counts["verifications"] += 1
            manifest = manifests.get(record.backup_id)
            with self.report.guard(record.name):
                if manifest and field(record.payload, "manifest", str) != manifest.sha256:
                    raise Damage("is of another manifest than the one that is there")
                verified = field(record.payload, "packs", list)
                for pack in verified:
                    there = packs.get(identifier(pack["id"], 16, "a pack id"))
                    if there is not None and there.sha256 != identifier(pack["sha256"], 32, "a hash"):
                        raise Damage(f"is of another pack {pack['id']} than the one that is there")
                if verified and "Reader" not in self.repository.signers[record.signer].roles:
                    raise Damage("lists packs although its signer does not have the role Reader")
                if not field(record.payload, "isValid", bool):
                    self.report.note(f"{record.name} found {record.payload.get('problems')} problems")

    def check_locks(self) -> None:
        """Renewals and the end of a lock are its owner's."""
        locks = self.repository.records("locks")
        self.counts["locks"] += len(locks)
        for name, record in locks.items():
            base = name.split(".")[0]
            if base not in self.store.names:
                self.report.note(f"{name} belongs to a lock that is gone")
            elif base in locks and locks[base].signer != record.signer:
                self.report.add(name, "is not of the slot that holds the lock")

    def say_what_was_not_done(self) -> None:
        """What the key's roles kept this reader from."""
        if self.repository.other_slots:
            self.report.note(f"not checked: the sealed keys of {self.repository.other_slots} slots that are not of this key")
        if self.locked_content:
            self.report.note(f"not checked: the contents of {self.locked_content} chunks, of the schema, of descriptions and "
                             "of digests (this key has no Reader role)")
        if self.unnamed:
            self.report.note(f"not checked: the ids of {self.unnamed} opened chunks (this key has no deduplication secret)")


def split_directory(plain: bytes,
                    pages: int) -> tuple[list[tuple[Any, ...]], list[tuple[bytes, int, int, bytes]]]:
    """The packs and the pages of an index's directory."""
    count = struct.unpack_from("<I", plain)[0]
    split = 4 + count * 73
    if len(plain) != split + pages * 76:
        raise Damage("the directory's length does not fit its numbers of packs and pages")
    return list(struct.iter_unpack("<16sQB16s32s", plain[4:split])), list(struct.iter_unpack("<32sQI32s", plain[split:]))


def text_encoding(table: Table) -> str:
    """The encoding of a SQLite database's text; UTF-8 where nothing else is said."""
    text = field(table.description, "options", dict).get("encoding")
    if text is None:
        schema = table.catalog.document(field(table.manifest.payload, "schema", list), SCHEMA)
        properties = parse_json(schema).get("properties") if schema else None
        text = (properties or {}).get("encoding", "UTF-8")
    known = {"utf-8": "utf-8", "utf-16le": "utf-16-le", "utf-16be": "utf-16-be"}
    if str(text).lower() not in known:
        raise Damage(f"the text encoding {text!r} is not known")
    return known[str(text).lower()]


def command_list(repository: Repository, arguments: argparse.Namespace) -> None:
    """A line for each backup."""
    for backup_id, manifest in sorted(repository.manifests(repository.deletions()).items()):
        with repository.report.guard(manifest.name):
            tables = field(manifest.payload, "tables", list)
            rows = sum(number_field(table, "rows") for table in tables)
            print("\t".join(str(value) for value in (
                backup_id, manifest.payload.get("type"), manifest.payload.get("engine"), manifest.payload.get("server"),
                manifest.payload.get("database"), manifest.payload.get("start"), f"{len(tables)} tables", f"{rows} rows")))


def command_verify(repository: Repository, arguments: argparse.Namespace) -> None:
    """Everything, then one line of counts."""
    verifier = Verifier(repository, arguments.rows)
    verifier.run()
    repository.report.print(sys.stdout)
    counts = ", ".join(f"{count} {what}" for what, count in sorted(verifier.counts.items()))
    print(f"verified {counts}: {len(repository.report.findings)} findings")


def command_dump(repository: Repository, arguments: argparse.Namespace) -> None:
    """The rows of one table, or of all, each table then with a line of its own before its rows."""
    if "Reader" not in repository.keys.roles:
        raise Impossible("rows can only be read with the role Reader, which this key does not have")
    manifest = repository.manifests(repository.deletions()).get(arguments.backup)
    if manifest is None:
        raise Impossible(f"there is no backup {arguments.backup}")
    catalog = Catalog(repository, repository.packs())
    wanted = [entry for entry in field(manifest.payload, "tables", list)
              if arguments.table in (None, entry.get("name"))]
    if arguments.table is not None and not wanted:
        raise Impossible(f"the backup has no table {arguments.table}")
    for entry in wanted:
        with repository.report.guard(f"{manifest.name}, table {entry.get('name')}"):
            dump_table(Table(catalog, manifest, entry), arguments.table is None)


def dump_table(table: Table, heading: bool) -> None:
    """A table as JSON Lines. The number of rows was checked with the chunk list, the digests are while they are read."""
    if not table.read_details():
        raise Impossible("the description is not for this key")
    table.check_row_encoding()
    encoding = text_encoding(table)
    names = table.column_names
    if heading:
        print(json.dumps({"table": table.name, "schema": table.schema, "columns": names}, ensure_ascii=False))
    for row in table.read_rows():
        print(json.dumps(dict(zip(names, decode_row(row, len(names), encoding))), ensure_ascii=False))


def command_keys(repository: Repository, arguments: argparse.Namespace) -> None:
    """The keyring as a person reads it."""
    names: dict[str, str] = {}
    with repository.report.guard(repository.newest_name):
        names = repository.slot_names()
    payload = repository.newest.payload
    print(f"repository {repository.id.hex()}")
    print(f"fingerprint {repository.fingerprint}")
    print(f"keyring {repository.newest.number}, generation {payload.get('generation')}")
    for slot in payload["slots"]:
        own = ", this key" if slot["id"] == repository.keys.slot.hex() else ""
        print(f"slot {slot['id']} {names.get(slot['id'], '')!r}: {', '.join(slot['roles'])}; "
              f"{slot.get('protection')}, created {slot.get('created')}{own}")
    for slot in payload["removedSlots"]:
        print(f"removed slot {slot['id']}: {', '.join(slot['roles'])}; {len(slot['manifests'])} manifests")


def parse_arguments(arguments: list[str]) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description="Reads a backup repository of format 1.")
    parser.add_argument("directory", type=pathlib.Path)
    key = parser.add_mutually_exclusive_group(required=True)
    key.add_argument("--passphrase-file", type=pathlib.Path, help="its only line is the passphrase")
    key.add_argument("--key-file", type=pathlib.Path)
    parser.add_argument("--fingerprint", help="refuse a repository with another fingerprint")
    parser.set_defaults(run=command_list)
    commands = parser.add_subparsers(metavar="list | verify | dump | keys")
    commands.add_parser("list", help="the backups").set_defaults(run=command_list)
    verify = commands.add_parser("verify", help="looks at every object")
    verify.add_argument("--rows", action="store_true", help="compares every row with the digests, too")
    verify.set_defaults(run=command_verify)
    dump = commands.add_parser("dump", help="rows as JSON Lines")
    dump.add_argument("backup", metavar="BACKUP-ID")
    dump.add_argument("--table", metavar="NAME")
    dump.set_defaults(run=command_dump)
    commands.add_parser("keys", help="the keyring").set_defaults(run=command_keys)
    return parser.parse_args(arguments)


def read_credential(arguments: argparse.Namespace) -> Credential:
    """The passphrase, without the line end that an editor leaves, or the secret of the key file."""
    path = arguments.passphrase_file or arguments.key_file
    try:
        text = path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Impossible(f"{path} cannot be read: {error}") from error
    if arguments.key_file:
        return Credential(secret=key_file_secret(text))
    return Credential(passphrase=text.removesuffix("\n").removesuffix("\r"))


def fail(text: str) -> int:
    """Says why nothing could be done."""
    print(f"error: {text}", file=sys.stderr)
    return 1


def main(arguments: list[str]) -> int:
    """Runs a command; gives the exit code."""
    options = parse_arguments(arguments)
    report = Report()
    try:
        repository = Repository(Store(options.directory), read_credential(options), report)
        if options.fingerprint is not None and options.fingerprint != repository.fingerprint:
            raise Impossible(f"the fingerprint is {repository.fingerprint}")
        options.run(repository, options)
    except (Damage, Impossible) as error:
        return fail(str(error))
    except MALFORMED as error:
        return fail(f"the repository is malformed: {type(error).__name__}: {error}")
    if options.run is not command_verify:
        report.print(sys.stderr)
    return 3 if report.findings else 0


if __name__ == "__main__":
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # "dump … | head" ends without a traceback
    sys.stdout.reconfigure(encoding="utf-8")
    sys.exit(main(sys.argv[1:]))
