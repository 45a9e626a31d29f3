"""What this process was told when it was started: read from the environment here and nowhere else."""

import difflib
import hashlib
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import platformdirs

from core.errors import SettingsError

PREFIX = "SECURE_BASE_"
KNOWN = ("DATA", "DEMO", "TODAY", "PORT", "BROWSER", "CHROMIUM", "AUDIT_KEY")
DATABASE_SCHEMES = ("postgresql", "postgresql+psycopg")
FIRST_YEAR, LAST_YEAR = 2000, 2099
OTHERS_MAY = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How this process was started.

    `today` replaces the clock's day and is only ever set together with `demo`. `database_url` is
    None for the SQLite file in `data_dir`; it may hold a password, so `repr` leaves it out. `audit_key` is the
    file that holds the key of a server's audit trail: without it nothing can be written to a server.
    """

    data_dir: Path
    demo: bool = False
    today: date | None = None
    port: int | None = None
    open_browser: bool = False
    database_url: str | None = field(default=None, repr=False)
    audit_key: Path | None = None

    def __post_init__(self) -> None:
        if self.today is not None and not self.demo:
            raise SettingsError(
                f"--today {self.today.isoformat()} was given without --demo. Another day than today is allowed in "
                "the synthetic practice only. Nothing was started. Add --demo, or leave --today out."
            )
        if self.today is not None and not FIRST_YEAR <= self.today.year <= LAST_YEAR:
            raise SettingsError(
                f"--today was given as {self.today.isoformat()}. A day of the years {FIRST_YEAR} to {LAST_YEAR} is "
                "needed, since the invented year lies before it. Nothing was started."
            )
        if self.port is not None and not 1 <= self.port <= 65535:
            raise SettingsError(
                f"The port {self.port} does not exist; 1024 to 65535 can be used. Nothing was started. "
                "Give another number after --port."
            )

    @property
    def database_shown(self) -> str:
        """The database in words that may be printed: a password in the address is masked."""
        return "SQLite file in the data folder" if self.database_url is None else masked(self.database_url)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> "Settings":
        """The settings of `environment` (default: the process's own).

        Raises:
            SettingsError: a variable that does not exist under our prefix, or a value that cannot be used.
        """
        given = os.environ if environment is None else environment
        _refuse_unknown(given)
        return cls(
            data_dir=_data_dir(given.get(PREFIX + "DATA")),
            demo=_switch(given, "DEMO"),
            today=_day(given.get(PREFIX + "TODAY")),
            port=_port(given.get(PREFIX + "PORT")),
            open_browser=_switch(given, "BROWSER"),
            database_url=_database_url(given.get("DATABASE_URL")),
            audit_key=_file(given.get(PREFIX + "AUDIT_KEY"), "The audit key file"),
        )


def default_data_dir() -> Path:
    """Where this user's data live when nothing else is said: never inside the program's own folder."""
    return platformdirs.user_data_path("secure-base", appauthor=False)


def folder_mark(data_dir: Path) -> str:
    """A short mark that is the same for the same data folder and does not tell its name."""
    return hashlib.sha256(str(data_dir.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:16]


def prepare_data_dir(folder: Path) -> Path:
    """Make `folder` for its owner alone (0700), prove by writing that it can be used, and return it.

    An existing folder that others may enter is tightened when it is empty and refused otherwise,
    so that a shared folder given by mistake is never closed to its other users.

    Raises:
        SettingsError: a file stands in the way, the folder cannot be made or written, or others may enter it.
    """
    if folder.exists() and not folder.is_dir():
        raise SettingsError(
            f"The data folder {folder} is a file. A folder is needed. Nothing was written. "
            "Give another place with --data."
        )
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _keep_private(folder)
        probe = folder / f".write-test-{os.getpid()}"
        probe.touch(mode=0o600)
        probe.unlink()
    except OSError as error:
        raise SettingsError(
            f"The data folder {folder} cannot be written ({os.strerror(error.errno or 0)}). Nothing was saved. "
            "Give a folder of your own with --data, or ask whoever looks after this computer to let you write there."
        ) from None
    return folder


def masked(address: str) -> str:
    """`address` with the password, when it holds one, replaced by stars."""
    parts = urlsplit(address)
    if "@" not in parts.netloc:
        return address if not parts.query else parts._replace(query="***").geturl()
    user, _, host = parts.netloc.rpartition("@")
    name = user.partition(":")[0]
    return parts._replace(netloc=f"{name}:***@{host}", query="***" if parts.query else "").geturl()


def _refuse_unknown(given: Mapping[str, str]) -> None:
    for variable in sorted(given):
        name = variable.removeprefix(PREFIX)
        if variable.startswith(PREFIX) and name not in KNOWN:
            near = difflib.get_close_matches(name, KNOWN, n=1)
            hint = f" Did you mean {PREFIX}{near[0]}?" if near else ""
            raise SettingsError(
                f"There is no setting {variable}; known are {', '.join(PREFIX + known for known in KNOWN)}. "
                f"Nothing was started.{hint}"
            )


def _data_dir(given: str | None) -> Path:
    if given is None:
        return default_data_dir()
    if not given.strip() or "\0" in given:
        raise SettingsError(
            "The data folder was given as nothing. The path of a folder is needed. Nothing was started. "
            "Name a folder after --data, or leave --data out."
        )
    return Path(given).expanduser().absolute()


def _file(given: str | None, what: str) -> Path | None:
    if given is None:
        return None
    if not given.strip() or "\0" in given:
        raise SettingsError(f"{what} was given as nothing. The path of a file is needed. Nothing was started.")
    return Path(given).expanduser().absolute()


def _switch(given: Mapping[str, str], name: str) -> bool:
    value = given.get(PREFIX + name, "")
    if value not in ("", "0", "1"):
        raise SettingsError(f"{PREFIX}{name} is {value!r}; 1 and 0 are allowed. Nothing was started.")
    return value == "1"


def _day(given: str | None) -> date | None:
    if not given:
        return None
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise SettingsError(
            f"--today was given as {given!r}. A day that exists is needed, written like 2026-05-21. "
            "Nothing was started."
        ) from None


def _port(given: str | None) -> int | None:
    if not given:
        return None
    if not given.isascii() or not given.isdigit():
        raise SettingsError(
            f"The port was given as {given!r}. A whole number from 1024 to 65535 is needed. Nothing was started."
        )
    return int(given[:9])


def _database_url(given: str | None) -> str | None:
    if given is None:
        return None
    try:
        parts = urlsplit(given)
        known_scheme = parts.scheme in DATABASE_SCHEMES and parts.port != 0
        usable = known_scheme and parts.netloc.count("@") <= 1 and parts.path.strip("/") != ""
    except ValueError:
        usable = False
    if not usable:
        raise SettingsError(
            "DATABASE_URL cannot be used. An address like postgresql://user@host/database is needed; an @ inside the "
            "password is written %40. Nothing was opened. Correct it, or remove it to use the file in the data folder."
        )
    return given


def _keep_private(folder: Path) -> None:
    if os.name != "posix":
        return
    mode = stat.S_IMODE(folder.stat().st_mode)
    if not mode & OTHERS_MAY:
        return
    if any(folder.iterdir()):
        raise SettingsError(
            f"The data folder {folder} is open to other users of this computer (mode {mode:04o}) and is not empty. "
            f"Nothing was written. Give an empty folder with --data, or close this one with: chmod 700 '{folder}'"
        )
    folder.chmod(0o700)
