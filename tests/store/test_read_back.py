"""What is read back is made without its checks: it is the same value, and the tables hold the ranges themselves."""

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy.exc import IntegrityError

from core.catalogue import load_catalogue
from core.model.check_in_parts import HIGHEST_COUNT, HIGHEST_RATING, LONGEST_PERIOD_DAYS, LONGEST_RELIEF_MINUTES
from core.model.full_answers import BLANK, HIGHEST_CONFLICTS, FullAnswers
from core.store import check_ins, responses
from core.store.check_ins import CHECK_INS
from core.store.record_tables import DISTORTION_COLUMNS, PARTNER_ANSWER_COLUMNS, SIGN_COLUMNS
from core.store.responses import RESPONSES
from tests.builders import check_in
from tests.services.entries import any_check_in, any_response
from tests.store.entries import DAY, entered_ecr, full_check_in, gad7, on_sqlite, request, short_check_in

HIGHEST = {
    "period_days": LONGEST_PERIOD_DAYS,
    "anxiety_average": HIGHEST_RATING,
    "anxiety_peak": HIGHEST_RATING,
    "reassurance_count": HIGHEST_COUNT,
    "distortions_unsorted": HIGHEST_COUNT,
    **dict.fromkeys(DISTORTION_COLUMNS, HIGHEST_COUNT),
    "anxiety_now": HIGHEST_RATING,
    "checking_days": LONGEST_PERIOD_DAYS,
    "conflicts": HIGHEST_CONFLICTS,
    "repeated_conflicts": HIGHEST_CONFLICTS,
}
CHOSEN = ("source", "reassurance_count_kind", *SIGN_COLUMNS, *PARTNER_ANSWER_COLUMNS)
BEYOND = [
    *(("check_in_version", name, value) for name, highest in HIGHEST.items() for value in (-1, highest + 1)),
    *(("check_in_version", name, "something else") for name in CHOSEN),
    ("episode", "relief", HIGHEST_RATING + 1),
    ("episode", "relief_minutes", LONGEST_RELIEF_MINUTES + 1),
    *(("episode", name, "something else") for name in ("part_of_day", "whom", "how", "ended")),
    ("mark", "kind", "something else"),
    ("mark", "value", HIGHEST_COUNT + 1),
]
MEANT_AS_WORDS = (
    "null",
    "true",
    "12",
    '"], [',
    "\\u0041 \\n \\\\",
    "a line\r\n\tand a \x01\x1f\x7f",
    "\u2028\u202e\ufeff\uffff é e\u0301 \U0001f9e1\U0010ffff",
    "word " * 400,
)


def made_with_checks(noun):
    """The same noun, made as a form makes it."""
    given = {field.name: getattr(noun, field.name) for field in fields(noun)}
    if isinstance(given.get("full"), FullAnswers):
        given["full"] = made_with_checks(given["full"])
    return type(noun)(**given)


def various(catalogue) -> Iterator[object]:
    chance = Random(7)
    for back in range(40):
        yield any_check_in(chance, catalogue, DAY - timedelta(days=back))
        yield any_response(chance, DAY - timedelta(days=back))
    yield from (full_check_in(), short_check_in(), gad7(), gad7(item3=None), entered_ecr())
    asked_and_none = FullAnswers(reactions=frozenset(), body_signs=frozenset(), triggers=frozenset(), practised={})
    yield check_in(DAY, 1, note="words", full=asked_and_none)


def test_what_is_read_back_is_the_same_as_when_it_is_made_with_every_check(client, writing, reading):
    given = list(various(load_catalogue()))
    with writing() as work:
        for content in given:
            door = responses if hasattr(content, "questionnaire") else check_ins
            door.add(work, client.id, content, request())
        work.commit()
    with reading() as work:
        found = [*check_ins.of_client(work, client.id), *responses.of_client(work, client.id)]
    assert len(found) == len(given)
    for recorded in found:
        content = recorded.content
        checked = made_with_checks(content)
        assert (content, repr(content)) == (checked, repr(checked))
        names = [field.name for field in fields(checked)]
        assert [type(getattr(content, name)) for name in names] == [type(getattr(checked, name)) for name in names]
        assert set(vars(content)) - {"period"} == set(names)
    assert [content for content in given if content not in [recorded.content for recorded in found]] == []
    blank = [each.content for each in found if each.content == short_check_in()]
    assert [content.full is BLANK for content in blank] == [True]


@pytest.mark.parametrize("kind", [CHECK_INS, RESPONSES], ids=["check-ins", "responses"])
def test_every_column_of_a_version_is_read(kind):
    told_otherwise = {"practice_id": "of the actor", "recorded_by": "writer"}
    assert set(kind.versions.c.keys()) - set(told_otherwise) <= set(kind.row.__struct_fields__)


def test_words_come_back_as_they_were_typed_also_where_they_mean_something_within_json(client, writing, reading):
    given = [replace(short_check_in(), note=words, client_words=words[::-1]) for words in MEANT_AS_WORDS]
    with writing() as work:
        refs = [check_ins.add(work, client.id, content, request()).ref for content in given]
        work.commit()
    with reading() as work:
        assert [check_ins.get(work, ref.id).content for ref in refs] == given
        assert [each.content for each in check_ins.of_client(work, client.id)] == given


@on_sqlite
def test_tables_refuse_what_the_nouns_refuse(client, writing, raw):
    with writing() as work:
        check_ins.add(work, client.id, full_check_in(), request())
        work.commit()
    for table, column, value in BEYOND:
        names = [row.name for row in raw(f"PRAGMA table_info({table})")]
        # A copy as version 2, which nothing but a check stands against.
        copied = ", ".join(":value" if name == column else "2" if name == "version" else name for name in names)
        if table != "check_in_version":
            copied = copied.replace("2,", "1,", 1).replace("place", "place + 10").replace("subject", "subject || '+'")
        with pytest.raises(IntegrityError, match="CHECK constraint failed"):
            raw(f"INSERT INTO {table} ({', '.join(names)}) SELECT {copied} FROM {table} LIMIT 1", value=value)
