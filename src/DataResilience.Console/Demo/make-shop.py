#!/usr/bin/env python3
"""Makes the two embedded resources of `dataresilience demo`: run it here after a change of shop.sql or changes.sql.

shop.db.br          the database that shop.sql makes
shop.changes.br     what changes.sql does to it: for each page that differs, its number (4 bytes, little endian, from 0)
                    and its 4,096 bytes. So the demo can change the database without a driver.

The console may not reference a database driver, hence prebuilt files. They are the same for the same version of
SQLite, whose number stands in byte 96 to 99 of the database. Needs Debian's libbrotli1: gzip makes them three times as large.
"""
import ctypes
import pathlib
import sqlite3
import struct
import tempfile

PAGE = 4096
here = pathlib.Path(__file__).parent


def run(database, script):
    connection = sqlite3.connect(database, isolation_level=None)
    connection.executescript((here / script).read_text())
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()
    return database.read_bytes()


def changed_pages(before, after):
    for number in range(len(after) // PAGE):
        page = after[number * PAGE:(number + 1) * PAGE]
        if page != before[number * PAGE:(number + 1) * PAGE]:
            yield struct.pack("<I", number) + page


def compress(data):
    library = ctypes.CDLL("libbrotlienc.so.1")
    size = ctypes.c_size_t(len(data) + 1024)
    packed = ctypes.create_string_buffer(size.value)
    best_quality, largest_window, generic = 11, 24, 0
    assert library.BrotliEncoderCompress(
        best_quality, largest_window, generic, ctypes.c_size_t(len(data)), data, ctypes.byref(size), packed)
    return packed.raw[:size.value]


def write(name, data):
    packed = compress(data)
    (here / name).write_bytes(packed)
    print(f"{name}: {len(data):,} bytes in {len(packed):,}")


with tempfile.TemporaryDirectory() as directory:
    shop = pathlib.Path(directory) / "shop.db"
    before = run(shop, "shop.sql")
    after = run(shop, "changes.sql")
    assert len(after) >= len(before)
    write("shop.db.br", before)
    write("shop.changes.br", b"".join(changed_pages(before, after)))
