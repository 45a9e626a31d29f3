"""One client's record as parts of a page: who they are, calendar, check-ins, questionnaires, notes, profile."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from core.exchange.pages import Part, Sheet
from core.model.days import print_day
from core.services.export_words import MARKS
from core.services.readable import Entry, Reading, settings_parts

Read = Callable[[Reading, Entry], Part]

WRITING = ("version", "recorded_at", "recorded_on", "recorded_by")


def client_parts(reading: Reading, client: Entry) -> list[Part]:
    """Everything of the record, in the order in which the screens have it."""
    check_ins = sorted(client.get("check_ins", ()), key=lambda each: (_newest(each)["period_end"], each["number"]))
    responses = sorted(client.get("responses", ()), key=lambda each: (_newest(each)["day"], each["number"]))
    return [
        Part(title="Client", facts=reading.facts(client)),
        Part(title="Whose client", sheets=_sheet(reading, client, "therapists")),
        Part(title="Shared with", sheets=_sheet(reading, client, "shared_with")),
        Part(title="Partner", sheets=_sheet(reading, client, "partner_statuses")),
        Part(title="Sessions", sheets=_sheet(reading, client, "sessions")),
        Part(title="Events", sheets=_sheet(reading, client, "events")),
        Part(title="Check-ins", parts=[_check_in(reading, each) for each in check_ins]),
        Part(title="Questionnaires", parts=[_response(reading, each) for each in responses]),
        Part(title="Notes", parts=[_note(reading, each) for each in _by_number(client, "notes")]),
        Part(title="Profile", parts=list(settings_parts(reading, client.get("profile", ())))),
        Part(title="Handouts", sheets=_sheet(reading, client, "handouts")),
    ]


def sessions_by_id(reading: Reading, client: Entry) -> dict[Any, str]:
    """What a note calls its session."""
    return {
        each["id"]: f"session {each['number']}, {reading.text('day', each['day'])}"
        for each in client.get("sessions", ())
    }


def _newest(record: Entry) -> Entry:
    newest: Entry = record["versions"][-1]
    return newest


def _by_number(client: Entry, name: str) -> list[Entry]:
    return sorted(client.get(name, ()), key=lambda each: (each.get("number", 0), each.get("day") or each.get("since")))


def _sheet(reading: Reading, client: Entry, name: str) -> list[Sheet]:
    entries = _by_number(client, name)
    return [reading.sheet("", entries)] if entries else []


def _check_in(reading: Reading, record: Entry) -> Part:
    newest = _newest(record)
    end, days = newest["period_end"], newest["period_days"]
    period = print_day(end) if days == 1 else f"{print_day(end - timedelta(days=days - 1))} to {print_day(end)}"
    return _versions(reading, record, f"Check-in, {period}", _check_in_version)


def _check_in_version(reading: Reading, version: Entry) -> Part:
    marks = version.get("marks", ())
    said = [
        (called, "; ".join(_mark(reading, each) for each in marks if each["kind"] == kind) or "none")
        for kind, called in MARKS.items()
        if any(each["kind"] == kind for each in marks)
    ]
    episodes = version.get("episodes", ())
    return Part(
        title="",
        facts=(*reading.facts(version, but=WRITING), *said),
        sheets=[reading.sheet("Times that reassurance was asked for", episodes)] if episodes else (),
    )


def _mark(reading: Reading, mark: Entry) -> str:
    if not mark["subject"]:
        return "none"
    kind = mark["kind"] if mark["kind"] in ("reaction", "body_sign") else "subject"
    words = reading.text(kind, mark["subject"])
    return words if mark.get("value") is None else f"{words}: {mark['value']}"


def _response(reading: Reading, record: Entry) -> Part:
    newest = _newest(record)
    named = reading.text("questionnaire", newest["questionnaire"])
    return _versions(reading, record, f"{named}, {reading.text('day', newest['day'])}", _response_version)


def _response_version(reading: Reading, version: Entry) -> Part:
    sheets = []
    if answers := version.get("answers"):
        sheets.append(_answers(reading, version, answers))
    if totals := version.get("entered_totals"):
        sheets.append(_totals(reading, version, totals))
    if reviews := version.get("safety_reviews"):
        sheets.append(reading.sheet("What was done about the item on safety", reviews))
    return Part(title="", facts=reading.facts(version, but=(*WRITING, "questionnaire")), sheets=sheets)


def _answers(reading: Reading, version: Entry, answers: Sequence[Entry]) -> Sheet:
    """Each question as it may be shown, its answer in words and as a number."""
    form = reading.catalogue.questionnaire(version["questionnaire"], version["questionnaire_version"])
    items = {} if form is None else {item.number: item for item in form.items}
    rows = []
    for each in answers:
        item, value = items.get(each["item"]), each.get("value")
        question = f"Question {each['item']}" if item is None else (item.wording or item.topic)
        labels = {} if form is None or item is None else form.labels_of(item)
        if each.get("not_applicable"):
            said = "does not apply"
        else:
            said = "not answered" if value is None else labels.get(value, "")
        rows.append([str(each["item"]), question, said, "" if value is None else str(value)])
    return Sheet(title="Answers", columns=["No.", "Question", "Answer", "Number"], rows=rows)


def _totals(reading: Reading, version: Entry, totals: Sequence[Entry]) -> Sheet:
    form = reading.catalogue.questionnaire(version["questionnaire"], version["questionnaire_version"])
    scales = {} if form is None else {each.id: each.label for each in form.subscales}
    rows = [[scales.get(each["scale"], each["scale"].replace("_", " ")), each["value"]] for each in totals]
    return Sheet(title="Totals as they were entered", columns=["Scale", "Total"], rows=rows)


def _note(reading: Reading, note: Entry) -> Part:
    content = note["content"]
    template = reading.catalogue.note_templates.get(content.get("template", ""))
    labels = {} if template is None else {each.id: each.label for each in template.sections}
    parts = [
        *_sections(content, labels),
        *(
            Part(title=f"Being written: {labels.get(each['section'], each['section'])}", words=[each["words"]],
                 facts=reading.facts(each, but=("section", "words")))
            for each in note.get("draft_words", ())
        ),
        *(
            Part(title="Addendum", words=[each["words"]], facts=reading.facts(each, but=("words",)))
            for each in note.get("addenda", ())
        ),
    ]  # fmt: skip
    state = "signed" if note.get("signed_at") else "draft"
    called = [("Form of the note", template.name)] if template else []
    title = f"Note {note['number']} ({state}): {reading.sessions.get(note['session_id'], 'session not known')}"
    return Part(title=title, facts=[*reading.facts(note, but=("number", "session_id")), *called], parts=parts)


def _sections(content: Mapping[str, Any], labels: Mapping[str, str]) -> Iterator[Part]:
    statements, words = content.get("statements", ()), content.get("words", {})
    named = dict.fromkeys([*labels, *(each["section"] for each in statements), *words])
    for section in named:
        said = [each["text"] for each in statements if each["section"] == section]
        own = words.get(section)
        yield Part(title=labels.get(section, section), words=[*said, *([own] if own else [])])


def _versions(reading: Reading, record: Entry, title: str, read: Read) -> Part:
    """The newest version under the record's own heading, and the earlier ones below, each with why it was changed."""
    newest, *earlier = reversed(record["versions"])
    shown = read(reading, newest)
    below = []
    for each in earlier:
        part = read(reading, each)
        heading = f"Earlier version {each['version']}, {reading.written(each)}"
        below.append(Part(title=heading, facts=part.facts, sheets=part.sheets))
    facts = [*shown.facts, ("Version", f"{newest['version']}, {reading.written(newest)}")]
    return Part(title=f"{title} (no. {record['number']})", facts=facts, sheets=shown.sheets, parts=below)
