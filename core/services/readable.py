"""A record as people read it: the plain values of an export under labels, with choices and names in words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from core.catalogue import Catalogue
from core.exchange.pages import Fact, Part, Sheet
from core.model.days import print_day
from core.services.export_words import ALONE_FOR_PROGRAMS, BLOCKS, CHOICES, FIELDS

Entry = Mapping[str, Any]

_DAYS = ("_on", "day", "since", "held_from", "period_end", "start_level_from")


@dataclass(frozen=True, kw_only=True)
class Reading:
    """How values of one record are read: `people` by id, `own` the words of the client's lists by id."""

    catalogue: Catalogue
    zone: ZoneInfo
    people: Mapping[UUID, str]
    own: Mapping[str, str] = field(default_factory=dict)
    sessions: Mapping[UUID, str] = field(default_factory=dict)

    def text(self, name: str, value: object) -> str:
        """One value of the field `name` in words."""
        if value is None or isinstance(value, bool):
            return {None: "–", True: "yes", False: "no"}[value]
        if isinstance(value, UUID):
            return self.people.get(value) or self.sessions.get(value) or self.own.get(str(value), str(value))
        if isinstance(value, date | time):
            return self._moment(value)
        if isinstance(value, list | tuple):
            return ", ".join(self.text(name, each) for each in value)
        return self._word(name, str(value))

    def label(self, name: str) -> str:
        """What the field `name` is called: by our own words, which hold its unit, else as it is defined."""
        if name in FIELDS:
            return FIELDS[name]
        catalogue = self.catalogue
        for defined in (catalogue.measures, catalogue.distortions, catalogue.warning_signs):
            if name in defined:
                return str(defined[name].label)
        return name.replace("_", " ").capitalize()

    def facts(self, entry: Entry, *, but: Iterable[str] = ()) -> tuple[Fact, ...]:
        """Every single value of an entry under its label."""
        left_out = {*ALONE_FOR_PROGRAMS, *but}
        single = ((name, value) for name, value in entry.items() if name not in left_out and not is_below(value))
        return tuple((self.label(name), self.text(name, value)) for name, value in single if _says(name, value))

    def sheet(self, title: str, entries: Sequence[Entry], *, but: Iterable[str] = ()) -> Sheet:
        """A table of entries that hold single values: a column for each field that any of them fills."""
        left_out = {*ALONE_FOR_PROGRAMS, *but}
        filled = (name for each in entries for name, value in each.items() if _says(name, value))
        names = dict.fromkeys(name for name in filled if name not in left_out)
        rows = [[self.text(name, each[name]) if name in each else "" for name in names] for each in entries]
        return Sheet(title=title, columns=[self.label(name) for name in names], rows=rows)

    def written(self, entry: Entry) -> str:
        """When and by whom a version was written."""
        return f"written {self.text('', entry['recorded_at'])} by {self.text('', entry['recorded_by'])}"

    def _word(self, name: str, value: str) -> str:
        choice = "sign" if name in self.catalogue.warning_signs else name
        said = CHOICES.get(choice, {}).get(value)
        if said is not None:
            return said
        if name.endswith(_DAYS) and (day := _day(value)) is not None:
            return print_day(day)
        return self._defined(name, value) or self.own.get(value, value)

    def _defined(self, name: str, value: str) -> str | None:
        catalogue = self.catalogue
        if name == "questionnaire" and value in catalogue.questionnaires:
            return f"{catalogue.questionnaires[value].name} ({catalogue.questionnaires[value].short_name})"
        if name == "handout" and value in catalogue.handouts:
            return catalogue.handouts[value].title
        if name in ("entry", "pattern", "approaches", "practices", "subject") and value in catalogue.entries:
            return catalogue.entries[value].label
        return None

    def _moment(self, value: date | time) -> str:
        if isinstance(value, datetime):
            local = value.astimezone(self.zone)
            return f"{print_day(local.date())}, {local:%H:%M:%S}"
        return print_day(value) if isinstance(value, date) else f"{value:%H:%M}"


def _says(name: str, value: object) -> bool:
    """Whether a value tells anything: blanks do not, nor does that something was never withdrawn."""
    return value not in (None, "") and not (name == "withdrawn" and value is False)


def is_below(value: object) -> bool:
    """Whether a value is not a single one: a mapping, or a list of those."""
    return isinstance(value, Mapping) or any(isinstance(each, Mapping) for each in _listed(value))


def settings_parts(reading: Reading, entries: Sequence[Entry]) -> Iterator[Part]:
    """Blocks of a profile or of the practice's settings, gathered by what they are, the newest version first."""
    for kind, called in BLOCKS.items():
        versions = [each for each in entries if each["kind"] == kind.value]
        parts = [
            Part(
                title=f"Version {each['version']}, from {reading.text('held_from', each['held_from'])}, "
                f"{reading.written(each)}",
                facts=reading.facts(each["content"]) or (() if _lists(each["content"]) else (("", "nothing"),)),
                sheets=[reading.sheet("", listed) for listed in _lists(each["content"])],
            )
            for each in reversed(versions)
        ]
        if parts:
            yield Part(title=called, parts=parts)


def own_words(profile: Sequence[Entry]) -> dict[str, str]:
    """The words of every item that ever stood on the client's own lists, by id; the newest are used."""
    return {
        str(item["id"]): str(item.get("words") or item.get("name") or "")
        for block in profile
        for listed in _lists(block["content"])
        for item in listed
        if "id" in item
    }


def _lists(content: Entry) -> list[Sequence[Entry]]:
    return [value for value in content.values() if is_below(value) and isinstance(value, list | tuple)]


def _listed(value: object) -> Sequence[object]:
    return value if isinstance(value, list | tuple) else ()


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
