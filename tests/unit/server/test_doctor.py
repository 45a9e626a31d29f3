"""`run.py doctor`: each thing that can be wrong is found and said with the way out; looking changes nothing."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from core.store import DataKey, FixedClock, PracticeKeys, open_store
from core.store.free_space import LOW_BYTES, VERY_LOW_BYTES
from core.store.key_file import key_path_of
from core.store.sqlite import connect
from dashboard.server import doctor
from dashboard.server.doctor_folder import clock_finding, disk_finding
from dashboard.server.doctor_records import backup_finding
from tests.store.encrypted import CANARY, CHEAP, OLD, fill, practice_with_key
from tests.store.entries import NOON

LATER = NOON + timedelta(hours=1)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    monkeypatch.setenv("SECURE_BASE_DATA", str(data))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return data


@pytest.fixture
def key(folder: Path) -> DataKey:
    """An encrypted practice with three clients in the folder, closed, and a backup of it."""
    made = practice_with_key(folder / "practice.db", people=3)[0]
    store = open_store(folder / "practice.db", clock=FixedClock(NOON), key=made)
    store.back_up(folder / "backups")
    store.close()
    as_of_noon(folder)
    return made


def as_of_noon(folder: Path) -> None:
    """The files were changed when the tests' clock says so, and not on the computer's day."""
    for each in (folder, *folder.rglob("*")):
        os.utime(each, (NOON.timestamp(), NOON.timestamp()))


def report(capsys, *answers: str, at=LATER) -> tuple[int, str]:
    given = iter(answers)
    code = doctor.main((lambda _: next(given)) if answers else None, FixedClock(at), cost=CHEAP)
    return code, capsys.readouterr().out


def test_sound_practice_has_nothing_wrong_and_every_part_was_looked_at(key, capsys) -> None:
    code, said = report(capsys, OLD)
    assert code == 0, said
    for words in ("every check of the database passed", "records checked", "newest checked one", "MB free"):
        assert words in said
    assert CANARY not in said
    assert "Nothing is wrong." in said


def test_without_a_terminal_the_records_stay_closed_and_that_is_said(key, capsys) -> None:
    code, said = report(capsys)
    assert code == 0, said
    assert "asked for at a terminal alone" in said
    assert "newest checked one" in said
    assert "records checked" not in said


def test_looking_changes_no_file_of_the_records(folder, key, capsys) -> None:
    before = {each: each.read_bytes() for each in folder.rglob("*.db")}
    report(capsys, OLD)
    assert {each: each.read_bytes() for each in folder.rglob("*.db")} == before


def test_wrong_passphrase_is_said_and_not_shown(key, capsys) -> None:
    code, said = report(capsys, "quite another passphrase")
    assert code == 1
    assert "do not open this practice" in said
    assert "quite another" not in said


def test_empty_answers_leave_the_records_closed(key, capsys) -> None:
    code, said = report(capsys, "", "")
    assert code == 0
    assert "were not looked over" in said


def test_damaged_page_is_named(folder, key, capsys) -> None:
    path = folder / "practice.db"
    content = bytearray(path.read_bytes())
    content[4096 * 9 + 100] ^= 1
    path.write_bytes(bytes(content))
    code, said = report(capsys, OLD, at=NOON + timedelta(days=30_000))
    assert code == 1
    assert "page" in said
    assert "10" in said


def test_changed_record_is_found_by_the_trail(folder, key, capsys) -> None:
    connection = connect(folder / "practice.db", key=key)
    connection.execute("UPDATE client SET name = 'Somebody else' WHERE rowid = 2")
    connection.close()
    code, said = report(capsys, OLD)
    assert code == 1
    assert "A client's details" in said


def test_old_tables_are_told_and_left_as_they_are(folder, key, capsys) -> None:
    connection = connect(folder / "practice.db", key=key)
    connection.execute("UPDATE secure_base_revision SET version_num = '0005'")
    connection.close()
    as_of_noon(folder)
    code, said = report(capsys, OLD)
    assert code == 0, said
    assert "older tables" in said
    assert not list(folder.glob("*.before-*"))


def test_practice_that_the_program_has_open_is_left_alone(folder, key, capsys) -> None:
    held = PracticeKeys(key_path_of(folder / "practice.db"), clock=FixedClock(NOON), cost=CHEAP).unlock("Dr One", OLD)
    store = open_store(folder / "practice.db", clock=FixedClock(NOON), key=held.key)
    as_of_noon(folder)
    code, said = report(capsys, OLD)
    store.close()
    assert code == 0, said
    assert "The program has them open." in said


def test_records_without_a_fresh_backup_are_wrong(folder, key, capsys) -> None:
    code, said = report(capsys, OLD, at=NOON + timedelta(days=3))
    assert code == 1
    assert "It is 3 days old. Press Back up now" in said


def test_backups_of_an_unopened_practice_are_worth_a_notice_alone() -> None:
    place = Path("backups")
    assert backup_finding(NOON, place, NOON + timedelta(days=2), wrong=True).wrong == ""
    old = backup_finding(NOON, place, NOON + timedelta(days=3), wrong=False)
    assert (old.wrong, old.notice.partition(".")[0]) == ("", "It is 3 days old")


def test_records_without_any_backup_are_wrong_once_the_practice_is_days_old(folder, key, capsys) -> None:
    for each in (folder / "backups").iterdir():
        each.unlink()
    assert report(capsys, OLD)[0] == 0
    code, said = report(capsys, OLD, at=NOON + timedelta(days=3))
    assert code == 1
    assert "none in" in said


def test_clock_set_back_before_the_newest_file_is_wrong(folder, key, capsys) -> None:
    code, said = report(capsys, at=NOON - timedelta(days=3))
    assert code == 1
    assert "set the clock right first" in said


def test_clock_set_back_before_the_newest_line_of_the_trail_is_wrong(folder, key, capsys) -> None:
    for each in (folder, *folder.rglob("*")):
        os.utime(each, (0, 0))
    code, said = report(capsys, OLD, at=NOON - timedelta(days=3))
    assert code == 1
    assert "stands before what was recorded last" in said


def test_clock_of_an_empty_folder_cannot_be_wrong(folder) -> None:
    assert clock_finding(folder, NOON).wrong == ""


@pytest.mark.parametrize(
    ("free", "wrong", "notice"),
    [
        (VERY_LOW_BYTES - 1, True, False),
        (VERY_LOW_BYTES, False, True),
        (LOW_BYTES - 1, False, True),
        (LOW_BYTES, False, False),
    ],
)
def test_little_room_is_a_notice_and_too_little_is_wrong(tmp_path, free, wrong, notice) -> None:
    found = disk_finding(tmp_path, free)
    assert (bool(found.wrong), bool(found.notice)) == (wrong, notice)


@pytest.mark.skipif(os.name != "posix", reason="other systems have no such modes")
@pytest.mark.parametrize("name", ["practice.db", "practice.key", "backups"])
def test_files_that_others_may_read_are_told_with_the_command_that_closes_them(folder, key, capsys, name) -> None:
    (folder / name).chmod(0o755)
    code, said = report(capsys)
    assert code == 1
    assert f"'{folder / name}'" in said
    assert "chmod" in said


def test_readable_practice_of_an_earlier_version_is_wrong(folder, capsys) -> None:
    fill(folder / "practice.db", None, people=1)
    code, said = report(capsys, at=NOON + timedelta(days=30_000))
    assert code == 1
    assert "not encrypted" in said


def test_key_file_without_its_database_is_wrong(folder, key, capsys) -> None:
    (folder / "practice.db").unlink()
    code, said = report(capsys)
    assert code == 1
    assert "is missing, though its key file is here" in said


def test_dangerous_options_are_told_in_the_words_that_refuse_a_start(folder, capsys, monkeypatch) -> None:
    monkeypatch.setenv("STREAMLIT_SERVER_ADDRESS", "0.0.0.0")
    monkeypatch.setenv("STREAMLIT_BROWSER_GATHER_USAGE_STATS", "true")
    code, said = report(capsys)
    assert code == 1
    assert "server.address is given as '0.0.0.0'" in said
    assert "would tell Streamlit's makers" in said
    assert "Things to mend: 1. Worth knowing: 1." in said


def test_wrong_setting_ends_the_report_with_its_sentence(folder, capsys, monkeypatch) -> None:
    monkeypatch.setenv("SECURE_BASE_PORT", "http")
    code, said = report(capsys)
    assert code == 1
    assert "1024 to 65535" in said
