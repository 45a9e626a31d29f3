"""What a server looks after from start to stop."""

from dataclasses import replace
from pathlib import Path

from core.store.free_space import has_reserve
from dashboard.door import OWN_FILE
from dashboard.server.life import keep_room
from dashboard.settings import Settings


def test_room_is_kept_back_where_the_own_practice_lies_in_a_file_and_nowhere_else(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    keep_room(settings)
    assert not has_reserve(tmp_path)
    (tmp_path / OWN_FILE).touch()
    keep_room(replace(settings, database_url="postgresql://server/practice"))
    assert not has_reserve(tmp_path)
    keep_room(settings)
    assert has_reserve(tmp_path)
