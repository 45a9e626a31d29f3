"""`python3 run.py doctor`: what is there on this computer, and what is wrong with it. Changes no record."""

import getpass
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from core.errors import SettingsError
from core.store import Clock, SystemClock
from core.store.derivation import USUAL_COST, Cost
from dashboard.server.asked_keys import Ask
from dashboard.server.doctor_folder import examine_folder
from dashboard.server.doctor_records import examine_records
from dashboard.server.findings import Finding
from dashboard.server.given_options import PUT_OFF, config_files, given_options, unsafe_options
from dashboard.server.running import find_running
from dashboard.settings import Settings

PACKAGES: Final = (
    "streamlit",
    "pandas",
    "plotly",
    "sqlalchemy",
    "alembic",
    "psycopg",
    "pydantic",
    "sqlcipher3",
    "argon2-cffi",
    "cryptography",
    "pyzipper",
    "pyotp",
    "qrcode",
)
BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def examine(settings: Settings, ask: Ask | None, clock: Clock, *, cost: Cost = USUAL_COST) -> Iterator[Finding]:
    """Everything worth knowing, in the order in which it is printed; `ask` is `None` where nobody can be asked."""
    yield from _packages()
    yield from examine_options(os.environ, Path.home(), Path.cwd())
    yield from examine_folder(settings.data_dir, clock.now())
    yield Finding(about="Database", found=settings.database_shown)
    running = find_running(settings.data_dir)
    yield Finding(about="Server", found=f"running at {running.url}" if running else "not running on this data folder")
    yield from examine_records(settings, ask, clock, cost=cost)
    yield from _test_tools()


def main(ask: Ask | None = None, clock: Clock | None = None, *, cost: Cost = USUAL_COST) -> int:
    """Print the report, each line as it is found. Returns 0, or 1 when something is wrong."""
    if ask is None and sys.stdin.isatty():
        ask = getpass.getpass
    wrong = noticed = 0
    for finding in _all(ask, clock or SystemClock(), cost):
        print(f"{finding.about:<11} {finding.found}", flush=True)
        for said in filter(None, (finding.wrong, finding.notice)):
            print(f"{'':<11} {'->' if said == finding.wrong else '  '} {said}", flush=True)
        wrong, noticed = wrong + bool(finding.wrong), noticed + bool(finding.notice)
    also = f" Worth knowing: {noticed}." if noticed else ""
    print(("Nothing is wrong." if not wrong else f"Things to mend: {wrong}.") + also)
    return 1 if wrong else 0


def examine_options(environment: Mapping[str, str], home: Path, folder: Path) -> Iterator[Finding]:
    """What was given of Streamlit's options: those that refuse a start, and those that are put off."""
    given = given_options(environment, config_files(home, folder))
    refused = [(rule.option, said) for rule, said in unsafe_options(given)]
    for option, said in refused:
        yield Finding(about="Option", found=f"{option} refuses a start", wrong=said)
    for rule, _ in unsafe_options(given, PUT_OFF):
        yield Finding(
            about="Option",
            found=f"{rule.option} is given as {given[rule.option].value!r} in {given[rule.option].source}",
            notice=f"The program puts it to {rule.allowed}: otherwise {rule.why}.",
        )
    if not refused:
        yield Finding(about="Options", found="nothing dangerous was given; this computer alone is answered")


def _all(ask: Ask | None, clock: Clock, cost: Cost) -> Iterator[Finding]:
    try:
        settings = Settings.from_environment()
    except SettingsError as error:
        yield Finding(about="Settings", found="cannot be used", wrong=str(error))
        return
    yield from examine(settings, ask, clock, cost=cost)


def _packages() -> Iterator[Finding]:
    for name in PACKAGES:
        try:
            yield Finding(about=name, found=version(name))
        except PackageNotFoundError:
            yield Finding(about=name, found="not installed", wrong="Start the program once: python3 run.py")


def _test_tools() -> Iterator[Finding]:
    browser = os.environ.get("SECURE_BASE_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    yield Finding(about="Chromium", found=browser or "not on the path (only browser tests need it)")
    server = shutil.which("postgres") or shutil.which("initdb")
    yield Finding(about="PostgreSQL", found=server or "not on the path (the tests bring their own)")


if __name__ == "__main__":
    sys.exit(main())
