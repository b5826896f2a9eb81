"""Adds up the reports of one test run, checks skips and the least number of tests, prints the closing line.

Usage: summary.py full|quick FOLDER. The folder holds xUnit reports (*.xml), JUnit reports of Pester and of the reader (*.junit.xml) and
two text files with one "name: reason" a line: skips (what could not be run at all) and errors (what failed beside the
tests). Exit code 0 only when nothing failed, every skip is allowed, and enough tests ran.
"""

import fnmatch
import pathlib
import sys
import xml.etree.ElementTree as ET

HERE = pathlib.Path(__file__).parent


def lines_of(path):
    """The lines of a text file that are neither empty nor a comment; none when there is no file."""
    if not path.exists():
        return []
    lines = (line.split("#", 1)[0].strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line]


class Report:
    """What one report, or one list of names, adds to the sum."""

    def __init__(self, name):
        self.name, self.passed, self.failed, self.skipped = name, 0, [], []

    def __str__(self):
        return f"{self.name}: {self.passed} passed, {len(self.failed)} failed, {len(self.skipped)} skipped"


def read_xunit(path):
    report = Report(path.stem)
    root = ET.parse(path).getroot()
    for test in root.iter("test"):
        result, name = test.get("result"), test.get("name")
        if result == "Pass":
            report.passed += 1
        elif result == "Fail":
            report.failed.append((name, (test.findtext("failure/message") or "").strip()))
        elif result == "Skip":
            report.skipped.append((name, (test.findtext("reason") or "").strip()))
    for error in root.iter("error"):  # a fixture that could not be made or disposed, a crash
        report.failed.append((f"{path.stem}: {error.get('type')} {error.get('name') or ''}".strip(),
                              (error.findtext("failure/message") or "").strip()))
    return report


def read_junit(path):
    report = Report(path.name.removesuffix(".junit.xml"))
    for test in ET.parse(path).getroot().iter("testcase"):
        name = f"{report.name}.{test.get('name')}"
        failure = test.find("failure") if test.find("failure") is not None else test.find("error")
        skip = test.find("skipped")
        if failure is not None:
            report.failed.append((name, failure.get("message") or (failure.text or "").strip()))
        elif skip is not None:
            report.skipped.append((name, skip.get("message") or ""))
        else:
            report.passed += 1
    return report


def read_reports(folder):
    for path in sorted(folder.glob("*.xml")):
        try:
            yield read_junit(path) if path.name.endswith(".junit.xml") else read_xunit(path)
        except ET.ParseError as error:
            broken = Report(path.name)
            broken.failed.append((path.name, f"a report that cannot be read: {error}"))
            yield broken
    beside = Report("beside the tests")
    beside.skipped = [split(line) for line in lines_of(folder / "skips")]
    beside.failed = [split(line) for line in lines_of(folder / "errors")]
    yield beside


def split(line):
    name, _, reason = line.partition(": ")
    return name, reason


def is_allowed(line, name, reason):
    """Whether a line of allowed-skips.txt, a pattern of names or "because: " and one of reasons, lets a skip pass."""
    if line.startswith("because: "):
        return fnmatch.fnmatchcase(reason, line.removeprefix("because: "))
    return fnmatch.fnmatchcase(name, line)


def least(mode):
    for line in lines_of(HERE / "minimum-tests.txt"):
        name, number = line.split()
        if name == mode:
            return int(number)
    raise SystemExit(f"tests/minimum-tests.txt has no number for {mode}")


def main(mode, folder):
    allowed = lines_of(HERE / "allowed-skips.txt")
    reports = list(read_reports(pathlib.Path(folder)))
    passed = sum(report.passed for report in reports)
    failed = [test for report in reports for test in report.failed]
    skipped = [test for report in reports for test in report.skipped]
    ok = not failed

    print("== Summary")
    for report in reports:
        print(report)
    for name, message in failed:
        print(f"FAILED {name}: {message}")
    for name, reason in skipped:
        if any(is_allowed(line, name, reason) for line in allowed):
            print(f"skipped {name}: {reason}")
        else:
            print(f"SKIPPED, and not listed in tests/allowed-skips.txt: {name}: {reason}")
            ok = False
    if passed + len(failed) < least(mode):
        print(f"TOO FEW TESTS RAN: {passed + len(failed)}, at least {least(mode)} expected (tests/minimum-tests.txt)")
        ok = False

    print(f"{passed} passed, {len(failed)} failed, {len(skipped)} skipped")
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
