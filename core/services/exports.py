"""Everything that is kept about one client, or in the practice, as files to take away; one line in the trail for each.

The audit trail itself, sign-ins and passphrases are not in them: they say what was done here and nothing of anybody.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from core.catalogue import Catalogue
from core.exchange.archive import pack
from core.exchange.pages import Part, as_page
from core.exchange.plain import as_json
from core.model.access import Act
from core.model.people import Actor
from core.services.access import need, need_practice
from core.services.audit_trail import record_export
from core.services.readable import Reading, own_words, settings_parts
from core.services.readable_client import client_parts, sessions_by_id
from core.store import Store, UnitOfWork, clients, recovery_codes
from core.store.whole_record import client_record, practice_record

_SAID = "Everything that this practice keeps about this client in Secure Base."
_SAID_PRACTICE = "The practice itself; each client has a folder of their own, named by their code."

_EARLIER = "Earlier versions stand below the newest; each says when it was written, and why it was changed."


@dataclass(frozen=True, kw_only=True)
class Export:
    """An archive, and the random code that alone opens it: shown once, kept nowhere."""

    archive: bytes = field(repr=False)
    code: str = field(repr=False)
    files: int


def client_files(work: UnitOfWork, catalogue: Catalogue, client_id: UUID) -> dict[str, bytes]:
    """One client's record as JSON and as a page; the names hold their code and nothing else of them."""
    need(work, Act.EXPORT_CLIENT, client_id)
    practice = practice_record(work)
    return _client_files(practice, client_record(work, client_id), _reading(practice, catalogue))


def practice_files(work: UnitOfWork, catalogue: Catalogue) -> dict[str, bytes]:
    """The practice, and every client of it, closed ones too. The same records are the same bytes."""
    need_practice(work, Act.EXPORT_PRACTICE)
    practice = practice_record(work)
    reading = _reading(practice, catalogue)
    files = {
        "practice.json": as_json("practice", {"practice": practice}),
        "practice.html": as_page(practice["name"], [_SAID_PRACTICE], _practice_parts(reading, practice)),
    }
    for each in sorted(clients.all(work), key=lambda client: client.code):
        files |= _client_files(practice, client_record(work, each.id), reading)
    return files


def export(store: Store, actor: Actor, catalogue: Catalogue, client_id: UUID | None) -> Export:
    """An encrypted archive about one client, or for `None` about the practice, once the trail says that it was made.

    `NotFound` if there is no such client. Reads one moment of the record, and holds nobody else up.
    """
    with store.reading(actor) as work:
        files = practice_files(work, catalogue) if client_id is None else client_files(work, catalogue, client_id)
        now = work.now
    code = recovery_codes.new_code()
    about = {"of": "practice" if client_id is None else "client", "made_by": actor.id}
    made = Export(archive=pack(files, about, code, now), code=code, files=len(files) + 1)
    with store.writing(actor) as work:
        record_export(work, client_id)
        work.commit()
    return made


def _client_files(practice: Mapping[str, Any], client: Mapping[str, Any], reading: Reading) -> dict[str, bytes]:
    code = client["code"]
    own = {name: practice[name] for name in ("id", "name", "zone", "therapists")}
    of_client = replace(reading, own=own_words(client.get("profile", ())), sessions=sessions_by_id(reading, client))
    page = as_page(f"{client['name']} ({code})", [_SAID, _EARLIER], client_parts(of_client, client))
    return {
        f"clients/{code}/record.json": as_json("client", {"practice": own, "client": client}),
        f"clients/{code}/record.html": page,
    }


def _practice_parts(reading: Reading, practice: Mapping[str, Any]) -> list[Part]:
    return [
        Part(title="Practice", facts=reading.facts(practice)),
        Part(title="People", sheets=[reading.sheet("", practice["therapists"])]),
        Part(title="Settings", parts=list(settings_parts(reading, practice["settings"]))),
    ]


def _reading(practice: Mapping[str, Any], catalogue: Catalogue) -> Reading:
    return Reading(
        catalogue=catalogue,
        zone=ZoneInfo(practice["zone"]),
        people={each["id"]: each["name"] for each in practice["therapists"]},
    )
