"""Runs a command and writes what it cost to a file: peak memory in kB, processor seconds, elapsed seconds.

The kernel counts the peak of a process to its very end, which nobody who looks from time to time can. One process of its
own does the looking, so that its only child is the command.
"""
import json
import resource
import subprocess
import sys
import time

begun = time.monotonic()
code = subprocess.run(sys.argv[2:]).returncode
elapsed = time.monotonic() - begun
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
with open(sys.argv[1], "w", encoding="utf-8") as report:
    json.dump({"PeakKilobytes": usage.ru_maxrss, "CpuSeconds": usage.ru_utime + usage.ru_stime, "ElapsedSeconds": elapsed}, report)
sys.exit(code)
