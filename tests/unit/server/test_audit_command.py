"""`run.py audit`: what it says of a trail that fits, of one that does not, and of a file it cannot open."""

import stat
from pathlib import Path

import pytest

from core.errors import SettingsError
from core.store import DataKey, FixedClock, open_store
from core.store.audit_key_file import read_audit_key
from core.store.sqlite import connect
from dashboard.server import audit_command
from dashboard.settings import Settings
from tests.store.encrypted import OLD, practice_with_key
from tests.store.entries import NOON


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SECURE_BASE_DATA", str(tmp_path))
    return tmp_path


@pytest.fixture
def key(folder: Path) -> DataKey:
    """An encrypted practice in the folder, closed."""
    return practice_with_key(folder / "practice.db", people=3)[0]


def run(*arguments: str, answers: tuple[str, ...] = (OLD,)) -> int:
    given = iter(answers)
    return audit_command.main(list(arguments), ask=lambda _: next(given))


def test_trail_that_fits_is_said_to_fit_with_its_figures(key, capsys):
    assert run("verify") == 0
    said = capsys.readouterr().out
    assert "Everything fits." in said
    assert "rows/s" in said
    assert "was never kept" in said


def test_changed_record_is_named(folder, key, capsys):
    path = folder / "practice.db"
    with_key = connect(path, key=key)
    with_key.execute("UPDATE client SET name = 'Somebody else' WHERE rowid = 2")
    with_key.close()
    assert run("verify") == 1
    said = capsys.readouterr().out
    assert "-> A client's details (client " in said
    assert "Does not fit: 1." in said
    assert "Somebody" not in said


def test_wrong_passphrase_is_refused_without_showing_it(key, capsys):
    assert run("verify", answers=("quite another passphrase",)) == 2
    said = capsys.readouterr()
    assert "do not open" in said.err
    assert "another" not in said.err + said.out


def test_recovery_code_opens_it_too(folder, capsys):
    _, code = practice_with_key(folder / "practice.db", people=1)
    assert run("verify", answers=("", code)) == 0


def test_practice_that_is_open_elsewhere_is_left_alone(folder, key, capsys):
    store = open_store(folder / "practice.db", clock=FixedClock(NOON), key=key)
    assert run("verify") == 2
    store.close()
    assert "open" in capsys.readouterr().err


def test_folder_without_a_practice_is_said(folder, capsys):
    assert run("verify") == 2
    assert "no practice" in capsys.readouterr().err


def test_key_for_a_server_is_made_for_its_owner_alone(folder, capsys):
    path = folder / "audit.key"
    assert run("make-key", str(path)) == 0
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert read_audit_key(path) is not None
    assert path.read_text().strip() not in capsys.readouterr().out
    assert run("make-key", str(path)) == 2


def test_key_file_of_a_server_is_a_setting(folder):
    given = {"SECURE_BASE_DATA": str(folder), "SECURE_BASE_AUDIT_KEY": str(folder / "audit.key")}
    assert Settings.from_environment(given).audit_key == folder / "audit.key"
    assert Settings.from_environment({"SECURE_BASE_DATA": str(folder)}).audit_key is None
    with pytest.raises(SettingsError, match="given as nothing"):
        Settings.from_environment({**given, "SECURE_BASE_AUDIT_KEY": " "})
