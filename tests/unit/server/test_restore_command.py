"""`run.py backup` and `run.py restore`: what they make, what they say, and what they refuse to touch."""

from pathlib import Path

import pytest

from core.errors import OlderFile
from core.model.access import Role
from core.model.audit import Action
from core.store import FixedClock, KeyHolder, PracticeKeys, accounts, audit, open_store
from core.store.key_file import key_path_of
from dashboard import door as door_module
from dashboard.door import Door
from dashboard.server import backup_command, restore_command
from dashboard.settings import Settings
from tests.store.encrypted import CANARY, CHEAP, OLD, no_line_in_the_trail, people_in, practice_with_key
from tests.store.entries import NOON
from tests.unit.dashboard.test_door import DETAILS, PASSPHRASE, add, names

WRONG = "quite another passphrase"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


@pytest.fixture
def code(data: Path) -> str:
    """The recovery code of an encrypted practice in the folder, closed."""
    return practice_with_key(data / "practice.db", people=3)[1]


def back_up(data: Path, *more: str, answers: tuple[str, ...] = (OLD,)) -> int:
    given = iter(answers)
    return backup_command.main(["--data", str(data), *more], lambda _: next(given), FixedClock(NOON))


def restore(source: Path, to: Path, answers: tuple[str, ...] = (OLD,)) -> int:
    given = iter(answers)
    clock = FixedClock(NOON)
    return restore_command.main([str(source), "--to", str(to)], lambda _: next(given), clock=clock, cost=CHEAP)


def the_backup(folder: Path) -> Path:
    [found] = folder.glob("*.backup.db")
    return found


def test_backup_is_made_into_the_usual_folder_and_said_to_be_checked(data, code, capsys):
    assert back_up(data) == 0
    made = the_backup(data / "backups")
    assert key_path_of(made).exists()
    assert str(made) in capsys.readouterr().out


def test_backup_whose_line_the_trail_cannot_take_is_made_and_that_is_said(data, code, capsys):
    key = PracticeKeys(key_path_of(data / "practice.db"), clock=FixedClock(NOON), cost=CHEAP).unlock("Dr One", OLD).key
    with no_line_in_the_trail(data / "practice.db", key):
        assert back_up(data) == 0
    said = capsys.readouterr()
    assert "Made and checked" in said.out
    assert "could not take the line of this backup" in said.err
    assert the_backup(data / "backups").exists()


def test_restored_file_is_whole_new_and_has_its_line_in_the_trail(data, code, tmp_path, capsys):
    back_up(data, "--to", str(tmp_path / "stick"))
    source = the_backup(tmp_path / "stick")
    before = {each.name: each.read_bytes() for each in (*data.glob("practice.*"), *source.parent.iterdir())}
    to = tmp_path / "new" / "practice.db"
    assert restore(source, to, answers=("", code)) == 0
    after = {each.name: each.read_bytes() for each in (*data.glob("practice.*"), *source.parent.iterdir())}
    assert after == before
    key = PracticeKeys(key_path_of(to), clock=FixedClock(NOON), cost=CHEAP).unlock("Dr One", OLD).key
    assert people_in(to, key) == 3
    store = open_store(to, clock=FixedClock(NOON), key=key)
    found = store.practice()
    assert found is not None
    with store.reading(found[1]) as work:
        assert audit.all(work)[-1].action is Action.RESTORE
    store.close()
    said = capsys.readouterr().out
    assert "3 clients" in said
    assert f"run.py --data '{to.parent}'" in said
    assert CANARY not in said


def test_folder_that_is_given_gets_the_file_under_its_usual_name(data, code, tmp_path):
    back_up(data)
    (tmp_path / "new").mkdir()
    assert restore(the_backup(data / "backups"), tmp_path / "new") == 0
    assert (tmp_path / "new" / "practice.db").exists()


@pytest.mark.parametrize("answers", [(WRONG,), ("", "ABCD"), ("", "0000-" * 6 + "0000")])
def test_wrong_secret_restores_nothing_and_leaves_nothing(data, code, tmp_path, capsys, answers):
    back_up(data)
    to = tmp_path / "new" / "practice.db"
    assert restore(the_backup(data / "backups"), to, answers) == 2
    assert [each for each in to.parent.iterdir() if not each.name.endswith(".lock")] == []
    said = capsys.readouterr()
    assert WRONG not in said.out + said.err
    assert said.err


def test_nothing_that_stands_there_is_written_over(data, code, tmp_path, capsys):
    back_up(data)
    before = (data / "practice.db").read_bytes()
    assert restore(the_backup(data / "backups"), data / "practice.db") == 2
    assert (data / "practice.db").read_bytes() == before
    assert "is there already" in capsys.readouterr().err


