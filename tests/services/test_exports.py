"""Exports: everything about a client in every version, escaped where it is read, and opened by its code alone."""

import dataclasses
import hashlib
import html
import io
import json
import re
import zipfile
from pathlib import Path
from random import Random

import pytest
import pyzipper

from core.errors import NotFound
from core.model.audit import Action, Subject
from core.model.calendar import EventDetails
from core.model.profile import Block, BlockKind, ItemBlock
from core.model.profile_items import Origin, OwnMeasure, ProfileItem, QuestionnairePlan
from core.model.prompt_answers import PromptAnswer
from core.model.series_findings import Phase
from core.model.sign_thresholds import ThresholdChange
from core.services.calendar import add_event, add_session
from core.services.check_ins import correct_check_in, record_check_in
from core.services.clients import add_client
from core.services.export_words import ALONE_FOR_PROGRAMS, BLOCKS, FIELDS, MARKS
from core.services.exports import client_files, export, practice_files
from core.services.handouts import give_handout
from core.services.questionnaires import record_response
from core.services.readable import is_below
from core.store import audit, notes, tables
from core.store.record_tables import MarkKind
from core.store.schema import METADATA
from core.store.whole_record import LEFT_OUT, NOT_A_RECORD, TREE
from tests.bench.review import full, write_lists
from tests.faults.five_years import HOSTILE
from tests.services.entries import DAY, details, form, gad7_answers, session_on
from tests.store.entries import note_content

CANARY = "Canaryzilla Quetzalcoatl"
BLOCKS_OF_MODEL = [*(each for each in Block.__subclasses__() if each is not ItemBlock), *ItemBlock.__subclasses__()]
ITEMS_OF_MODEL = (ProfileItem, Origin, OwnMeasure, QuestionnairePlan, PromptAnswer, Phase, ThresholdChange)


@pytest.fixture
def client(save, catalogue):
    """A client with something in every part of the record, and another one with a canary in their name."""
    made = save(add_client, details("<script>alert('x')</script> Ana"), form())
    save(add_client, details(CANARY), form())
    save(write_lists, catalogue, made.id)
    saved = save(record_check_in, made.id, full(Random(1), catalogue, DAY, 7), form())
    save(correct_check_in, saved.ref, full(Random(2), catalogue, DAY, 7), HOSTILE)
    save(record_response, made.id, catalogue.questionnaires["gad7"], gad7_answers(), form())
    session = save(add_session, made.id, session_on(), form())
    draft = save(notes.start, made.id, session.id, note_content(HOSTILE), form())
    signed = save(notes.sign, draft.id, draft.revision, "0" * 64)
    save(notes.add_addendum, signed.id, "said later", "forgotten", form())
    draft = save(notes.start, made.id, session.id, note_content(), form())
    save(notes.save_draft, draft.id, note_content("being written"), draft.revision)
    save(add_event, made.id, EventDetails(day=DAY, words="moved\nhouse"), form())
    handout = next(iter(catalogue.handouts))
    save(give_handout, catalogue, made.id, handout=handout, day=DAY, request_id=form())
    return made


def files_of(load, catalogue, client) -> tuple[dict, str]:
    files = load(client_files, catalogue, client.id)
    assert sorted(files) == [f"clients/{client.code}/record.html", f"clients/{client.code}/record.json"]
    page, record = (files[name] for name in sorted(files))
    return json.loads(record), page.decode()


def names_in(branches) -> set[str]:
    return {name for each in branches for name in (each.table.name, *names_in(each.branches))}


def test_every_table_is_exported_or_left_out_with_a_reason():
    own = {"client", "practice", "therapist", "practice_block"}
    assert names_in(TREE) | own | set(NOT_A_RECORD) == set(METADATA.tables)


def test_every_part_and_every_version_is_in_the_json(load, catalogue, client):
    record, _ = files_of(load, catalogue, client)
    assert (record["format"], record["version"], record["kind"]) == ("secure-base-record", 1, "client")
    mine = record["client"]
    [check_in], [response] = mine["check_ins"], mine["responses"]
    assert [each["version"] for each in check_in["versions"]] == [1, 2]
    assert check_in["versions"][1]["reason"] == HOSTILE
    assert len(check_in["versions"][0]["episodes"]) == 3
    assert check_in["versions"][0]["marks"]
    assert len(response["versions"][0]["answers"]) == 7
    signed, draft = mine["notes"]
    assert signed["content"]["words"] == {"subjective": HOSTILE}
    assert signed["addenda"][0]["words"] == "said later"
    assert [(each["section"], each["words"]) for each in draft["draft_words"]] == [("subjective", "being written")]
    assert mine["events"][0]["words"] == "moved\nhouse"
    assert {"profile", "sessions", "handouts"} <= set(mine)
    assert CANARY not in json.dumps(record)


