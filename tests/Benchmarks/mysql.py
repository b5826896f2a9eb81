#!/usr/bin/env python3
"""Backup and restore of one MariaDB or MySQL database, against mysqldump and mydumper.

    python3 tests/Benchmarks/mysql.py [--server URI] [--gigabytes 1] [--workers 2] [--runs 3] [--bindir DIR]

Makes the database shop_benchmark once (about 1 GB in tables), then runs, in turn and on the same server: mysqldump piped into
gzip, mydumper with compression, dataresilience backup; the dump through the server's own client, myloader, dataresilience
restore; and, for information, a second backup of the unchanged database and its verification. Prints the median of the runs as a
table: elapsed seconds, CPU seconds of the client and what it started, peak memory of its largest process, bytes stored, and the
ratio of elapsed times to the first line.

The server is DATARESILIENCE_TEST_MARIADB unless one is given, and its password DATARESILIENCE_TEST_MARIADB_PASSWORD or MYSQL_PWD.
mydumper is a package of the distribution. The console must have been built: dotnet build -c Release.
"""
import argparse
import os
import shlex
import shutil
import subprocess
import tempfile
import urllib.parse
from pathlib import Path

from benchmark import DATABASE, ROWS_PER_GIGABYTE, Benchmark, add_options, read_options, show

VARIABLE = "DATARESILIENCE_TEST_MARIADB"


class Server:
    """The server and the programs that came with it."""

    def __init__(self, uri, bindir, folder):
        parts = urllib.parse.urlsplit(uri)
        self.uri = f"{parts.scheme}://{parts.username}@{parts.hostname}:{parts.port or 3306}"
        self.bindir = Path(bindir or os.environ.get(VARIABLE + "_BIN") or "/usr/bin")
        password = os.environ.get(VARIABLE + "_PASSWORD") or os.environ.get("MYSQL_PWD", "")
        self.environment = os.environ | {"MYSQL_PWD": password}
        # The others get it from a file that nobody else reads.
        self.options = Path(folder) / "client.cnf"
        self.options.touch(mode=0o600)
        section = f"host={parts.hostname}\nport={parts.port or 3306}\nuser={parts.username}\npassword={password}\nprotocol=tcp\n"
        self.options.write_text(f"[client]\n{section}[mydumper]\n{section}[myloader]\n{section}")
        self.address = ["-h", parts.hostname, "-P", str(parts.port or 3306), "-u", parts.username, "-p", password]

    def program(self, *names):
        """The first of some programs that is there."""
        found = [path for name in names if (path := self.bindir / name).exists()]
        return [str(found[0] if found else shutil.which(names[0])), f"--defaults-file={self.options}"]

    def client(self):
        return self.program("mariadb", "mysql")

    def ask(self, sql, database=""):
        command = [*self.client(), "--batch", "--skip-column-names", *([database] if database else [])]
        return subprocess.run(command, input=sql, env=self.environment, check=True, capture_output=True, text=True).stdout.strip()

    def drop(self, database):
        self.ask(f"DROP DATABASE IF EXISTS {database}")


def make_shop(server, gigabytes):
    """A shop as shops have it: keys, foreign keys, indexes, text that compresses about as text does."""
    mark = f"SELECT count(*) FROM information_schema.tables WHERE table_schema = '{DATABASE}' AND table_comment = '{gigabytes} GB'"
    if server.ask(mark) == "1":
        return
    server.drop(DATABASE)
    rows = {name: int(count * gigabytes) for name, count in ROWS_PER_GIGABYTE.items()}
    most = max(rows.values())
    server.ask(f"CREATE DATABASE {DATABASE} CHARACTER SET utf8mb4")
    server.ask("CREATE TABLE seed(i bigint PRIMARY KEY); INSERT INTO seed VALUES (0)", DATABASE)
    count = 1
    while count < most:
        server.ask(f"INSERT INTO seed SELECT i + {count} FROM seed WHERE i + {count} < {most}", DATABASE)
        count *= 2
    server.ask(f"""
        CREATE TABLE users(id bigint PRIMARY KEY, name varchar(100) NOT NULL, mail varchar(100) NOT NULL, born date, seen timestamp NULL);
        CREATE TABLE products(id bigint PRIMARY KEY, name varchar(100) NOT NULL, price decimal(10,2), description text, attributes json);
        CREATE TABLE orders(id bigint PRIMARY KEY, user_id bigint NOT NULL, placed timestamp NOT NULL, state varchar(10), address varchar(100));
        CREATE TABLE `lines`(order_id bigint NOT NULL, line int NOT NULL, product_id bigint NOT NULL, amount int, price decimal(10,2), note varchar(40),
            PRIMARY KEY (order_id, line));
        INSERT INTO users SELECT i + 1, CONCAT('User ', md5(i)), CONCAT(md5(i * 7), '@example.com'), date '1950-01-01' + interval i % 20000 day,
            timestamp '2020-01-01 00:00:00' + interval i * 37 second FROM seed WHERE i < {rows['users']};
        INSERT INTO products SELECT i + 1, CONCAT('Product ', i), i % 10000 / 100, repeat(CONCAT(md5(i), ' '), 8),
            json_object('colour', elt(i % 3 + 1, 'red', 'green', 'blue'), 'weight', i % 977, 'code', md5(i * 3)) FROM seed WHERE i < {rows['products']};
        INSERT INTO orders SELECT i + 1, i % {rows['users']} + 1, timestamp '2021-01-01 00:00:00' + interval i * 11 second,
            elt(i % 4 + 1, 'new', 'paid', 'sent', 'returned'), CONCAT(md5(i * 13), ' Street ', i % 999) FROM seed WHERE i < {rows['orders']};
        INSERT INTO `lines` SELECT i DIV 3 + 1, i % 3, i * 31 % {rows['products']} + 1, i % 9 + 1, i % 10000 / 100,
            CASE WHEN i % 5 = 0 THEN md5(i) END FROM seed WHERE i < least({rows['lines']}, {rows['orders']} * 3 - 3);
        DROP TABLE seed;
        CREATE INDEX by_user ON orders(user_id);
        CREATE INDEX by_product ON `lines`(product_id);
        ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users(id);
        ALTER TABLE `lines` ADD FOREIGN KEY (order_id) REFERENCES orders(id), ADD FOREIGN KEY (product_id) REFERENCES products(id);
        ANALYZE TABLE users, products, orders, `lines`;
        ALTER TABLE users COMMENT '{gigabytes} GB';""", DATABASE)


