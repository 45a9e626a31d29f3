"""A server on another computer is reached with TLS and a checked certificate, or nothing is sent to it at all."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL, make_url

from core.errors import UnusableDatabase
from core.store import FixedClock, open_store, server_demands
from core.store.postgresql import address, server_state
from tests.store.encrypted import audit_key
from tests.store.entries import NOON
from tests.tls_relay import NAME, Authority, authority, relay

SECRET = "s3cret"
pytestmark = pytest.mark.postgresql


@pytest.fixture
def trusted(tmp_path: Path) -> Authority:
    return authority(tmp_path, "trusted")


@pytest.fixture
def socket_file(postgresql_server: URL) -> Path:
    host = postgresql_server.query.get("host")
    if not isinstance(host, str) or not host.startswith("/"):
        pytest.skip("TEST_DATABASE_URL names a server without a socket of its own here")
    return Path(host) / ".s.PGSQL.5432"


@pytest.fixture
def tls(socket_file: Path, trusted: Authority) -> Iterator[int]:
    """The port of the server with TLS, as NAME, by an authority that is trusted."""
    with relay(socket_file, trusted) as made:
        yield made.port


def url_of(server: URL, port: int, host: str = NAME, **query: object) -> str:
    """The server as it would be named from another computer; `hostaddr` stands in for the name server."""
    url = server.set(host=host, port=port, password=SECRET)
    url = url.set(query={"hostaddr": "127.0.0.1", **{name: str(value) for name, value in query.items()}})
    return url.render_as_string(hide_password=False)


def refused(url: str) -> str:
    with pytest.raises(UnusableDatabase) as error:
        open_store(url, clock=FixedClock(NOON), audit_key=audit_key()).close()
    said = str(error.value)
    assert SECRET not in said
    assert error.value.__cause__ is error.value.__context__ is None
    return said


@pytest.mark.parametrize("mode", [None, "disable", "allow", "prefer", "require", "verify-ca"])
def test_less_than_a_checked_certificate_is_refused_before_a_byte_is_sent(postgresql_server, socket_file, mode):
    given = {} if mode is None else {"sslmode": mode}
    with relay(socket_file, None) as plain:
        said = refused(url_of(postgresql_server, plain.port, **given))
        assert plain.in_clear == 0
    assert f"sslmode is {mode or 'prefer'}. Only sslmode=verify-full is taken" in said
    assert "Nothing was opened or sent" in said


def test_checked_certificate_opens_the_practice(made_postgresql_url, tls, trusted):
    url = url_of(make_url(made_postgresql_url), tls, sslmode="verify-full", sslrootcert=trusted.file)
    store = open_store(url, clock=FixedClock(NOON), audit_key=audit_key())
    assert SECRET not in store.location_label
    assert store.practice() is None
    store.close()
    assert not server_state(url).is_this_computer


def test_certificate_of_somebody_else_is_refused(postgresql_server, tls, tmp_path):
    other = authority(tmp_path, "other")
    said = refused(url_of(postgresql_server, tls, sslmode="verify-full", sslrootcert=other.file))
    assert "nobody vouches for whom this computer trusts" in said
    assert "sslrootcert=PATH" in said


def test_certificate_of_another_host_is_refused(postgresql_server, tls, trusted):
    url = url_of(postgresql_server, tls, "elsewhere.example", sslmode="verify-full", sslrootcert=trusted.file)
    assert "a certificate for another host name" in refused(url)


def test_server_without_tls_is_refused(postgresql_server, socket_file, trusted):
    with relay(socket_file, None) as plain:
        url = url_of(postgresql_server, plain.port, sslmode="verify-full", sslrootcert=trusted.file)
        assert "offers no TLS" in refused(url)
        assert plain.in_clear == 0


def test_missing_file_of_the_authority_is_named_as_the_thing_to_mend(postgresql_server, tls, tmp_path):
    url = url_of(postgresql_server, tls, sslmode="verify-full", sslrootcert=tmp_path / "missing.crt")
    assert "there is no file with the certificate" in refused(url)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql:///records?host=/run/postgresql",
        "postgresql://localhost/records",
        "postgresql://127.0.0.1:5433/records",
        "postgresql://[::1]/records",
        "postgresql://db.example/records?sslmode=verify-full",
    ],
)
def test_this_computer_needs_no_tls_and_a_checked_one_elsewhere_is_taken(url, monkeypatch):
    monkeypatch.delenv("PGHOST", raising=False)
    assert address(url).database == "records"


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://192.168.1.20/records",
        "postgresql:///records?host=db.example",
        "postgresql://localhost/records?host=db.example",
        "postgresql:///records?host=/run/postgresql,db.example",
        "postgresql://localhost/records?hostaddr=192.168.1.20",
        "postgresql://db.example/records?hostaddr=127.0.0.1",
        "postgresql://localhost.db.example/records",
    ],
)
def test_every_way_of_naming_another_computer_is_seen(url):
    with pytest.raises(UnusableDatabase, match="is on another computer"):
        address(url)


def test_what_the_variables_of_the_driver_say_counts_too(monkeypatch):
    monkeypatch.setenv("PGHOST", "db.example")
    with pytest.raises(UnusableDatabase, match="is on another computer"):
        address("postgresql:///records")
    monkeypatch.setenv("PGSSLMODE", "verify-full")
    assert address("postgresql:///records")
    with pytest.raises(UnusableDatabase, match="sslmode is require"):
        address("postgresql:///records?sslmode=require")


def test_service_file_is_refused_since_it_cannot_be_looked_at():
    with pytest.raises(UnusableDatabase, match="service file"):
        address("postgresql:///records?service=clinic")


def test_secrets_of_the_address_are_not_shown():
    with pytest.raises(UnusableDatabase) as error:
        address(f"postgresql://me:{SECRET}@db.example/records?sslpassword={SECRET}2")
    assert SECRET not in str(error.value)


def test_server_that_is_too_old_is_refused_and_named(made_postgresql_url, monkeypatch):
    monkeypatch.setattr(server_demands, "OLDEST_SERVER", 99)
    assert "99 or newer is needed" in refused(made_postgresql_url)


def test_powers_of_the_role_beyond_what_is_needed_are_told(made_postgresql_url):
    state = server_state(made_postgresql_url)
    assert state.is_this_computer
    assert not state.encrypted
    assert any(each.startswith("superuser") for each in state.powers)
