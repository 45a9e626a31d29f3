"""House rules that a tool does not know, read from the files themselves."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("core", "dashboard", "sample_data")
TOP_FILES = ("run.py", "pyproject.toml", ".ci/run", "dashboard/.streamlit/config.toml")
LONGEST_FILE = 300
MIGRATIONS = "core/store/migrations/versions/"  # one step of the database is one file, written once and never changed
CLOCK = "core/store/clock.py"
OWN_LOCKS = {"requirements.in": "requirements.txt", "requirements-dev.in": "requirements-dev.txt"}
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[a-z,]+\])?==([^ ;\\]+)", re.MULTILINE)


def python_files(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from sorted((ROOT / folder).rglob("*.py"))


def product_files() -> list[Path]:
    return [*python_files(*ROOMS), ROOT / "run.py"]


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def places(pattern: str, files: list[Path]) -> list[str]:
    """`file:line` of every line that `pattern` is found in."""
    wanted = re.compile(pattern)
    return [
        f"{shown(path)}:{number}"
        for path in files
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if wanted.search(line)
    ]


def test_no_file_is_longer_than_a_person_reads_at_once() -> None:
    lengths = {shown(path): len(path.read_text("utf-8").splitlines()) for path in product_files()}
    too_long = {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE}
    assert {name: lines for name, lines in too_long.items() if not name.startswith(MIGRATIONS)} == {}


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        (r"\bcache_(data|resource)\b", "what is cached is shared between the people who use the server"),
        (r"unsafe_allow_html", "what a client said would be run as markup"),
        (r"except\s+(Exception|BaseException)\b|except\s*:", "a fault would pass for an answer"),
        (r"\bpickle\b|\bmarshal\.loads?\b|(?<![.\w])eval\(|(?<![.\w])exec\(", "data would be run as a program"),
        (r"\bTODO\b|\bFIXME\b|\bXXX\b", "what is not done stands in an issue"),
    ],
)
def test_forbidden_way_of_writing_is_not_in_the_product(pattern: str, why: str) -> None:
    assert places(pattern, product_files()) == [], why


def test_only_the_clock_asks_what_time_it_is() -> None:
    asks = r"\b(datetime\.(now|utcnow|today)|date\.today|time\.time)\b"
    others = [path for path in product_files() if shown(path) != CLOCK]
    assert places(asks, others) == []


def test_no_file_names_a_package_host_or_a_place_on_one_machine() -> None:
    texts = [ROOT / name for name in (*TOP_FILES, *OWN_LOCKS, *OWN_LOCKS.values())]
    files = [path for path in [*product_files(), *python_files("tests"), *texts] if path != Path(__file__)]
    host = r"--(extra-)?index-url|--find-links|https?://[^\s\"']*(pypi|simple/|artifactory|nexus|jfrog)"
    machine = r"(?<![\w:/.])/(work|root|home|Users|opt|mnt)/"
    assert places(f"{host}|{machine}", files) == []


def test_no_folder_named_pages_stands_beside_the_script() -> None:
    # Streamlit would run its files directly, without the script that decides who may see them.
    assert not (ROOT / "dashboard" / "pages").exists()


@pytest.mark.parametrize("room", ["core", "dashboard", "sample_data", "tests"])
def test_no_room_has_a_name_that_says_nothing(room: str) -> None:
    empty_names = {"utils", "util", "helpers", "common", "misc", "manager", "data", "info", "base"}
    names = {part for path in python_files(room) for part in path.relative_to(ROOT).with_suffix("").parts}
    assert names & empty_names == set()


def test_every_test_is_named_by_a_sentence() -> None:
    short = [
        f"{shown(path)}: {node.name}"
        for path in python_files("tests")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and node.name.count("_") < 3
    ]
    assert short == []


def test_tests_wait_for_what_they_need_instead_of_sleeping_it_out() -> None:
    # A short sleep inside a loop that looks again is waiting; a long one is hoping.
    assert places(r"\bsleep\((?!0?\.0\d|0?\.1\b)", list(python_files("tests"))) == []


@pytest.mark.parametrize(("wanted", "lock"), OWN_LOCKS.items(), ids=OWN_LOCKS)
def test_lock_pins_everything_that_is_wanted_with_a_hash(wanted: str, lock: str) -> None:
    locked = (ROOT / lock).read_text("utf-8")
    pinned = {name.lower(): version for name, version in PIN.findall(locked)}
    for line in (ROOT / wanted).read_text("utf-8").splitlines():
        asked = re.match(r"([A-Za-z0-9._-]+)(?:\[[a-z,]+\])?(?:==(\S+))?$", line)
        if asked:
            assert asked[1].lower() in pinned, line
            assert asked[2] in (None, pinned[asked[1].lower()]), line
    entries = re.split(r"^(?=[a-z0-9])", locked, flags=re.MULTILINE)[1:]
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_both_locks_agree_on_every_package_they_share() -> None:
    running, testing = (set(PIN.findall((ROOT / lock).read_text("utf-8"))) for lock in OWN_LOCKS.values())
    assert running - testing == set()


def test_gate_of_the_clean_clone_is_the_command_that_people_give() -> None:
    commands = [line for line in (ROOT / ".ci" / "run").read_text("utf-8").splitlines() if "run.py" in line]
    assert commands == ["python3 run.py check --no-tests", "python3 run.py test"]
