#!/usr/bin/env python3
"""The one command: makes the program's own Python environment when it has to, then starts, tests or checks.

Needs only Python's standard library. It must be readable for old Pythons too, so that they can say what is missing.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP, INSTALL_LOG = VENV / "secure-base.json", VENV / "install.log"
RUN_LOCK, TEST_LOCK = "requirements.txt", "requirements-dev.txt"
OLDEST, NEWEST = (3, 11), (3, 14)
IS_SUPPORTED = f"{OLDEST} <= sys.version_info[:2] <= {NEWEST}"
PROGRAMS = {name: (RUN_LOCK, f"dashboard.server.{name}_command") for name in ("audit", "backup", "restore")}
PROGRAMS["pictures"] = (TEST_LOCK, "tests.pictures")
COMMANDS = ("start", "test", "check", "doctor", "lock", *PROGRAMS)
REFUSED, STOPPED_BY_KEYBOARD = 2, 130
CHANGED_PYTHON = "RUN_PY_CHANGED_PYTHON"

SAYS = {
    "python": "This is Python {have}. Secure Base runs on Python 3.11 to 3.14, and none of them was found on this "
    "computer. Nothing was installed. Install Python 3.13 from python.org or from your system's packages, then "
    "give the same command again.",
    "venv": "Python {have} has no working venv module, which is needed to make the program's own environment. "
    "Nothing was installed. On Debian or Ubuntu give: sudo apt install python{have}-venv",
    "foreign": "{path} is there and is not an environment that Python made. It was not touched. Move it away, then "
    "give the same command again.",
    "unwritable": "The program's folder {path} cannot be written ({why}), and its environment has to be made in it. "
    "Nothing was installed. Copy the program to a folder of your own and start it there.",
    "network": "The packages could not be fetched: the package index does not answer. Your records were not touched. "
    "Check the connection to the internet, or the proxy, and give the same command again.",
    "install": "The packages could not be installed. Your records were not touched. What the installer said stands "
    "in {log}; give the same command again once that is mended.",
    "missing": "{path} is missing, so this copy of the program is not complete. Nothing was started. Fetch it again.",
    "usage": "{problem}. Nothing was started. What can be given is shown by: {command} --help",
    "stopped": "Stopped with Ctrl-C before it was done. Your records were not touched; the same command goes on.",
    "uv": "Locks are made with uv, which was not found. Nothing was changed. Install it with: pip install uv",
    "nothing set up": "The program's own environment is not made yet. Make it with: {command}",
}


class Refusal(Exception):
    """One sentence for the person at the terminal; the program ends with it."""

    def __init__(self, sentence: str, **values: object) -> None:
        super().__init__(SAYS[sentence].format(**values))


class Options(argparse.ArgumentParser):
    """A parser that refuses in our own words."""

    def error(self, message: str) -> NoReturn:
        """Turn what argparse found into one sentence of ours."""
        problem = message[:1].upper() + message[1:]
        raise Refusal("usage", problem=problem, command=_command())


def main(arguments: list[str]) -> int:
    """Do what `arguments` ask for. Returns the exit code: 0 is good, 2 is a refusal."""
    try:
        if not OLDEST <= sys.version_info[:2] <= NEWEST:
            return _go_on_with_another_python(arguments)
        command = arguments[0] if arguments and arguments[0] in COMMANDS else "start"
        rest = arguments[1:] if arguments and arguments[0] in COMMANDS else arguments
        if command in PROGRAMS:
            return program(*PROGRAMS[command], rest)
        return {"start": start, "test": test, "check": check, "doctor": doctor, "lock": lock}[command](rest)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        print("\n" + SAYS["stopped"], file=sys.stderr)
        return STOPPED_BY_KEYBOARD


def start(rest: list[str]) -> int:
    """Start the program, or open the browser on the one that already runs on this data folder."""
    environment = _start_environment(_start_options(rest))
    _set_up(RUN_LOCK)
    os.chdir(ROOT)
    return _become([str(PYTHON), "-m", "dashboard"], environment)


def test(rest: list[str]) -> int:
    """Run every test, in parallel; further arguments go to pytest as they are."""
    _set_up(TEST_LOCK)
    environment = _clean_environment()
    _call(["-m", "tests.chromium", "--install"], environment)
    by_hand = any(word in rest for word in ("-n", "-n0", "--pdb"))
    # In the order of the folders, browser tests first: by number of tests their few long ones would come last, alone.
    parallel = [] if by_hand else ["-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder"]
    return _call(["-m", "pytest", *parallel, *rest], environment)


def check(rest: list[str]) -> int:
    """The fast gate: style, types, the import rule, unit and spec tests. All of it runs, whatever fails."""
    if rest not in ([], ["--no-tests"]):
        raise Refusal("usage", problem="After check --no-tests can come, not " + " ".join(rest), command=_command())
    _set_up(TEST_LOCK)
    rooms = [room for room in ("core", "dashboard", "sample_data") if (ROOT / room).is_dir()]
    folders = [folder for folder in ("tests/unit", "tests/spec", "tests/test_house.py") if (ROOT / folder).exists()]
    steps = {
        "ruff check": ["-m", "ruff", "check", "."],
        "ruff format": ["-m", "ruff", "format", "--check", "."],
        "mypy": ["-m", "mypy", "run.py", *rooms],
        "import rule": ["-c", "from importlinter.cli import lint_imports_command as lint; lint()"],
        **({} if rest else {"unit and spec tests": ["-m", "pytest", "-q", "-n", "auto", *folders]}),
    }
    failed = []
    for name, step in steps.items():
        print(f"== {name}", flush=True)
        if _call(step, _clean_environment()) != 0:
            failed.append(name)
    print("Failed: " + ", ".join(failed) if failed else "All good: " + ", ".join(steps))
    return 1 if failed else 0


def doctor(rest: list[str]) -> int:
    """Say what is there and what is wrong. Changes nothing; the exit code is not 0 when something is wrong."""
    environment = _start_environment(_start_options(rest))
    print("Python      {} ({})".format(sys.version.split()[0], sys.executable), flush=True)
    if not _is_set_up(RUN_LOCK) and not _is_set_up(TEST_LOCK):
        print("Environment " + SAYS["nothing set up"].format(command=_command()))
        return 1
    return _call(["-m", "dashboard.server.doctor"], environment)


def program(lock_name: str, module: str, rest: list[str]) -> int:
    """Hand `rest` to a program of ours: pictures of every screen, the trail's check, a backup or its restoring."""
    _set_up(lock_name)
    if lock_name == TEST_LOCK:
        return _call(["-m", module, *rest], _clean_environment())
    command = [str(PYTHON), "-P", "-m", module, *rest]  # not moved to our folder: paths are named from where one stands
    return subprocess.call(command, env={**os.environ, "PYTHONPATH": str(ROOT)})


