#!/usr/bin/env python3
"""Backup and restore of one PostgreSQL database, against the programs that come with PostgreSQL.

    python3 tests/Benchmarks/postgresql.py [--server URI] [--gigabytes 1] [--workers 2] [--runs 3] [--bindir DIR]

Makes the database shop_benchmark once (about 1 GB in tables), then runs, in turn and on the same server:
pg_dump -Fc, pg_dump -Fd -jN, dataresilience backup; pg_restore -jN, dataresilience restore; and, for information, a second
backup of the unchanged database and its verification. Prints the median of the runs as a table: elapsed seconds, CPU seconds
of the client and what it started, peak memory of its largest process, bytes stored, and the ratio of elapsed times.

The server is DATARESILIENCE_TEST_POSTGRESQL unless one is given. The console must have been built: dotnet build -c Release.
"""
import argparse
import os
import shutil
import subprocess
import tempfile
import urllib.parse
from pathlib import Path

from benchmark import DATABASE, ROWS_PER_GIGABYTE, Benchmark, add_options, read_options, show

VARIABLE = "DATARESILIENCE_TEST_POSTGRESQL"


class Server:
    """The server and the programs that came with it."""

    def __init__(self, uri, bindir):
        parts = urllib.parse.urlsplit(uri)
        self.uri = f"postgresql://{parts.username}@{parts.hostname}:{parts.port or 5432}"
        self.bindir = Path(bindir) if bindir else Path(shutil.which("pg_dump") or "/usr/bin/pg_dump").parent
        self.environment = os.environ | {
            "PGHOST": parts.hostname, "PGPORT": str(parts.port or 5432), "PGUSER": parts.username or "postgres",
            "DATARESILIENCE_PG_BINDIR": str(self.bindir),
        }

    def program(self, name, *arguments):
        return [str(self.bindir / name), *arguments]

    def ask(self, sql, database="postgres"):
        command = self.program("psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", sql)
        return subprocess.run(command, env=self.environment, check=True, capture_output=True, text=True).stdout.strip()

    def drop(self, database):
        self.ask(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")


def make_shop(server, gigabytes):
    """A shop as shops have it: keys, foreign keys, indexes, text that compresses about as text does."""
    if server.ask(f"SELECT count(*) FROM pg_database WHERE datname = '{DATABASE}'") == "1":
        if server.ask(f"SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = '{DATABASE}'") == f"{gigabytes} GB":
            return
        server.drop(DATABASE)
    rows = {name: int(count * gigabytes) for name, count in ROWS_PER_GIGABYTE.items()}
    server.ask(f"CREATE DATABASE {DATABASE}")
    server.ask(f"""
        CREATE TABLE users(id bigint PRIMARY KEY, name text NOT NULL, mail text NOT NULL, born date, seen timestamptz);
        CREATE TABLE products(id bigint PRIMARY KEY, name text NOT NULL, price numeric(10,2), description text, attributes jsonb);
        CREATE TABLE orders(id bigint PRIMARY KEY, user_id bigint NOT NULL, placed timestamptz NOT NULL, state text, address text);
        CREATE TABLE lines(order_id bigint NOT NULL, line int NOT NULL, product_id bigint NOT NULL, amount int, price numeric(10,2), note text,
            PRIMARY KEY (order_id, line));
        INSERT INTO users SELECT i, 'User ' || md5(i::text), md5((i * 7)::text) || '@example.com', date '1950-01-01' + (i % 20000)::int,
            timestamptz '2020-01-01' + i * interval '37 seconds' FROM generate_series(1, {rows['users']}) i;
        INSERT INTO products SELECT i, 'Product ' || i, (i % 10000) / 100.0, repeat(md5(i::text) || ' ', 8),
            jsonb_build_object('colour', (array['red','green','blue'])[i % 3 + 1], 'weight', i % 977, 'code', md5((i * 3)::text))
            FROM generate_series(1, {rows['products']}) i;
        INSERT INTO orders SELECT i, i % {rows['users']} + 1, timestamptz '2021-01-01' + i * interval '11 seconds',
            (array['new','paid','sent','returned'])[i % 4 + 1], md5((i * 13)::text) || ' Street ' || i % 999 FROM generate_series(1, {rows['orders']}) i;
        INSERT INTO lines SELECT i / 3 + 1, i % 3, (i::bigint * 31) % {rows['products']} + 1, i % 9 + 1, (i % 10000) / 100.0,
            CASE WHEN i % 5 = 0 THEN md5(i::text) END FROM generate_series(0, least({rows['lines']}, {rows['orders']} * 3 - 3) - 1) i;
        CREATE INDEX ON orders(user_id);
        CREATE INDEX ON lines(product_id);
        ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users(id);
        ALTER TABLE lines ADD FOREIGN KEY (order_id) REFERENCES orders(id);
        ALTER TABLE lines ADD FOREIGN KEY (product_id) REFERENCES products(id);
        COMMENT ON DATABASE {DATABASE} IS '{gigabytes} GB';""", DATABASE)
    server.ask("VACUUM ANALYZE", DATABASE)


class PostgreSqlBenchmark(Benchmark):
    """Each tool, some runs, the medians."""

    def backups(self):
        custom, directory, repository = self.folder / "custom.dump", self.folder / "directory", self.folder / "repository"
        jobs = str(self.workers)
        backup = self.console("backup", f"{self.server.uri}/{DATABASE}", "--parallel", jobs)
        yield self.measure("pg_dump -Fc", self.clear(custom), self.server.program("pg_dump", "-Fc", "-d", DATABASE, "-f", str(custom)), custom)
        yield self.measure(
            f"pg_dump -Fd -j{jobs}", self.clear(directory),
            self.server.program("pg_dump", "-Fd", f"-j{jobs}", "-d", DATABASE, "-f", str(directory)), directory)
        yield self.measure(f"dataresilience backup --parallel {jobs}", self.new_repository(repository), backup, repository)
        yield self.measure("dataresilience backup, unchanged", lambda: None, backup)
        yield self.measure("dataresilience verify", lambda: None, self.console("verify", "--backup", "latest"))

    def restores(self):
        jobs = str(self.workers)

        def emptied(name, create):
            def prepare():
                self.server.drop(name)
                if create:
                    self.server.ask(f"CREATE DATABASE {name}")
            return prepare

        yield self.measure(
            f"pg_restore -j{jobs}", emptied("shop_pg_restore", True),
            self.server.program("pg_restore", f"-j{jobs}", "-d", "shop_pg_restore", str(self.folder / "directory")))
        yield self.measure(
            f"dataresilience restore --parallel {jobs}", emptied("shop_dataresilience", False),
            self.console("restore", f"{self.server.uri}/shop_dataresilience", "--backup", "latest", "--parallel", jobs))
        for name in ("shop_pg_restore", "shop_dataresilience"):
            self.server.drop(name)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_options(parser, VARIABLE)
    options = read_options(parser, VARIABLE)
    server = Server(options.server, options.bindir)
    make_shop(server, options.gigabytes)
    size = int(server.ask(f"SELECT pg_database_size('{DATABASE}')"))
    tables = int(server.ask("SELECT sum(pg_table_size(oid)) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace", DATABASE))
    print(f"PostgreSQL {server.ask('SHOW server_version')}, {DATABASE}: {tables / 1e6:,.0f} MB in tables, {size / 1e6:,.0f} MB with indexes; "
          f"{os.cpu_count()} processors, median of {options.runs}")
    with tempfile.TemporaryDirectory(prefix="dataresilience-benchmark-") as folder:
        benchmark = PostgreSqlBenchmark(server, folder, options.workers, options.runs)
        show("Backup", benchmark.backups())
        show("Restore", benchmark.restores())


if __name__ == "__main__":
    main()
