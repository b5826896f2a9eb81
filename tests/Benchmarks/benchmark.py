"""What the benchmarks of all engines have in common: timing a command, medians of some runs, a table."""
import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CONSOLE = ROOT / "src/DataResilience.Console/bin/Release/net10.0/dataresilience.dll"
DATABASE = "shop_benchmark"
ROWS_PER_GIGABYTE = {"users": 500_000, "products": 100_000, "orders": 3_000_000, "lines": 6_500_000}


class Run:
    """One command, timed."""

    def __init__(self, command, environment):
        # wait4 counts what this child and its waited-for children used, and nothing of the runs before.
        begun = time.monotonic()
        child = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        messages = child.stderr.read()
        _, status, usage = os.wait4(child.pid, 0)
        self.elapsed = time.monotonic() - begun
        self.cpu = usage.ru_utime + usage.ru_stime
        self.peak = usage.ru_maxrss / 1024
        if status != 0:
            sys.exit(f"{' '.join(map(str, command))} failed: {messages.decode(errors='replace')[-2000:]}")


def size_of(path):
    path = Path(path)
    return path.stat().st_size if path.is_file() else sum(item.stat().st_size for item in path.rglob("*") if item.is_file())


class Benchmark:
    """Each tool, some runs, the medians."""

    def __init__(self, server, folder, workers, runs):
        self.server, self.folder, self.workers, self.runs = server, Path(folder), workers, runs
        server.environment["DATARESILIENCE_STATE"] = str(self.folder / "state")

    def console(self, *arguments):
        repository = ["--repository", str(self.folder / "repository"), "--key-file", str(self.folder / "owner.key")]
        return ["dotnet", str(CONSOLE), *arguments, *repository]

    def measure(self, name, prepare, command, result=None):
        taken = []
        for _ in range(self.runs):
            prepare()
            taken.append(Run(command, self.server.environment))
        middle = {key: statistics.median(getattr(run, key) for run in taken) for key in ("elapsed", "cpu", "peak")}
        spread = f"{min(run.elapsed for run in taken):.1f}-{max(run.elapsed for run in taken):.1f}"
        return {"name": name, **middle, "spread": spread, "stored": size_of(result) if result else None}

    def clear(self, path):
        def prepare():
            shutil.rmtree(path, ignore_errors=True)
            if Path(path).is_file():
                Path(path).unlink()
        return prepare

    def new_repository(self, path):
        def prepare():
            shutil.rmtree(path, ignore_errors=True)
            (self.folder / "owner.key").unlink(missing_ok=True)
            subprocess.run(self.console("repository", "init"), env=self.server.environment, check=True, capture_output=True)
        return prepare


def show(title, results):
    results = list(results)
    base = results[0]["elapsed"]
    print(f"\n{title:44} {'elapsed s':>10} {'(all runs)':>12} {'CPU s':>8} {'peak MB':>8} {'stored MB':>10} {'ratio':>7}")
    for item in results:
        stored = f"{item['stored'] / 1e6:,.0f}" if item["stored"] is not None else ""
        print(f"{item['name']:44} {item['elapsed']:10.1f} {item['spread']:>12} {item['cpu']:8.1f} {item['peak']:8.0f} {stored:>10} {item['elapsed'] / base:7.2f}")


def add_options(parser, variable):
    """The options that every engine's benchmark has."""
    parser.add_argument("--server", default=os.environ.get(variable))
    parser.add_argument("--gigabytes", type=float, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--bindir")


def read_options(parser, variable):
    """Reads them, and fails where there is nothing to measure with."""
    options = parser.parse_args()
    if not options.server:
        parser.error(f"no server: give --server or set {variable} (bash tests/servers/start.sh starts one)")
    if not CONSOLE.is_file():
        parser.error("the console is not built: dotnet build -c Release")
    return options