class MySqlBenchmark(Benchmark):
    """Each tool, some runs, the medians."""

    def backups(self):
        dump, directory, repository = self.folder / "dump.sql.gz", self.folder / "mydumper", self.folder / "repository"
        jobs = str(self.workers)
        text = [*self.server.program("mariadb-dump", "mysqldump"), "--single-transaction", "--quick", "--routines", "--events", DATABASE]
        piped = ["bash", "-o", "pipefail", "-c", f"{shlex.join(text)} | gzip -1 > {shlex.quote(str(dump))}"]
        backup = self.console("backup", f"{self.server.uri}/{DATABASE}", "--parallel", jobs)
        yield self.measure("mysqldump | gzip -1", self.clear(dump), piped, dump)
        yield self.measure(
            f"mydumper -t {jobs} --compress", self.clear(directory),
            ["mydumper", f"--defaults-file={self.server.options}", *self.server.address, "-B", DATABASE, "-t", jobs, "--compress",
             "--rows", "500000", "--triggers", "--events", "--routines", "-o", str(directory)], directory)
        yield self.measure(f"dataresilience backup --parallel {jobs}", self.new_repository(repository), backup, repository)
        yield self.measure("dataresilience backup, unchanged", lambda: None, backup)
        yield self.measure("dataresilience verify", lambda: None, self.console("verify", "--backup", "latest"))

    def restores(self):
        jobs = str(self.workers)
        dump, directory = self.folder / "dump.sql.gz", self.folder / "mydumper"

        def emptied(name, create):
            def prepare():
                self.server.drop(name)
                if create:
                    self.server.ask(f"CREATE DATABASE {name}")
            return prepare

        piped = ["bash", "-o", "pipefail", "-c",
                 f"gzip -dc {shlex.quote(str(dump))} | {shlex.join([*self.server.client(), 'shop_dump'])}"]
        yield self.measure("the dump through the client", emptied("shop_dump", True), piped)
        yield self.measure(
            f"myloader -t {jobs}", emptied("shop_myloader", False),
            ["myloader", f"--defaults-file={self.server.options}", *self.server.address, "-s", DATABASE, "-B", "shop_myloader", "-t", jobs,
             "-d", str(directory)])
        yield self.measure(
            f"dataresilience restore --parallel {jobs}", emptied("shop_dataresilience", False),
            self.console("restore", f"{self.server.uri}/shop_dataresilience", "--backup", "latest", "--parallel", jobs))
        for name in ("shop_dump", "shop_myloader", "shop_dataresilience"):
            self.server.drop(name)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_options(parser, VARIABLE)
    options = read_options(parser, VARIABLE)
    with tempfile.TemporaryDirectory(prefix="dataresilience-benchmark-") as folder:
        server = Server(options.server, options.bindir, folder)
        make_shop(server, options.gigabytes)
        size = "SELECT sum({0}) FROM information_schema.tables WHERE table_schema = '" + DATABASE + "'"
        tables, indexes = (int(server.ask(size.format(column))) for column in ("data_length", "index_length"))
        print(f"{server.ask('SELECT version()')}, {DATABASE}: {tables / 1e6:,.0f} MB in tables, {(tables + indexes) / 1e6:,.0f} MB with indexes; "
              f"{os.cpu_count()} processors, median of {options.runs}")
        benchmark = MySqlBenchmark(server, folder, options.workers, options.runs)
        show("Backup", benchmark.backups())
        show("Restore", benchmark.restores())


if __name__ == "__main__":
    main()