def test_page_shows_own_words_as_they_were_typed_and_runs_nothing(load, catalogue, client):
    _, page = files_of(load, catalogue, client)
    assert "<script" not in page
    assert "&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt; Ana" in page
    assert "<title>Secure Base export</title>" in page
    assert "moved\nhouse" in page
    assert "21 May 2026" in page
    assert "Dr One" in page
    assert "http" not in page.replace("http-equiv", "")


def test_same_records_are_the_same_bytes(load, catalogue, client):
    assert load(practice_files, catalogue) == load(practice_files, catalogue)


def test_archive_opens_with_its_code_alone_and_its_manifest_fits(store, actor, catalogue, client, load):
    made = export(store, actor, catalogue, None)
    assert CANARY.encode() not in made.archive
    assert made.code not in repr(made)
    with pyzipper.AESZipFile(io.BytesIO(made.archive)) as archive:
        with pytest.raises(RuntimeError):
            archive.read("practice.json")
        archive.setpassword(made.code.encode())
        held = {name: archive.read(name) for name in archive.namelist()}
        strengths = {each.wz_aes_strength for each in archive.infolist()}
    manifest = json.loads(held.pop("manifest.json"))
    assert held == load(practice_files, catalogue)
    assert strengths == {3}  # 256 bits
    assert {name: each["sha256"] for name, each in manifest["files"].items()} == {
        name: hashlib.sha256(content).hexdigest() for name, content in held.items()
    }
    assert len(held) == 2 + 2 * 2
    names = zipfile.ZipFile(io.BytesIO(made.archive)).namelist()
    assert not any("Ana" in name or "Canary" in name for name in names)


@pytest.mark.parametrize("of_one", [True, False])
def test_each_export_is_one_line_in_the_trail(store, actor, catalogue, client, load, of_one):
    export(store, actor, catalogue, client.id if of_one else None)
    lines = [entry for entry in load(audit.all) if entry.action is Action.EXPORT]
    assert [entry.subject for entry in lines] == [Subject.CLIENT if of_one else Subject.PRACTICE]
    assert lines[0].record_id == (client.id if of_one else actor.practice_id)


def test_client_of_another_practice_is_not_found(store, actor, catalogue):
    with pytest.raises(NotFound):
        export(store, actor, catalogue, form())


def test_no_file_is_written_for_an_export(store, actor, catalogue, client, tmp_path: Path, monkeypatch):
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    export(store, actor, catalogue, client.id)
    assert list(folder.iterdir()) == []


def own_strings(value: object) -> set[str]:
    """Every text that somebody typed somewhere in a record."""
    if isinstance(value, dict):
        told = [below for name, below in value.items() if name in TYPED or is_below(below)]
        return {each for below in told for each in own_strings(below)}
    if isinstance(value, list):
        return {each for below in value for each in own_strings(below)}
    return {value} if isinstance(value, str) and value else set()


TYPED = {"name", "words", "note", "client_words", "reason", "text", "subjective", "pronouns", "signed_name"}


def test_page_holds_every_word_that_anybody_typed_in_every_version(load, catalogue, client):
    record, page = files_of(load, catalogue, client)
    typed = own_strings(record["client"])
    assert len(typed) >= 10
    assert [each for each in typed if html.escape(each) not in page] == []


def test_page_speaks_of_questions_choices_and_lists_in_words(load, catalogue, client):
    _, page = files_of(load, catalogue, client)
    for words in ("nervous or on edge", "Generalised Anxiety Disorder", "Last day of the period", "Earlier version 1"):
        assert words in page
    for field in ("period_end", "cd_mind_reading", "ws_reassurance", "questionnaire_version", "recorded_at", "gad7"):
        assert field not in page
    assert re.search(r"[0-9a-f]{8}-[0-9a-f]{4}-", page) is None


def test_every_field_that_can_be_exported_has_a_label_for_readers(catalogue):
    defined = {*catalogue.measures, *catalogue.distortions, *catalogue.warning_signs}
    shown = {column.name for table in exported_tables() for column in table.columns} - LEFT_OUT - ALONE_FOR_PROGRAMS
    ties = {"check_in_id", "response_id", "note_id", "response_version", "content"}  # what binds a row, or holds more
    assert shown - ties - set(FIELDS) - defined == set()


def test_every_field_of_a_profile_has_a_label_for_readers():
    below = {field.name for block in BLOCKS_OF_MODEL for field in dataclasses.fields(block)}
    below |= {field.name for each in ITEMS_OF_MODEL for field in dataclasses.fields(each)}
    lists = {"items", "measures", "plans", "phases", "answers", "changes"}  # drawn as tables
    assert below - lists - set(FIELDS) - ALONE_FOR_PROGRAMS == set()
    assert set(BLOCKS) == set(BlockKind)
    assert set(MARKS) == {each.value for each in MarkKind}


def exported_tables():
    def below(branches):
        for each in branches:
            yield each.table
            yield from below(each.branches)

    return [*below(TREE), tables.client, tables.practice, tables.therapist, tables.practice_block]