def lock(rest: list[str]) -> int:
    """Make both locks again, for every supported Python and system; further arguments go to uv (--upgrade)."""
    uv = shutil.which("uv")
    if uv is None:
        raise Refusal("uv")
    common = [uv, "pip", "compile", "--quiet", "--universal", "--generate-hashes", "--no-header", *rest]
    common += ["--python-version", "{}.{}".format(*OLDEST)]
    locks = (("requirements.in", [RUN_LOCK]), ("requirements-dev.in", [TEST_LOCK, "-c", RUN_LOCK]))
    codes = (subprocess.call([*common, wanted, "-o", *made], cwd=str(ROOT)) for wanted, made in locks)
    return next(filter(None, codes), 0)


def _start_options(rest: list[str]) -> argparse.Namespace:
    parser = Options(
        prog=_command(),
        description="Start Secure Base on this computer and open the browser on it.",
        epilog="Other commands: backup, restore, audit verify, doctor, test [pytest arguments], check, lock, pictures.",
        allow_abbrev=False,
    )
    parser.add_argument("--demo", action="store_true", help="go straight to the synthetic practice")
    parser.add_argument("--port", help="the port to answer on (8765, or the next free one)")
    parser.add_argument("--data", metavar="DIR", help="the folder that holds the records")
    parser.add_argument("--no-browser", action="store_true", help="do not open the browser")
    parser.add_argument("--today", metavar="YYYY-MM-DD", help="pretend it is this day; with --demo only")
    return parser.parse_args(rest)


def _start_environment(options: argparse.Namespace) -> dict[str, str]:
    # What the options say is judged in one place, dashboard/settings.py; here they are only handed on.
    environment = dict(os.environ)
    environment["SECURE_BASE_BROWSER"] = "0" if options.no_browser else "1"
    if options.demo:
        environment["SECURE_BASE_DEMO"] = "1"
    for name, value in (("PORT", options.port), ("TODAY", options.today), ("DATA", options.data)):
        if value is not None:
            environment["SECURE_BASE_" + name] = value or " "
    if environment.get("SECURE_BASE_DATA", "").strip():
        environment["SECURE_BASE_DATA"] = os.path.abspath(os.path.expanduser(environment["SECURE_BASE_DATA"]))
    return environment


