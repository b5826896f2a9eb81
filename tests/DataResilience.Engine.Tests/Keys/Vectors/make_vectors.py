"""Makes repository.json beside this script: the keys of a repository, written from docs/repository-format.md alone.

Needs only the standard library and `cryptography`. It was run once; the result is checked in, and the tests open it.
"""
import base64
import hashlib
import json
import os
import struct
import unicodedata

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE = bytes(12)
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def b64(data):
    return base64.b64encode(data).decode()


def hkdf(key, salt, info):
    return HKDF(hashes.SHA256(), 32, salt, info).derive(key)


def gcm(key, plain, aad):
    return AESGCM(key).encrypt(NONCE, plain, aad)


class Pair:
    def __init__(self):
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.scalar = self.private.private_numbers().private_value.to_bytes(32, "big")
        self.public = self.private.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)

    def sign(self, message):
        r, s = utils.decode_dss_signature(self.private.sign(message, ec.ECDSA(hashes.SHA256())))
        return r.to_bytes(32, "big") + min(s, ORDER - s).to_bytes(32, "big")


def box(secret, recipient, purpose, repository, generation, bound):
    ephemeral = Pair()
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), recipient)
    z = ephemeral.private.exchange(ec.ECDH(), public)
    aad = purpose.encode() + b"\0" + repository + struct.pack("<I", generation) + bound
    key = hkdf(z, ephemeral.public + recipient, b"DataResilience/1 box\0" + aad)
    return ephemeral.public + gcm(key, secret, aad)


def header(kind, repository):
    return b"DRES" + bytes([kind, 1, 1, 1]) + struct.pack("<II", 0, 0) + repository


def slot(repository, slot_id, protection, iterations, salt, key, encryption, signing):
    head = header(1, repository) + slot_id + bytes([protection, 0, 0, 0]) + struct.pack("<I", iterations) + salt + struct.pack("<I", 80)
    assert len(head) == 92
    return head + gcm(key, encryption.scalar + signing.scalar, head)


def main():
    repository, salt = os.urandom(16), os.urandom(32)
    marker = ('{"kind":"DataResilience repository","format":1,"id":"%s","kdf":{"name":"PBKDF2-SHA-512","iterations":600000,"salt":"%s"}}\n'
              % (repository.hex(), salt.hex())).encode()
    catalog, deduplication, content, admin = os.urandom(32), os.urandom(32), Pair(), Pair()

    passphrase = "Ma\u0308uschen \u2126 sto\u00dft 1\u20ac"  # not NFC as it is typed
    normalized = unicodedata.normalize("NFC", passphrase)
    assert normalized != passphrase
    secret = os.urandom(32)
    key_file = "DATARESILIENCE-KEY-1 %s %s\n" % (
        base64.urlsafe_b64encode(secret).decode().rstrip("="), hashlib.sha256(secret).hexdigest()[:8])

    slots, objects, names = [], {"repository.json": marker}, {}
    for name, roles, protection in (("owner", ["Writer", "Reader", "Admin"], 1), ("nightly", ["Writer"], 2)):
        slot_id, encryption, signing = os.urandom(16), Pair(), Pair()
        if protection == 1:
            derived = hashlib.pbkdf2_hmac("sha512", normalized.encode(), salt, 600000, 32)
            data = slot(repository, slot_id, 1, 600000, salt, hkdf(derived, slot_id, b"DataResilience/1 slot"), encryption, signing)
        else:
            own = os.urandom(32)
            data = slot(repository, slot_id, 2, 0, own, hkdf(secret, own + slot_id, b"DataResilience/1 slot"), encryption, signing)

        def seal(what, purpose, generation):
            return b64(box(what, encryption.public, purpose, repository, generation, slot_id))

        entry = {
            "id": slot_id.hex(), "roles": roles, "created": "2026-11-23T10:15:00.000Z",
            "protection": "Passphrase" if protection == 1 else "KeyFile", "file": hashlib.sha256(data).hexdigest(),
            "encryptionKey": b64(encryption.public), "signingKey": b64(signing.public),
            "catalog": {"1": seal(catalog, "catalog", 1)}, "deduplication": {"1": seal(deduplication, "deduplication", 1)},
            "content": {"1": seal(content.scalar, "content", 1)} if "Reader" in roles else {},
        }
        if "Admin" in roles:
            entry["admin"] = seal(admin.scalar, "admin", 0)
            owner_id, owner_signing = slot_id, signing
        slots.append(entry)
        names[slot_id.hex()] = name
        objects["keys/" + slot_id.hex()] = objects["copies/keys/" + slot_id.hex()] = data

    names_salt = os.urandom(32)
    sealed_names = struct.pack("<I", 1) + names_salt + gcm(
        hkdf(catalog, names_salt, b"DataResilience/1 names"), json.dumps(names).encode(), repository)
    payload = json.dumps({
        "number": 1, "previous": "", "created": "2026-11-23T10:15:00.000Z", "repositoryFile": hashlib.sha256(marker).hexdigest(),
        "kdf": {"name": "PBKDF2-SHA-512", "iterations": 600000, "salt": salt.hex()},
        "adminPublicKey": b64(admin.public), "generation": 1, "contentPublicKeys": {"1": b64(content.public)},
        "slots": slots, "removedSlots": [], "retiredAdminKeys": [], "names": b64(sealed_names), "unknown": {"field": [1, 2]},
    }, indent=1).encode()
    keyring = header(2, repository) + struct.pack("<II", 1, len(payload)) + payload
    keyring += admin.sign(b"DataResilience/1 keyring\0" + keyring)
    objects["keyring/00000001"] = objects["copies/keyring/00000001"] = keyring

    record_name = "backups/20261123T101500Z-sqlite-shop-abc123"
    plain = json.dumps({"backupId": record_name[8:], "text": "Größe"}).encode()
    salt5 = os.urandom(32)
    packed = struct.pack("<BI", 0, len(plain)) + plain
    head = header(5, repository) + struct.pack("<I", 1) + salt5 + struct.pack("<I", len(packed) + 16)
    record = head + gcm(hkdf(catalog, salt5, b"DataResilience/1 record\0" + record_name.encode()), packed, head + record_name.encode())
    record += owner_id
    record += owner_signing.sign(b"DataResilience/1 signature\0" + record_name.encode() + b"\0" + record)

    content_key, content_key_id = os.urandom(32), os.urandom(16)
    fingerprint = hashlib.sha256(b"DataResilience/1 fingerprint\0" + repository + admin.public).digest()
    vectors = {
        "objects": {name: b64(data) for name, data in objects.items()},
        "passphrase": passphrase, "normalizedUtf8": normalized.encode().hex(), "keyFile": key_file,
        "fingerprint": "SHA256:" + b64(fingerprint).rstrip("="),
        "catalogKey": catalog.hex(), "deduplicationSecret": deduplication.hex(), "contentPublicKey": content.public.hex(),
        "contentKeyId": content_key_id.hex(), "contentKey": content_key.hex(),
        "contentBox": b64(box(content_key, content.public, "pack", repository, 1, content_key_id)),
        "record": {"name": record_name, "plain": b64(plain), "bytes": b64(record)},
    }
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "repository.json"), "w", encoding="utf-8") as file:
        json.dump(vectors, file, indent=2)
        file.write("\n")


if __name__ == "__main__":
    main()