def test_key_file_of_another_practice_is_left_alone(data, code, tmp_path, capsys):
    back_up(data)
    other = tmp_path / "other"
    other.mkdir()
    practice_with_key(other / "practice.db", people=1)
    (other / "practice.db").unlink()
    before = (other / "practice.key").read_bytes()
    assert restore(the_backup(data / "backups"), other / "practice.db") == 2
    assert (other / "practice.key").read_bytes() == before
    assert "another database" in capsys.readouterr().err


def test_damaged_backup_is_not_restored(data, code, tmp_path, capsys):
    back_up(data)
    source = the_backup(data / "backups")
    content = bytearray(source.read_bytes())
    content[len(content) // 2] ^= 1
    source.write_bytes(bytes(content))
    to = tmp_path / "new" / "practice.db"
    assert restore(source, to) == 2
    assert not to.exists()
    assert not key_path_of(to).exists()


@pytest.mark.parametrize("lost", ["database", "key file"])
def test_half_a_backup_is_refused_in_a_sentence(data, code, tmp_path, capsys, lost):
    back_up(data)
    source = the_backup(data / "backups")
    (source if lost == "database" else key_path_of(source)).unlink()
    assert restore(source, tmp_path / "new" / "practice.db") == 2
    assert capsys.readouterr().err


def test_restored_older_state_is_announced_where_a_newer_one_was_open(tmp_path, monkeypatch):
    monkeypatch.setattr(door_module, "seen_path", lambda: tmp_path / "state" / "last-seen.json")
    monkeypatch.setattr(Door, "cost", CHEAP)
    door = Door(Settings(data_dir=tmp_path / "data"), clock=FixedClock(NOON))
    door.set_up(DETAILS, PASSPHRASE)
    assert door.open is not None
    made = door.open.store.back_up(tmp_path / "stick")
    add(door, "Written after the backup")
    door.close()
    assert restore(made.path, tmp_path / "new" / "practice.db", (PASSPHRASE,)) == 0
    restored = Door(Settings(data_dir=tmp_path / "new"), clock=FixedClock(NOON))
    with pytest.raises(OlderFile) as older:
        restored.unlock(DETAILS.therapist, PASSPHRASE)
    assert restored.open is None
    restored.consent(older.value.ticket)
    assert names(restored) == []
    restored.close()


def test_practice_that_is_open_is_left_to_its_own_button(data, code, capsys):
    key = PracticeKeys(data / "practice.key", clock=FixedClock(NOON), cost=CHEAP).unlock("Dr One", OLD).key
    store = open_store(data / "practice.db", clock=FixedClock(NOON), key=key)
    assert back_up(data) == 2
    store.close()
    assert "Back up now" in capsys.readouterr().err


def test_folder_without_a_practice_is_said(data, capsys):
    assert back_up(data) == 2
    assert "no practice" in capsys.readouterr().err


@pytest.fixture
def colleague(data, code) -> str:
    """The name of an assistant of that practice, who signs in with `PASSPHRASE`."""
    keys = PracticeKeys(data / "practice.key", clock=FixedClock(NOON), cost=CHEAP)
    key = keys.unlock("Dr One", OLD).key
    store = open_store(data / "practice.db", clock=FixedClock(NOON), key=key)
    with store.writing(store.practice()[1]) as work:
        made = accounts.add(work, "Robin Lee", Role.ASSISTANT)
        work.commit()
    keys.set_passphrase(key, KeyHolder(id=made.id, name=made.name), PASSPHRASE)
    store.close()
    return made.name


def test_with_several_accounts_the_name_is_asked_and_a_backup_is_the_owners(data, colleague, monkeypatch, capsys):
    monkeypatch.setattr("builtins.input", lambda _: colleague)
    assert back_up(data, answers=(PASSPHRASE,)) == 2
    assert "Your role in this practice" in capsys.readouterr().err
    monkeypatch.setattr("builtins.input", lambda _: "Dr One")
    assert back_up(data) == 0


def test_account_that_was_ended_makes_no_backup_with_its_old_key_file(data, colleague, monkeypatch, capsys):
    key = PracticeKeys(data / "practice.key", clock=FixedClock(NOON), cost=CHEAP).unlock("Dr One", OLD).key
    store = open_store(data / "practice.db", clock=FixedClock(NOON), key=key)
    with store.writing(store.practice()[1]) as work:
        [account] = [each for each in accounts.all(work) if each.name == colleague]
        accounts.end(work, account.id)
        work.commit()
    store.close()
    monkeypatch.setattr("builtins.input", lambda _: colleague)
    assert back_up(data, answers=(PASSPHRASE,)) == 2
    assert "was ended" in capsys.readouterr().err
