"""What may be said at start, and the sentence that anything else gets."""

import os
import stat
from datetime import date
from pathlib import Path

import pytest

from core.errors import SettingsError
from dashboard.settings import Settings, masked, prepare_data_dir

needs_posix_modes = pytest.mark.skipif(os.name != "posix", reason="folders have no mode bits here")


def test_nothing_given_means_the_user_data_folder_and_the_sqlite_file() -> None:
    settings = Settings.from_environment({})
    assert settings.data_dir.name == "secure-base"
    assert settings.data_dir.is_absolute()
    assert settings.database_url is None
    assert settings.demo is False
    assert settings.database_shown == "SQLite file in the data folder"


def test_all_options_are_read(tmp_path: Path) -> None:
    settings = Settings.from_environment(
        {
            "SECURE_BASE_DATA": str(tmp_path),
            "SECURE_BASE_DEMO": "1",
            "SECURE_BASE_TODAY": "2026-05-21",
            "SECURE_BASE_PORT": "9001",
            "SECURE_BASE_BROWSER": "1",
        }
    )
    assert settings == Settings(
        data_dir=tmp_path, demo=True, today=date(2026, 5, 21), port=9001, open_browser=True, database_url=None
    )


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"SECURE_BASE_TODAY": "2026-05-21"}, ["2026-05-21", "without --demo", "Nothing was started"]),
        ({"SECURE_BASE_TODAY": "21.5.2026", "SECURE_BASE_DEMO": "1"}, ["'21.5.2026'", "like 2026-05-21"]),
        ({"SECURE_BASE_TODAY": "2026-02-30", "SECURE_BASE_DEMO": "1"}, ["'2026-02-30'", "that exists"]),
        ({"SECURE_BASE_PORT": "http"}, ["'http'", "1024 to 65535"]),
        ({"SECURE_BASE_PORT": "0"}, ["port 0", "1024 to 65535"]),
        ({"SECURE_BASE_PORT": "70000"}, ["port 70000", "1024 to 65535"]),
        ({"SECURE_BASE_PORT": "٣"}, ["'٣'", "whole number"]),
        ({"SECURE_BASE_DEMO": "yes"}, ["SECURE_BASE_DEMO", "'yes'", "1 and 0"]),
        ({"SECURE_BASE_DATA": " "}, ["given as nothing", "--data"]),
        ({"SECURE_BASE_DATTA": "/x"}, ["SECURE_BASE_DATTA", "Did you mean SECURE_BASE_DATA?"]),
    ],
)
def test_nonsense_is_refused_with_what_was_given_and_what_is_allowed(
    environment: dict[str, str], words: list[str]
) -> None:
    with pytest.raises(SettingsError) as refused:
        Settings.from_environment(environment)
    for word in words:
        assert word in str(refused.value)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "mysql://root@localhost/practice",
        "sqlite:///practice.db",
        "postgresql://app:p@ss@localhost/practice",
        "postgresql://app@localhost",
        "postgresql://app@localhost:99999/practice",
        "practice",
    ],
)
def test_unusable_database_address_is_refused_without_being_repeated(address: str) -> None:
    with pytest.raises(SettingsError, match="DATABASE_URL cannot be used") as refused:
        Settings.from_environment({"DATABASE_URL": address})
    assert "p@ss" not in str(refused.value)


def test_password_of_the_database_is_never_printed() -> None:
    settings = Settings.from_environment({"DATABASE_URL": "postgresql://app:hunter2@db:5432/practice?password=hunter2"})
    assert "hunter2" not in repr(settings)
    assert settings.database_shown == "postgresql://app:***@db:5432/practice?***"
    assert masked("postgresql://db/practice") == "postgresql://db/practice"


@needs_posix_modes
def test_new_data_folder_is_for_its_owner_alone(tmp_path: Path) -> None:
    folder = prepare_data_dir(tmp_path / "deep" / "data")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert list(folder.iterdir()) == []


@needs_posix_modes
def test_empty_folder_that_others_may_enter_is_closed(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir(mode=0o755)
    prepare_data_dir(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@needs_posix_modes
def test_shared_folder_in_use_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    folder.chmod(0o755)
    (folder / "letter.txt").write_text("not ours")
    with pytest.raises(SettingsError, match="is open to other users"):
        prepare_data_dir(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o755


def test_file_where_a_folder_is_needed_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises(SettingsError, match="is a file"):
        prepare_data_dir(tmp_path / "data")
    with pytest.raises(SettingsError, match="cannot be written"):
        prepare_data_dir(tmp_path / "data" / "below")


@pytest.mark.parametrize("day", ["0001-01-01", "1999-12-31", "2100-01-01", "9999-12-31"])
def test_day_without_room_for_the_invented_year_is_refused(day: str) -> None:
    with pytest.raises(SettingsError, match="years 2000 to 2099"):
        Settings.from_environment({"SECURE_BASE_DEMO": "1", "SECURE_BASE_TODAY": day})
