"""Records the invented people through core.services, each thing at the moment it would have been written."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import attrgetter
from uuid import UUID

from core.catalogue import Catalogue
from core.model.calendar import EventDetails, Session, SessionDetails
from core.model.check_in import CheckIn
from core.model.notes import Note, TypedWords
from core.model.people import ClientDetails, DatedPartnerStatus
from core.model.profile import Block, QuestionnairePlans
from core.model.records import Recorded
from core.model.responses import Response
from core.services import (
    calendar,
    check_ins,
    clients,
    handouts,
    profiles,
    questionnaire_plans,
    questionnaires,
    session_notes,
)
from core.store import FixedClock, UnitOfWork
from sample_data.invented import InventedCheckIn, InventedClient, InventedNote, InventedResponse, Written


@dataclass(frozen=True, kw_only=True)
class Deed:
    """One thing the therapist did, and when."""

    at: datetime
    do: Callable[[UnitOfWork], object]


def load_people(work: UnitOfWork, clock: FixedClock, catalogue: Catalogue, people: Sequence[InventedClient]) -> None:
    """Record everything about `people` in the order in which it would have been written.

    The order matters: a note is started from what was on record at that moment. `clock` is the one that
    `work` asks. The caller commits.
    """
    deeds = [deed for person in people for deed in _Book(catalogue=catalogue).deeds(person)]
    for deed in sorted(deeds, key=attrgetter("at")):
        clock.move_to(deed.at)
        deed.do(work)


@dataclass(kw_only=True)
class _Book:
    """One person's deeds; remembers what earlier deeds were given back, since later ones need it."""

    catalogue: Catalogue
    client_id: UUID = field(init=False)
    sessions: dict[date, Session] = field(default_factory=dict)

    def deeds(self, person: InventedClient) -> Iterator[Deed]:
        """Everything about `person`; whatever is needed by something else comes before it."""
        yield self._added(person.details)
        yield from (self._partner(status) for status in person.partner)
        yield from (self._session(session) for session in person.sessions)
        yield from (self._event(event) for event in person.events)
        yield from (self._block(block) for block in person.profile)
        yield from (self._handout(handout) for handout in person.handouts)
        for check_in in person.check_ins:
            yield from self._check_in(check_in)
        if person.intervals is not None:
            yield self._intervals(person.intervals)
        for response in person.responses:
            yield from self._response(response)
        if person.start_level is not None:
            yield self._start_level(person.start_level)
        for note in person.notes:
            yield from self._note(note)

    def _added(self, details: Written[ClientDetails]) -> Deed:
        def do(work: UnitOfWork) -> None:
            self.client_id = clients.add_client(work, details.content, work.new_id()).id

        return Deed(at=details.at, do=do)

    def _partner(self, status: Written[DatedPartnerStatus]) -> Deed:
        return Deed(at=status.at, do=lambda work: clients.set_partner_status(work, self.client_id, status.content))

    def _start_level(self, day: Written[date]) -> Deed:
        return Deed(at=day.at, do=lambda work: clients.move_start_level(work, self.client_id, day.content))

    def _session(self, session: Written[SessionDetails]) -> Deed:
        def do(work: UnitOfWork) -> None:
            made = calendar.add_session(work, self.client_id, session.content, work.new_id())
            self.sessions[made.details.day] = made

        return Deed(at=session.at, do=do)

    def _event(self, event: Written[EventDetails]) -> Deed:
        return Deed(at=event.at, do=lambda work: calendar.add_event(work, self.client_id, event.content, work.new_id()))

    def _block(self, block: Written[Block]) -> Deed:
        content, day = block.content, block.at.date()

        def do(work: UnitOfWork) -> None:
            seen = profiles.client_profile(work, self.client_id).version(content.kind)
            profiles.save_block(work, self.catalogue, self.client_id, content, seen=seen, held_from=day)

        return Deed(at=block.at, do=do)

    def _handout(self, handout: Written[str]) -> Deed:
        def do(work: UnitOfWork) -> None:
            day = handout.at.date()
            handouts.give_handout(
                work, self.catalogue, self.client_id, handout=handout.content, day=day, request_id=work.new_id()
            )

        return Deed(at=handout.at, do=do)

    def _check_in(self, check_in: InventedCheckIn) -> Iterator[Deed]:
        saved: list[Recorded[CheckIn]] = []
        first, corrected = check_in.first, check_in.corrected

        def record(work: UnitOfWork) -> None:
            saved.append(check_ins.record_check_in(work, self.client_id, first.content, work.new_id()))

        yield Deed(at=first.at, do=record)
        if corrected is not None:
            right, reason = corrected.content, check_in.reason
            yield Deed(at=corrected.at, do=lambda work: check_ins.correct_check_in(work, saved[0].ref, right, reason))

    def _response(self, response: InventedResponse) -> Iterator[Deed]:
        saved: list[Recorded[Response]] = []
        first, review = response.first, response.review
        questionnaire = self.catalogue.questionnaires[first.content.questionnaire]

        def record(work: UnitOfWork) -> None:
            saved.append(
                questionnaires.record_response(work, self.client_id, questionnaire, first.content, work.new_id())
            )

        yield Deed(at=first.at, do=record)
        if review is not None:
            written = review.content
            yield Deed(at=review.at, do=lambda work: questionnaires.review_safety_item(work, saved[0].ref, written))

    def _intervals(self, intervals: Written[QuestionnairePlans]) -> Deed:
        def do(work: UnitOfWork) -> None:
            questionnaire_plans.plan_questionnaires(work, self.catalogue, self.client_id, intervals.content, seen=0)

        return Deed(at=intervals.at, do=do)

    def _note(self, note: InventedNote) -> Iterator[Deed]:
        saved: list[Note] = []

        def write(work: UnitOfWork) -> None:
            saved.append(self._written(work, note))

        yield Deed(at=note.at, do=write)
        if note.addendum is not None:
            added = note.addendum.content
            yield Deed(
                at=note.addendum.at,
                do=lambda work: session_notes.add_addendum(work, saved[0].id, added.words, added.reason, work.new_id()),
            )

    def _written(self, work: UnitOfWork, note: InventedNote) -> Note:
        """The note as the therapist leaves it: the figures it was started with, own words, signed or not."""
        session = self.sessions[note.session_day]
        started = session_notes.start_note(work, self.catalogue, session, note.template, work.new_id())
        window = work.new_id()
        for sent, (section, text) in enumerate(note.words.items(), start=1):
            typed = TypedWords(note_id=started.id, section=section, text=text, base=0, window=window, sent=sent)
            session_notes.save_words(work, self.catalogue, typed)
        return session_notes.sign_note(work, started.id, started.revision) if note.signed else started
