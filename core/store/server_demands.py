"""What is demanded of a PostgreSQL server before anything is sent to it, and what is told of the role we have there."""

import ipaddress
from dataclasses import dataclass
from typing import Final

import psycopg
from sqlalchemy import URL, Connection, text

from core.errors import UnusableDatabase

OLDEST_SERVER: Final = 14
"""The oldest version that its makers still mend in 2026. Source: the versioning policy of postgresql.org."""

VERIFIED: Final = "verify-full"
_SECRETS: Final = ("password", "sslpassword")
_ROLE: Final = text(
    "SELECT rolsuper, rolbypassrls, rolcreaterole, rolreplication FROM pg_roles WHERE rolname = current_user"
)
_ENCRYPTED: Final = text("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
_POWERS: Final = (
    "superuser: it may read every database and run programs on the server",
    "BYPASSRLS: no row-level security holds it",
    "CREATEROLE: it may make and change other roles",
    "REPLICATION: it may copy the whole server",
)
_TLS_FAULTS: Final = (
    ("does not support SSL", "offers no TLS. Switch it on there (ssl = on, with a certificate)"),
    (
        "does not match host name",
        "shows a certificate for another host name. Give the host as it stands in the certificate",
    ),
    (
        "root certificate file",
        "cannot be checked: there is no file with the certificate of who vouches for it. Name that file with "
        "sslrootcert=PATH in the address, or sslrootcert=system for those of this computer",
    ),
    (
        "certificate verify failed",
        "shows a certificate that nobody vouches for whom this computer trusts. Name the right file with "
        "sslrootcert=PATH in the address",
    ),
)


@dataclass(frozen=True, kw_only=True)
class ServerState:
    """How the server is reached, for the doctor: `powers` are those of our role that it does not need."""

    version: str
    is_this_computer: bool
    encrypted: bool
    powers: tuple[str, ...]


def masked(url: URL) -> str:
    """The address without its secrets, as it may be shown."""
    return url.set(drivername="postgresql").difference_update_query(_SECRETS).render_as_string(hide_password=True)


def refuse_unguarded(url: URL) -> None:
    """Raise `UnusableDatabase` for a server on another computer unless TLS with a checked certificate is demanded.

    What libpq takes from its own variables (PGHOST, PGSSLMODE) counts as well. Less than `verify-full` leaves open
    who answers: `require` checks no certificate, and with `verify-ca` any host of the same authority would do.
    """
    effective = _effective(url)
    if effective.get("service"):
        raise UnusableDatabase(
            f"{masked(url)} takes its settings from a service file, which cannot be looked at before. Nothing was "
            "opened or sent; write host and sslmode into the address."
        )
    mode = effective.get("sslmode") or "prefer"
    if _is_this_computer(effective) or mode == VERIFIED:
        return
    raise UnusableDatabase(
        f"{masked(url)} is on another computer, and sslmode is {mode}. Only sslmode={VERIFIED} is taken there: "
        "otherwise the records could be read on the way, or somebody else could answer. Nothing was opened or sent; "
        f"add ?sslmode={VERIFIED} to the address, and sslrootcert=PATH for an authority of your own."
    )


def is_this_computer(url: URL) -> bool:
    """Whether the address leads to this computer alone, by a socket in the file system or the loopback address."""
    return _is_this_computer(_effective(url))


def refuse_old(version: int, label: str) -> None:
    """Raise `UnusableDatabase` for a server of before `OLDEST_SERVER`; `version` as PostgreSQL counts, 150018."""
    if version // 10_000 < OLDEST_SERVER:
        raise UnusableDatabase(
            f"{label} is PostgreSQL {version // 10_000}; {OLDEST_SERVER} or newer is needed, since older ones are not "
            "mended any more. Nothing was changed; bring the server up to date."
        )


def tls_problem(label: str, words: str) -> UnusableDatabase | None:
    """The sentence for a connection that failed for want of TLS, told from the driver's own words."""
    for sign, said in _TLS_FAULTS:
        if sign in words:
            return UnusableDatabase(f"{label} {said}. Nothing was sent to it, and nothing was changed.")
    return None


def state_of(connection: Connection, url: URL) -> ServerState:
    """How the server at the other end is."""
    row = connection.execute(_ROLE).one()
    return ServerState(
        version=str(connection.execute(text("SHOW server_version")).scalar_one()),
        is_this_computer=is_this_computer(url),
        encrypted=bool(connection.execute(_ENCRYPTED).scalar_one_or_none()),
        powers=tuple(words for held, words in zip(row, _POWERS, strict=True) if held),
    )


def _effective(url: URL) -> dict[str, str]:
    """What libpq will go by: its defaults with its variables, and what the address says in their place."""
    defaults = {each.keyword.decode(): each.val.decode() for each in psycopg.pq.Conninfo.get_defaults() if each.val}
    query = {name: ",".join(value) if isinstance(value, tuple) else value for name, value in url.query.items()}
    own = {"host": ",".join(filter(None, (url.host, query.pop("host", None)))), **query}
    if own["host"] and "hostaddr" not in own:
        defaults.pop("hostaddr", None)
    return {**defaults, **{name: value for name, value in own.items() if value}}


def _is_this_computer(effective: dict[str, str]) -> bool:
    named = [each for name in ("host", "hostaddr") for each in effective.get(name, "").split(",") if each]
    return all(each.startswith(("/", "@")) or each == "localhost" or _is_loopback(each) for each in named)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
