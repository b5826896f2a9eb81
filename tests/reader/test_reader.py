#!/usr/bin/env python3
"""Tests of the independent reader against a small writer of its own; run it as it is, it needs no other runner.

    test_reader.py [--quick] [--report FILE.junit.xml]

A bit of some bytes of each field of every object is flipped; with READER_TEST_EVERY_BYTE=1 of every byte, with --quick of a few.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import pathlib
import shutil
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ET
from typing import Any, Iterator
from unittest import mock

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import read_repository as reader  # noqa: E402
import write_repository as writer  # noqa: E402

FIRST, SECOND, THIRD = (f"20261123T10150{n}Z-sqlite-shop-abcde{n}" for n in range(3))
ROWS = [(1, 0.5, "Ünï", b"\x00\xff"), (-(1 << 63), -0.0, "", b""), ((1 << 63) - 1, None, None, None)]
ROWS += [(n, n / 7, "row " * (n % 9), bytes(n % 300)) for n in range(40)]
SECRET = bytes(range(32))
PASSPHRASE = "käse und brot"
QUICK = "--quick" in sys.argv
VERIFICATION = f"verifications/{FIRST}/20261123T110000Z-abcdef"
LOCK = "locks/20261123T101500Z-abcdef"


def build(root: pathlib.Path, slots: list[writer.Slot]) -> writer.RepositoryWriter:
    """A repository with an object of every kind: three backups, of which the second is deleted."""
    made = writer.RepositoryWriter(root, slots)
    first = made.backup(FIRST, ROWS, [])
    second = made.backup(SECOND, ROWS[:7], [{"backupId": FIRST, "sha256": first}])
    made.record(6, f"deletions/{SECOND}", {
        "backupId": SECOND, "manifest": second, "slot": slots[0].id.hex(), "sequence": 2,
        "seen": [{"backupId": FIRST, "sha256": first}], "engine": "Sqlite", "server": "host", "database": "shop",
        "time": writer.TIME, "reason": ""})
    made.backup(THIRD, [], [{"backupId": SECOND, "sha256": second}])
    made.record(7, VERIFICATION, {"backupId": FIRST, "manifest": first, "level": "Checksum", "isValid": True,
                                  "contentOpened": True, "problems": 0, "time": writer.TIME, "packs": [
                                      {"id": pack[0].hex(), "sha256": pack[4].hex()} for pack in made.packs]})
    for name in (LOCK, LOCK + ".1", LOCK + ".end"):
        made.record(8, name, {})
    return made


class ReaderTests(unittest.TestCase):
    """One repository with key files, built once; a test that damages works on a copy of it."""

    @classmethod
    def setUpClass(cls) -> None:
        cls.folder = pathlib.Path(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        cls.secrets = {role: bytes([at]) * 32 for at, role in enumerate(("Writer", "Reader", "Admin"))}
        cls.slots = [writer.Slot(SECRET)] + [writer.Slot(secret, (role,)) for role, secret in cls.secrets.items()]
        cls.made = build(cls.folder / "whole", cls.slots)

    def setUp(self) -> None:
        self.root = pathlib.Path(tempfile.mkdtemp(dir=self.folder)) / "repository"
        shutil.copytree(self.folder / "whole", self.root)

    def run_reader(self, *command: str, secret: bytes | str = SECRET) -> tuple[int, str, str]:
        """Exit code, standard output and standard error of the reader."""
        key = self.folder / "key"
        passphrase = isinstance(secret, str)
        key.write_text(secret + "\n" if passphrase else writer.key_file_line(secret), encoding="utf-8")
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = reader.main([str(self.root), "--passphrase-file" if passphrase else "--key-file", str(key), *command])
        return code, out.getvalue(), err.getvalue()

    def assert_findings(self, *texts: str, command: tuple[str, ...] = ("verify",), secret: bytes = SECRET) -> None:
        """verify ends with 3 and its output has each of the texts in a line of a finding."""
        code, out, err = self.run_reader(*command, secret=secret)
        self.assertEqual(3, code, out + err)
        for text in texts:
            self.assertTrue(any(text in line for line in out.splitlines() if line.startswith("finding")), f"{text}:\n{out}")

    def remove(self, name: str, copy: bool = True) -> None:
        """Deletes an object, and its copy."""
        for path in ((name, "copies/" + name) if copy else (name,)):
            (self.root / path).unlink()

    # reading

    def test_list_gives_the_backups_that_are_not_deleted(self) -> None:
        code, out, err = self.run_reader()
        self.assertEqual((0, ""), (code, err))
        self.assertEqual([FIRST, THIRD], [line.split("\t")[0] for line in out.splitlines()])
        self.assertIn("43 rows", out)

    def test_dump_gives_every_value(self) -> None:
        code, out, err = self.run_reader("dump", FIRST, "--table", "orders")
        self.assertEqual((0, ""), (code, err))
        lines = [json.loads(line) for line in out.splitlines()]
        self.assertEqual(len(ROWS), len(lines))
        self.assertEqual({"id": 1, "price": 0.5, "name": "Ünï", "picture": {"blob": "AP8="}}, lines[0])
        self.assertEqual([row[:3] for row in ROWS], [(line["id"], line["price"], line["name"]) for line in lines])
        self.assertEqual(-(1 << 63), lines[1]["id"])

    def test_dump_without_a_table_names_each_and_an_empty_one_has_no_rows(self) -> None:
        code, out, _ = self.run_reader("dump", THIRD)
        self.assertEqual((0, 1), (code, len(out.splitlines())))
        self.assertEqual("orders", json.loads(out)["table"])

    def test_dump_of_what_is_not_there(self) -> None:
        for command in ((SECOND,), ("nothing",), (FIRST, "--table", "nothing")):
            self.assertEqual(1, self.run_reader("dump", *command)[0])

    def test_keys(self) -> None:
        code, out, _ = self.run_reader("keys")
        self.assertEqual(0, code)
        self.assertIn("'slot 0': Writer, Reader, Admin; KeyFile, created 2026-11-23T10:15:00.000Z, this key", out)

    def test_fingerprint_is_compared(self) -> None:
        fingerprint = self.run_reader("keys")[1].splitlines()[1].split()[1]
        self.assertEqual(0, self.run_reader("--fingerprint", fingerprint, "list")[0])
        self.assertEqual(1, self.run_reader("--fingerprint", "SHA256:other", "list")[0])

    def test_verify_finds_nothing_in_a_whole_repository(self) -> None:
        code, out, err = self.run_reader("verify", "--rows")
        self.assertEqual((0, ""), (code, err), out)
        self.assertIn("2 backups", out)
        self.assertIn("0 findings", out)

    def test_rows_without_libxxhash_are_said_not_to_be_checked(self) -> None:
        with mock.patch.object(reader, "xxhash_library", return_value=None):
            code, out, err = self.run_reader("dump", FIRST)
        self.assertEqual(0, code)
        self.assertIn("not checked: row digests", err)

    # keys

    def test_wrong_key(self) -> None:
        code, _, err = self.run_reader("list", secret=bytes(32)[:31] + b"\x09")
        self.assertEqual(1, code)
        self.assertIn("no slot", err)

    def test_mistyped_key_file(self) -> None:
        with self.assertRaises(reader.Impossible):
            reader.key_file_secret(writer.key_file_line(SECRET).replace("AAEC", "AAED"))

    def test_each_role_verifies_what_it_can_and_says_what_it_could_not(self) -> None:
        said = {"Writer": ["contents"], "Reader": [], "Admin": ["contents", "ids of"]}
        for role, texts in said.items():
            with self.subTest(role):
                code, out, err = self.run_reader("verify", secret=self.secrets[role])
                self.assertEqual(0, code, out + err)
                for text in ("contents", "ids of"):
                    self.assertEqual(text in texts, f"not checked: the {text}" in out, out)
                self.assertEqual(0 if role == "Reader" else 1, self.run_reader("dump", FIRST, secret=self.secrets[role])[0])

    def test_a_removed_slot_does_not_open_and_only_its_listed_manifests_count(self) -> None:
        manifest = reader.sha256((self.root / "backups" / FIRST).read_bytes())
        old = self.slots[0]
        with self.writing() as made, mock.patch.object(made, "keyring", made.keyring):
            made.write_keyring(self.slots[1:], [{
                "id": old.id.hex(), "roles": list(old.roles), "signingKey": writer.b64(reader.public_bytes(old.signing)),
                "manifests": [manifest]}])
        self.assertEqual(1, self.run_reader("list")[0])
        code, out, err = self.run_reader("list", secret=self.secrets["Reader"])
        self.assertEqual([FIRST], [line.split("\t")[0] for line in out.splitlines()])
        self.assertEqual(3, code)
        self.assertIn(f"{THIRD}: does not count", err)

    # damage

    def test_a_flipped_bit_in_any_object_is_found_whatever_the_role(self) -> None:
        every = os.environ.get("READER_TEST_EVERY_BYTE") == "1"
        names = [path.relative_to(self.root).as_posix() for path in self.root.rglob("*") if path.is_file()]
        self.assertEqual({"repository.json", "copies", *reader.KIND_OF_FOLDER}, {name.split("/")[0] for name in names})
        for name in names:
            data = (self.root / name).read_bytes()
            fields = {*range(0, 100, 9), *range(len(data) - 130, len(data), 9), *range(0, len(data), len(data) // 8)}
            some = sorted(at for at in fields if 0 <= at < len(data))
            for at in range(len(data)) if every else some[::10] if QUICK else some:
                with self.subTest(name=name, at=at):
                    self.check_flip(name, data, at)
            (self.root / name).write_bytes(data)

    def check_flip(self, name: str, data: bytes, at: int) -> None:
        """One bit; the reader either names the object or, where it is the key's own slot, still opens with the copy."""
        changed = bytearray(data)
        changed[at] ^= 1 << at % 8
        (self.root / name).write_bytes(changed)
        code, out, err = self.run_reader("verify", secret=self.secrets["Admin" if at % 2 else "Reader"])
        self.assertEqual(3, code, out + err)
        self.assertIn(name.removeprefix("copies/"), "".join(l for l in out.splitlines() if l.startswith("finding")))

    def test_a_cut_or_longer_object_is_found(self) -> None:
        for path in [path for path in self.root.rglob("*") if path.is_file()]:
            data = path.read_bytes()
            for changed in (data[:-1], data + b"\0", data[:40], b""):
                with self.subTest(path.relative_to(self.root).as_posix(), size=len(changed)):
                    path.write_bytes(changed)
                    self.assert_findings(path.relative_to(self.root).as_posix())
            path.write_bytes(data)

    def test_a_missing_copy_or_original_is_found_and_the_other_is_read(self) -> None:
        for path in sorted((self.root / "copies").rglob("*")):
            if path.is_file():
                for name in (copy := path.relative_to(self.root).as_posix(), copy.removeprefix("copies/")):
                    if name.endswith(SECOND):
                        continue  # deleted: nothing misses it
                    with self.subTest(name):
                        data = (self.root / name).read_bytes()
                        self.remove(name, copy=False)
                        self.assert_findings(f"{name}: is missing")
                        self.assertIn(THIRD, self.run_reader("list")[1])
                        (self.root / name).write_bytes(data)

    def test_a_hidden_manifest_is_missed_by_those_that_saw_it(self) -> None:
        self.remove(f"backups/{FIRST}")
        self.assert_findings(f"has seen backup {FIRST}, which is missing")

    def test_a_deleted_manifest_may_go_and_without_its_tombstone_it_is_missed(self) -> None:
        self.remove(f"backups/{SECOND}")
        self.assertEqual(0, self.run_reader("verify")[0])
        self.remove(f"deletions/{SECOND}", copy=False)
        self.assert_findings(f"has seen backup {SECOND}, which is missing")

    def test_a_missing_pack_is_found(self) -> None:
        for path in [path for path in (self.root / "packs").rglob("*") if path.is_file()]:
            path.unlink()
        self.assert_findings("which is missing or damaged", "is in no pack")

    def test_a_renamed_object_is_found(self) -> None:
        other = FIRST[:-1] + "z"
        for folder in ("", "copies/"):
            shutil.copy(self.root / folder / "backups" / FIRST, self.root / folder / "backups" / other)
        self.assert_findings(f"backups/{other}: the signature is wrong")

    def test_an_object_of_another_repository_is_found(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            build(pathlib.Path(folder), [writer.Slot(SECRET)])
            index = next((pathlib.Path(folder) / "index").iterdir())
            shutil.copy(index, self.root / "index" / index.name)
        self.assert_findings(f"index/{index.name}: belongs to another repository")

    @contextlib.contextmanager
    def writing(self, signer: writer.Slot | None = None) -> Iterator[writer.RepositoryWriter]:
        """The writer, for a while on this test's copy and as that slot."""
        self.made.root, self.made.signer = self.root, signer or self.slots[0]
        try:
            yield self.made
        finally:
            self.made.root, self.made.signer = self.folder / "whole", self.slots[0]

    def test_a_tombstone_of_a_writer_deletes_nothing(self) -> None:
        with self.writing(self.slots[1]) as made, mock.patch.object(made, "admin", self.slots[1].signing):
            made.record(6, f"deletions/{FIRST}", {"backupId": FIRST, "seen": []})
        self.assertIn(FIRST, self.run_reader("list")[1])
        self.assert_findings(f"deletions/{FIRST}: the signature is not one of the admin key")

    def test_a_manifest_of_a_slot_without_the_role_does_not_count(self) -> None:
        with self.writing(self.slots[2]) as made:
            made.record(5, f"backups/{FIRST[:-1]}x", {"backupId": FIRST[:-1] + "x"}, copy=True)
        self.assert_findings("does not have the role Writer")

    def test_a_lock_that_another_slot_ends_is_found(self) -> None:
        with self.writing(self.slots[1]) as made:
            made.record(8, LOCK + ".end", {})
        self.assert_findings(f"{LOCK}.end: is not of the slot that holds the lock")

    def test_an_index_that_lies_or_leaves_a_chunk_out_is_found(self) -> None:
        with self.writing() as made:
            pack, entries = made.pack(2, [(5, b"one"), (5, b"two")])
            made.index([(pack, entries)])
            self.assertEqual(0, self.run_reader("verify")[0])
            for changed in (entries[:1], [entries[0], (*entries[1][:5], entries[1][5] + 1, *entries[1][6:])]):
                before = set((self.root / "index").iterdir())
                made.index([(pack, changed)])
                self.assert_findings(f"does not agree with the chunk table of pack {pack[0].hex()}")
                (set((self.root / "index").iterdir()) - before).pop().unlink()

    def test_garbage_under_the_id_of_a_chunk_is_found_by_a_reader(self) -> None:
        with self.writing() as made, mock.patch.object(made, "chunk_id", return_value=bytes(32)):
            made.pack(1, [(1, b"garbage")])
        self.assertEqual(0, self.run_reader("verify", secret=self.secrets["Writer"])[0])
        self.assert_findings("its content has another id")

    def test_rows_that_were_exchanged_are_found_by_their_digests(self) -> None:
        if reader.xxhash_library() is None:
            self.skipTest("libxxhash.so.0 is not installed")
        with self.writing() as made, mock.patch.object(made, "digest", side_effect=lambda rows: (len(rows), 0)):
            made.backup(FIRST[:-1] + "y", ROWS, [])
        self.assert_findings("the digest of its rows is wrong", command=("verify", "--rows"))

    def test_a_keyring_above_the_newest_is_passed_over_only_if_it_is_whole_and_a_strangers(self) -> None:
        name = "keyring/00000002"
        stranger = writer.RepositoryWriter(self.root.parent / "stranger", [writer.Slot(SECRET)])
        stranger.write_keyring(stranger.slots, [])
        data = stranger.keyring
        (self.root / name).write_bytes(data)
        self.assert_findings(f"{name}: no admin key of this repository signed it")
        for changed in (data[:-1], data[:-1] + bytes([data[-1] ^ 1]), data[:20] + b"\0" + data[21:], b"hello", b""):
            (self.root / name).write_bytes(changed)
            code, _, err = self.run_reader("verify")
            self.assertEqual(1, code)
            self.assertIn("cannot be passed over", err)

    def test_the_only_copy_of_the_newest_keyring_is_not_passed_over_when_it_is_damaged(self) -> None:
        with self.writing() as made, mock.patch.object(made, "keyring", made.keyring):
            made.write_keyring(self.slots, [])
            data = made.keyring
        (self.root / "copies/keyring/00000002").unlink()
        self.assertIn("keyring 2,", self.run_reader("keys")[1])
        for at in (0, 5, 8, 20, 33, 37, 60, len(data) // 2, len(data) - 70, len(data) - 1):
            (self.root / "keyring/00000002").write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1:])
            self.assertEqual(1, self.run_reader("verify")[0], at)

    def test_a_verification_of_another_pack_of_the_same_id_is_found(self) -> None:
        pack = self.made.packs[0]
        with self.writing() as made:
            made.record(7, VERIFICATION[:-1] + "0", {
                "backupId": FIRST, "manifest": reader.sha256((self.root / "backups" / FIRST).read_bytes()), "level": "Checksum",
                "isValid": True, "contentOpened": True, "problems": 0, "time": writer.TIME,
                "packs": [{"id": pack[0].hex(), "sha256": "0" * 64}]})
        self.assert_findings(f"is of another pack {pack[0].hex()}")

    def test_the_other_signature_that_is_as_good_is_refused(self) -> None:
        path = self.root / "backups" / FIRST
        data = path.read_bytes()
        other = reader.P256_ORDER - int.from_bytes(data[-32:], "big")
        path.write_bytes(data[:-32] + other.to_bytes(32, "big"))
        self.assert_findings(f"backups/{FIRST}: the signature is wrong")

    def test_probes_are_ignored(self) -> None:
        (self.root / "probes").mkdir()
        (self.root / "probes" / ("0" * 32)).write_bytes(b"probe")
        code, out, _ = self.run_reader("verify")
        self.assertEqual(0, code)
        self.assertNotIn("probes", out)

    # passphrase

    def test_passphrase_round_trip_and_damaged_parameters(self) -> None:
        shutil.rmtree(self.root)
        slot = writer.Slot(PASSPHRASE)
        build(self.root, [slot])
        self.assertEqual((0, ""), self.run_reader("list", secret="ka\u0308se und brot")[::2])
        self.assertEqual(1, self.run_reader("list", secret="kase und brot")[0])
        path = self.root / "keys" / slot.id.hex()
        data = bytearray(path.read_bytes())
        data[60] ^= 1
        path.write_bytes(data)
        code, out, _ = self.run_reader("verify", secret=PASSPHRASE)
        self.assertEqual(3, code)
        self.assertIn(f"finding keys/{slot.id.hex()}: its SHA-256 is not the one in the keyring", out)


