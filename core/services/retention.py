"""For how long records are kept: chosen by the practice, told when it is over, and never acted on by itself."""

from core.model.access import Act
from core.model.profile import BlockKind, Retention
from core.model.retention import PastRetention, years_after
from core.services.access import need_practice, need_some, seen
from core.store import UnitOfWork, clients, practice_blocks
from core.store.last_contacts import last_contacts


def years_kept(work: UnitOfWork) -> tuple[int | None, int]:
    """Years after the last contact (`None`: nobody has chosen), and the version of that setting (0: never set)."""
    need_practice(work, Act.READ_SETTINGS)
    dated = practice_blocks.newest(work, BlockKind.RETENTION)
    if dated is None or not isinstance(dated.content, Retention):
        return None, 0
    return dated.content.years, dated.version


def choose_years(work: UnitOfWork, years: int | None, *, seen: int) -> None:
    """Keep records for so many years from now on; `None` goes back to "not set".

    `InvalidInput` for a number that is none of years, and `Conflict` unless `seen` is the newest version.
    """
    need_practice(work, Act.CHANGE_SETTINGS)
    practice_blocks.save(work, Retention(years=years), seen=seen, held_from=work.today)


def past_retention(work: UnitOfWork) -> tuple[PastRetention, ...]:
    """Closed clients whose time is over, the longest over first; none while nobody has chosen how long that is.

    Only those whom the actor may erase.
    """
    need_some(work, Act.ERASE_CLIENT)
    years, _ = years_kept(work)
    if years is None:
        return ()
    contacts, today, theirs = last_contacts(work), work.today, seen(work, Act.ERASE_CLIENT)
    found = [
        PastRetention(client=each, last_contact=contacts[each.id], kept_until=years_after(contacts[each.id], years))
        for each in clients.all(work)
        if each.closed_on is not None and (theirs is None or each.id in theirs)
    ]
    return tuple(sorted((each for each in found if each.kept_until < today), key=lambda each: each.kept_until))
