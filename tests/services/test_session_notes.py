"""Drafting, signing and copying notes: the record on one side, the therapist's words on the other."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from core.errors import AlreadySigned, Conflict, InvalidInput, NotFound
from core.model.canonical import content_hash
from core.model.check_in_parts import SignAnswer, Source
from core.model.definitions import StatementKind
from core.model.note_templates import NoteSection, NoteTemplate
from core.model.notes import NoteContent
from core.notes.statements import statements_of
from core.services.calendar import add_session, change_session
from core.services.check_ins import correct_check_in, record_check_in, withdraw_check_in
from core.services.progress import review_client
from core.services.questionnaires import correct_response, record_response
from core.services.session_notes import (
    add_addendum,
    discard_draft,
    in_template,
    note_content,
    notes_of,
    open_note,
    place,
    sign_note,
    start_note,
    vocabulary_of,
)
from core.store.notes import save_draft
from tests.builders import check_in
from tests.services.entries import (
    DAY,
    PLANNED,
    WEEK,
    any_check_in,
    any_response,
    form,
    gad7_answers,
    session_on,
)
from tests.wording import assert_clean


@pytest.fixture
def soap(catalogue):
    return catalogue.note_templates["soap"]


@pytest.fixture
def dap(catalogue):
    return catalogue.note_templates["dap"]


@pytest.fixture
def session(save, client):
    return save(add_session, client.id, session_on(), form())


@pytest.fixture
def weeks_check_in(save, client):
    content = replace(check_in(DAY, anxiety=7, peak=9, reassurance=11, distortions=16), client_words="Nine times.")
    return save(record_check_in, client.id, content, form())


@pytest.fixture
def draft(save, catalogue, session, weeks_check_in):
    return save(start_note, catalogue, session, "soap", form())


@pytest.fixture
def signed(save, draft, soap):
    content = note_content(soap, [placed.statement for placed in draft.content.statements], {"plan": "Own words."})
    saved = save(save_draft, draft.id, content, draft.revision)
    return save(sign_note, draft.id, saved.revision)


def texts(content):
    return [placed.statement.text for placed in content.statements]


def offered_of(load, catalogue, note):
    return load(open_note, catalogue, note.id).offered


def test_new_draft_already_holds_the_periods_figures(draft, weeks_check_in):
    assert texts(draft.content) == [
        "Anxiety average 7, peak 9 of 10, 15 to 21 May 2026 (client in session).",
        "Asked for reassurance 11 times, 15 to 21 May 2026 (client in session).",
        "Distortions noticed: 16, 15 to 21 May 2026 (client in session).",
        "In the client's words, 15 to 21 May 2026: “Nine times.”",
    ]
    assert {placed.section for placed in draft.content.statements} == {"subjective"}
    assert {ref for placed in draft.content.statements for ref in placed.statement.refs} == {weeks_check_in.ref}
    assert dict(draft.content.words) == {}


def test_same_form_sent_twice_starts_one_note(save, load, catalogue, session, client):
    request = form()
    first = save(start_note, catalogue, session, "soap", request)
    assert save(start_note, catalogue, session, "dap", request) == first
    assert load(notes_of, client.id) == (first,)


def test_signs_scores_and_attendance_are_offered_and_not_chosen(save, load, client, catalogue, session, gad7):
    save(record_check_in, client.id, check_in(DAY, signs={"ws_checking": SignAnswer.SOMETIMES}), form())
    save(record_response, client.id, gad7, gad7_answers(value=2), form())
    draft = save(start_note, catalogue, session, "soap", form())
    assert draft.content.statements == ()
    kinds = [statement.kind for statement in offered_of(load, catalogue, draft)]
    assert kinds == [StatementKind.SIGN, StatementKind.QUESTIONNAIRE, StatementKind.ATTENDANCE]


def test_therapists_own_view_stands_in_the_objective_section(save, client, catalogue, session):
    seen = replace(check_in(DAY, anxiety=4), source=Source.THERAPIST_VIEW)
    save(record_check_in, client.id, seen, form())
    (placed,) = save(start_note, catalogue, session, "soap", form()).content.statements
    assert (placed.section, placed.statement.kind) == ("objective", StatementKind.THERAPIST_VIEW)


def test_draft_of_last_weeks_session_speaks_of_that_week(save, load, client, catalogue, weeks_check_in):
    before = save(record_check_in, client.id, check_in(DAY - WEEK, anxiety=3), form())
    last_week = save(add_session, client.id, session_on(DAY - WEEK), form())
    draft = save(start_note, catalogue, last_week, "soap", form())
    assert texts(draft.content) == ["Anxiety average 3 of 10, 8 to 14 May 2026 (client in session)."]
    refs = {ref for statement in offered_of(load, catalogue, draft) for ref in statement.refs}
    assert before.ref in refs
    assert weeks_check_in.ref not in refs


def test_draft_for_a_session_to_come_speaks_of_today(save, load, catalogue, client):
    save(record_check_in, client.id, check_in(DAY, anxiety=7, signs={"ws_checking": SignAnswer.SOMETIMES}), form())
    planned = save(add_session, client.id, session_on(DAY + WEEK, PLANNED), form())
    draft = save(start_note, catalogue, planned, "soap", form())
    assert len(draft.content.statements) == 1
    (sign,) = [each for each in offered_of(load, catalogue, draft) if each.kind is StatementKind.SIGN]
    assert sign.text.endswith("24 Apr to 21 May 2026.")


def test_figures_of_the_earlier_note_are_offered_and_not_repeated(save, load, client, catalogue):
    save(add_session, client.id, session_on(DAY - WEEK), form())
    old = save(record_check_in, client.id, check_in(DAY - WEEK, anxiety=3), form())
    today = save(add_session, client.id, session_on(DAY), form())
    draft = save(start_note, catalogue, today, "soap", form())
    assert draft.content.statements == ()
    assert old.ref in {ref for statement in offered_of(load, catalogue, draft) for ref in statement.refs}


@pytest.mark.parametrize("template_id", ["soap", "dap"])
def test_assessment_and_plan_never_hold_a_statement(load, save, client, catalogue, session, template_id):
    template = catalogue.note_templates[template_id]
    for kind in StatementKind:
        statement = replace(_some_statement(load, save, client, catalogue, session), kind=kind)
        (placed,) = place([statement], template)
        assert placed.section not in {"assessment", "plan"}


def test_no_template_can_let_statements_into_assessment_or_plan():
    for section in ("assessment", "plan"):
        with pytest.raises(ValueError, match="therapist's alone"):
            NoteSection(id=section, label="Any", accepts=(StatementKind.SIGN,), words_only=False)


def test_statement_that_no_section_takes_is_left_out(draft):
    only_scores = NoteSection(id="scores", label="Scores", accepts=(StatementKind.QUESTIONNAIRE,), words_only=False)
    template = NoteTemplate(id="own", label="Own", name="Own", sections=(only_scores,))
    assert place([placed.statement for placed in draft.content.statements], template) == ()


def test_switching_the_format_loses_no_word_and_no_statement(draft, soap, dap):
    words = {"plan": "P words", "subjective": "S words", "objective": "O words", "assessment": "A words"}
    written = note_content(soap, [placed.statement for placed in draft.content.statements], words)
    there = in_template(written, dap, was=soap)
    assert dict(there.words) == {"data": "S words\n\nO words", "assessment": "A words", "plan": "P words"}
    assert texts(there) == texts(written)
    back = in_template(there, soap, was=dap)
    assert dict(back.words) == {"subjective": "S words\n\nO words", "assessment": "A words", "plan": "P words"}
    assert texts(back) == texts(written)


def test_words_that_move_stand_in_reading_order_also_after_a_restart(save, load, catalogue, draft, soap, dap):
    written = note_content(soap, (), {"subjective": "first", "objective": "second"})
    save(save_draft, draft.id, written, draft.revision)
    kept = load(open_note, catalogue, draft.id)
    assert in_template(kept.note.content, dap, was=kept.template).words["data"] == "first\n\nsecond"


def test_switching_to_the_same_format_changes_nothing(draft, soap):
    written = note_content(soap, [placed.statement for placed in draft.content.statements], {"plan": "  as typed \n"})
    assert in_template(written, soap, was=soap) == written


def test_draft_saved_in_another_window_is_a_conflict_and_nothing_is_lost(save, load, catalogue, draft, soap):
    mine = save(save_draft, draft.id, note_content(soap, (), {"plan": "mine"}), draft.revision)
    with pytest.raises(Conflict):
        save(save_draft, draft.id, note_content(soap, (), {"plan": "theirs"}), draft.revision)
    with pytest.raises(Conflict):
        save(sign_note, draft.id, draft.revision)
    assert load(open_note, catalogue, draft.id).note == mine


@pytest.mark.parametrize("words", [{}, {"plan": ""}, {"plan": " \n\t"}])
def test_note_without_own_words_is_not_signed(save, load, catalogue, draft, words):
    content = replace(draft.content, words=words)
    saved = save(save_draft, draft.id, content, draft.revision)
    with pytest.raises(InvalidInput, match="none of your own words"):
        save(sign_note, draft.id, saved.revision)
    assert load(open_note, catalogue, draft.id).note.signature is None


def test_signature_names_who_when_and_what(signed, clock):
    assert (signed.signature.name, signed.signature.signed_at) == ("Dr One", clock.now())
    assert signed.signature.content_hash == content_hash(signed.content)


def test_signed_note_refuses_every_change(save, load, catalogue, signed, soap):
    for attempt in (
        lambda: save(save_draft, signed.id, note_content(soap, (), {"plan": "changed"}), signed.revision),
        lambda: save(sign_note, signed.id, signed.revision),
        lambda: save(discard_draft, signed),
    ):
        with pytest.raises(AlreadySigned):
            attempt()
    opened = load(open_note, catalogue, signed.id)
    assert (opened.note, opened.offered, opened.changed) == (signed, (), ())


def test_addendum_stands_under_the_signed_note_once(save, load, catalogue, signed):
    request = form()
    added = save(add_addendum, signed.id, " One more thing. ", " left out ", request)
    assert (added.words, added.reason, added.written_by) == ("One more thing.", "left out", "Dr One")
    assert save(add_addendum, signed.id, "One more thing.", "left out", request) == added
    opened = load(open_note, catalogue, signed.id)
    assert opened.note == replace(signed, addenda=(added,))


@pytest.mark.parametrize(("words", "reason"), [("", "why"), ("what", "  "), (" ", "")])
def test_addendum_needs_words_and_a_reason(save, load, catalogue, signed, words, reason):
    with pytest.raises(InvalidInput, match="is empty"):
        save(add_addendum, signed.id, words, reason, form())
    assert load(open_note, catalogue, signed.id).note.addenda == ()


def test_draft_takes_no_addendum(save, draft):
    with pytest.raises(Conflict, match="still a draft"):
        save(add_addendum, draft.id, "words", "reason", form())


def test_discarded_draft_is_off_the_list(save, load, catalogue, client, draft):
    save(discard_draft, draft)
    assert load(notes_of, client.id) == ()
    with pytest.raises(NotFound):
        load(open_note, catalogue, draft.id)


def test_correction_after_signing_is_named_and_the_text_says_what_was_signed(
    save, load, catalogue, signed, weeks_check_in
):
    save(correct_check_in, weeks_check_in.ref, check_in(DAY, anxiety=2), "misheard")
    opened = load(open_note, catalogue, signed.id)
    assert opened.changed == (weeks_check_in.ref,)
    assert opened.note == signed
    assert "Anxiety average 7, peak 9 of 10" in opened.plain_text


def test_withdrawn_check_in_is_named_as_changed(save, load, catalogue, signed, weeks_check_in):
    save(withdraw_check_in, weeks_check_in.ref)
    assert load(open_note, catalogue, signed.id).changed == (weeks_check_in.ref,)


def test_changed_questionnaire_and_session_are_named_too(save, load, catalogue, session, gad7):
    response = save(record_response, session.client_id, gad7, gad7_answers(), form())
    draft = save(start_note, catalogue, session, "soap", form())
    content = note_content(catalogue.note_templates["soap"], offered_of(load, catalogue, draft), {"plan": "Own words."})
    saved = save(save_draft, draft.id, content, draft.revision)
    save(sign_note, draft.id, saved.revision)
    assert load(open_note, catalogue, draft.id).changed == ()
    save(correct_response, response.ref, gad7, gad7_answers(value=3), "misread")
    save(change_session, session, session_on(minutes=30))
    assert [ref.label for ref in load(open_note, catalogue, draft.id).changed] == ["q1", "s1"]


def test_open_draft_offers_the_corrected_figure_under_the_same_key(save, load, catalogue, draft, weeks_check_in):
    save(correct_check_in, weeks_check_in.ref, check_in(DAY, anxiety=2), "misheard")
    offered = {statement.key: statement for statement in offered_of(load, catalogue, draft)}
    assert offered["c1.anxiety"].text == "Anxiety average 2 of 10, 15 to 21 May 2026 (client in session)."
    assert offered["c1.anxiety"].refs[0].version == 2
    assert load(open_note, catalogue, draft.id).changed == ()


def test_plain_text_holds_everything_under_its_heading(save, load, catalogue, signed):
    save(add_addendum, signed.id, "One more thing.", "left out", form())
    assert load(open_note, catalogue, signed.id).plain_text == (
        "Ana M.: session 1, 21 May 2026 11:00, 50 minutes\n"
        "Note n1. Signed by Dr One, 21 May 2026 12:00.\n\n"
        "SUBJECTIVE\n"
        "From the record:\n"
        "- Anxiety average 7, peak 9 of 10, 15 to 21 May 2026 (client in session). [c1]\n"
        "- Asked for reassurance 11 times, 15 to 21 May 2026 (client in session). [c1]\n"
        "- Distortions noticed: 16, 15 to 21 May 2026 (client in session). [c1]\n"
        "- In the client's words, 15 to 21 May 2026: “Nine times.” [c1]\n\n"
        "OBJECTIVE\n(nothing written)\n\n"
        "ASSESSMENT\n(nothing written)\n\n"
        "PLAN\nOwn words.\n\n"
        "ADDENDUM, 21 May 2026 12:00, Dr One (left out)\nOne more thing.\n"
    )


@pytest.mark.parametrize("seed", range(6))
def test_no_statement_uses_a_banned_word_or_lacks_its_records(save, load, client, catalogue, session, seed):
    save(_random_record, random.Random(seed), catalogue, client)
    review = load(review_client, catalogue, client.id)
    known = {record.ref for record in review.check_ins} | {scored.response.ref for scored in review.responses}
    statements = statements_of(review, vocabulary_of(catalogue), session)
    assert len(statements) > 3
    assert len({statement.key for statement in statements}) == len(statements)
    for statement in statements:
        assert_clean(statement.text)
        assert statement.text.endswith((".", "”"))
        assert set(statement.refs) <= known or statement.kind is StatementKind.ATTENDANCE


def _random_record(work, chance, catalogue, client):
    for _ in range(25):
        record_check_in(
            work, client.id, any_check_in(chance, catalogue, DAY - timedelta(chance.randint(0, 30))), form()
        )
    for _ in range(6):
        content = any_response(chance, DAY - timedelta(days=chance.randint(0, 60)))
        record_response(work, client.id, catalogue.questionnaires[content.questionnaire], content, form())


def _some_statement(load, save, client, catalogue, session):
    save(record_check_in, client.id, check_in(DAY, anxiety=7), form())
    return statements_of(load(review_client, catalogue, client.id), vocabulary_of(catalogue), session)[0]


def test_content_from_the_page_drops_words_of_unknown_sections(soap):
    content = note_content(soap, (), {"plan": "kept", "data": "of another format", "subjective": ""})
    assert content == NoteContent(template="soap", words={"plan": "kept"})