def _clean_environment() -> dict[str, str]:
    left_out = ("DATABASE_URL", "SECURE_BASE_DATA", "SECURE_BASE_DEMO", "SECURE_BASE_TODAY", "SECURE_BASE_PORT")
    return {name: value for name, value in os.environ.items() if name not in left_out}


def _set_up(lock_name: str) -> None:
    if not (ROOT / lock_name).is_file():
        raise Refusal("missing", path=ROOT / lock_name)
    if _is_set_up(lock_name):
        return
    print("Setting up Secure Base in its own environment. This is done once and takes about a minute.", flush=True)
    try:
        _make_environment()
        _install(lock_name)
        _write_stamp(lock_name)
    except OSError as error:
        raise Refusal("unwritable", path=ROOT, why=error.strerror or error) from None


def _is_set_up(lock_name: str) -> bool:
    return PYTHON.exists() and _read_stamp().get(lock_name) == _fingerprint(lock_name)


def _make_environment() -> None:
    if PYTHON.exists() and _works([str(PYTHON), "-c", f"import pip, sys; sys.exit(not {IS_SUPPORTED})"]):
        return
    is_ours = not VENV.exists() or (VENV / "pyvenv.cfg").exists() or (VENV.is_dir() and not any(VENV.iterdir()))
    if not is_ours:
        raise Refusal("foreign", path=VENV)
    have = "{}.{}".format(*sys.version_info[:2])
    VENV.mkdir(exist_ok=True)
    if not _works([sys.executable, "-c", "import ensurepip, venv"]):
        raise Refusal("venv", have=have)
    if not _works([sys.executable, "-m", "venv", "--clear", str(VENV)]):
        raise Refusal("venv", have=have)


def _install(lock_name: str) -> None:
    wanted = ["--require-hashes", "--only-binary", ":all:", "-r", str(ROOT / lock_name)]
    uv = shutil.which("uv")
    if uv and _works([uv, "pip", "install", "--quiet", "--python", str(PYTHON), *wanted]):
        return
    pip = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", *wanted]
    done = subprocess.run(pip, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=str(ROOT), check=False)
    if done.returncode == 0:
        return
    INSTALL_LOG.write_bytes(done.stdout)
    if any(sign in done.stdout.lower() for sign in (b"connection", b"name resolution", b"proxy", b"timed out")):
        raise Refusal("network")
    raise Refusal("install", log=INSTALL_LOG)


def _fingerprint(lock_name: str) -> str:
    parts = [(ROOT / lock_name).read_bytes(), (VENV / "pyvenv.cfg").read_bytes()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _read_stamp() -> dict[str, str]:
    try:
        stamp = json.loads(STAMP.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def _write_stamp(lock_name: str) -> None:
    # Installing one lock can move packages of the other, so only the last one counts; the test lock holds both.
    names = (RUN_LOCK, TEST_LOCK) if lock_name == TEST_LOCK else (RUN_LOCK,)
    STAMP.write_text(json.dumps({name: _fingerprint(name) for name in names}), "utf-8")


def _go_on_with_another_python(arguments: list[str]) -> int:
    have = "{}.{}".format(*sys.version_info[:2])
    if os.environ.get(CHANGED_PYTHON):
        raise Refusal("python", have=have)
    probe = f"import sys, venv; sys.exit(not {IS_SUPPORTED})"
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        for candidate in (["python3.{}".format(minor)], ["py", "-3.{}".format(minor)]):
            if shutil.which(candidate[0]) and _works([*candidate, "-c", probe]):
                print("Python {} is not supported; going on with {}.".format(have, " ".join(candidate)), flush=True)
                environment = {**os.environ, CHANGED_PYTHON: "1"}
                return _become([*candidate, str(Path(__file__).resolve()), *arguments], environment)
    raise Refusal("python", have=have)


def _works(command: list[str]) -> bool:
    try:
        quiet = subprocess.DEVNULL
        return subprocess.run(command, stdout=quiet, stderr=quiet, check=False).returncode == 0
    except OSError:
        return False


def _call(arguments: list[str], environment: dict[str, str]) -> int:
    return subprocess.call([str(PYTHON), *arguments], cwd=str(ROOT), env=environment)


def _become(command: list[str], environment: dict[str, str]) -> int:
    # The new program takes this one's place, so that Ctrl-C and the exit code are its own. Windows cannot do that.
    sys.stdout.flush()
    if os.name != "nt":
        os.execvpe(command[0], command, environment)
    return subprocess.call(command, env=environment)


def _command() -> str:
    return "py run.py" if os.name == "nt" else "python3 run.py"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