class PrimitiveTests(unittest.TestCase):
    """What reader and writer share is compared with values from elsewhere."""

    def test_hkdf_of_rfc_5869(self) -> None:
        okm = reader.hkdf(b"\x0b" * 22, bytes(range(13)), bytes(range(0xF0, 0xFA)))
        self.assertEqual("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf", okm.hex())
        self.assertEqual("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d",
                         reader.hkdf(b"\x0b" * 22, b"", b"").hex())

    def test_leb128(self) -> None:
        for value, data in ((0, "00"), (127, "7f"), (128, "8001"), (300, "ac02"), ((1 << 64) - 1, "ff" * 9 + "01")):
            self.assertEqual(data, writer.leb128(value).hex())
            self.assertEqual((value, len(data) // 2), reader.leb128(bytes.fromhex(data), 0))
        for data in ("8000", "ff" * 10 + "01", "ff" * 9 + "02"):
            with self.assertRaises(reader.Damage):
                reader.leb128(bytes.fromhex(data), 0)

    def test_row_digest_is_the_published_one_of_nothing(self) -> None:
        if reader.xxhash_library() is None:
            self.skipTest("libxxhash.so.0 is not installed")
        self.assertEqual((0x6001C324468D497F, 0x99AA06D3014798D8), reader.row_digest(b"", 0))

    def test_json_with_a_name_twice_is_refused(self) -> None:
        with self.assertRaises(reader.Damage):
            reader.parse_json(b'{"a": 1, "a": 2}')

    def test_json_that_is_not_utf8_is_refused(self) -> None:
        with self.assertRaises(reader.Damage):
            reader.parse_json(b'{"a": "\xff"}')

    def test_exactly_one_zstd_frame_is_decoded(self) -> None:
        half, whole = writer.compress(bytes(500)), writer.compress(bytes(1000))
        skippable = b"\x50\x2a\x4d\x18\x01\0\0\0*"
        self.assertEqual(bytes(1000), reader.decode(1, whole, 1000, 1000))
        for data in (half + half, skippable + whole, whole + skippable, whole + b"\0", whole[:-1]):
            with self.assertRaises(reader.Damage):
                reader.decode(1, data, 1000, 1000)
        with self.assertRaises(reader.Damage):
            reader.decode(1, whole, 1001, 1000)

    def test_the_row_of_the_specification(self) -> None:
        row = bytes.fromhex("16 0102 00 0103 02000000000000F83F 0302C3A9 040200FF")
        self.assertEqual([1, None, -2, 1.5, "é", {"blob": "AP8="}], reader.decode_row(row, 6, "utf-8"))
        self.assertEqual(row, writer.encode_row((1, None, -2, 1.5, "é", b"\0\xff")))

    def test_row_splitter_goes_on_over_chunks(self) -> None:
        row = writer.encode_row((1, 2.0, "x" * 300, b""))
        splitter = reader.RowSplitter()
        self.assertEqual([[], [], [row]], [splitter.feed(row[:1]), splitter.feed(row[1:9]), splitter.feed(row[9:] + row[:3])])
        self.assertEqual(row[:3], bytes(splitter.buffer))


class Outcomes(unittest.TextTestResult):
    """Keeps how each test ended, for a report that others add up."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.started: list[unittest.TestCase] = []

    def startTest(self, test: unittest.TestCase) -> None:
        super().startTest(test)
        self.started.append(test)

    def write(self, path: str) -> None:
        """A JUnit report; a test of which a part failed has failed."""
        suite = ET.Element("testsuite", name="Reader")
        bad: dict[str, str] = {}
        for test, text in (*self.failures, *self.errors):
            bad.setdefault(getattr(test, "test_case", test).id(), text)
        skipped = {test.id(): reason for test, reason in self.skipped}
        names = [test.id() for test in self.started]
        for name in (*names, *(name for name in bad if name not in names)):
            case = ET.SubElement(suite, "testcase", name=name.removeprefix("__main__."))
            if name in bad:
                ET.SubElement(case, "failure", message=bad[name])
            elif name in skipped:
                ET.SubElement(case, "skipped", message=skipped[name])
        ET.ElementTree(suite).write(path, encoding="utf-8", xml_declaration=True)


def main(arguments: list[str]) -> int:
    """Runs every test; gives the exit code."""
    runner = unittest.TextTestRunner(resultclass=Outcomes)
    outcome = runner.run(unittest.defaultTestLoader.loadTestsFromModule(sys.modules[__name__]))
    if "--report" in arguments:
        outcome.write(arguments[arguments.index("--report") + 1])
    return 0 if outcome.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
