"""A practice of several people in its encrypted file, with invented clients: one shared, one closed long ago."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Final

from core.catalogue import load_catalogue
from core.model.access import Account, Role
from core.model.people import ClientDetails, PracticeDetails
from core.services.accounts import add_account, end_account
from core.services.backups import DAILY, USUAL_FOLDER, back_up
from core.services.clients import add_client, close_client, list_clients
from core.services.retention import choose_years
from core.services.sharing import share_client
from core.store import FixedClock, SystemClock, UnitOfWork
from dashboard.door import OWN_FILE
from dashboard.opened import OpenPractice
from dashboard.practice_file import PracticeFile
from sample_data.draw import draw_practice
from sample_data.loading import load_people
from sample_data.timetable import ZONE
from tests.browser.server import PASSPHRASE, THERAPIST
from tests.browser.steps import PRACTICE
from tests.store.encrypted import CHEAP

SHARED: Final = "Sarah"
CLIENTS: Final = (SHARED, "Karim")
LONG_CLOSED: Final = ClientDetails(name="Ada", started_on=date(2011, 3, 4))
CLOSED_ON: Final = date(2012, 6, 1)
YEARS_KEPT: Final = 10


class Person(StrEnum):
    """Who works in the practice, by the name they sign in with."""

    OWNER = THERAPIST
    THERAPIST = "Ines Prado"
    ASSISTANT = "Robin Lee"
    SUPERVISOR = "Noor Haddad"
    NEWCOMER = "Jo Winter"
    LEFT = "Max Berg"


ROLES: Final = {
    Person.THERAPIST: Role.THERAPIST,
    Person.ASSISTANT: Role.ASSISTANT,
    Person.SUPERVISOR: Role.SUPERVISOR,
    Person.NEWCOMER: Role.THERAPIST,
    Person.LEFT: Role.ASSISTANT,
}
HAVE_BEGUN: Final = (Person.THERAPIST, Person.ASSISTANT, Person.SUPERVISOR)


def make_peopled(folder: Path) -> Path:
    """Make it in a new data folder, and give that; everybody who has begun has the tests' passphrase."""
    data_dir = folder / "data"
    data_dir.mkdir(parents=True, mode=0o700)
    clock = FixedClock(SystemClock().now())
    behind = PracticeFile(data_dir / OWN_FILE, clock=clock, cost=CHEAP)
    opened, _ = behind.set_up(PracticeDetails(name=PRACTICE, therapist=THERAPIST, zone=ZONE), PASSPHRASE)
    codes = {person: behind.new_starting_code(opened, account) for person, account in _fill(opened, clock).items()}
    back_up(opened.store, opened.actor, data_dir / USUAL_FOLDER, how=DAILY)
    opened.close()
    for person in HAVE_BEGUN:
        behind.begin(person, codes[person], PASSPHRASE).opened.close()
    return data_dir


def _fill(opened: OpenPractice, clock: FixedClock) -> dict[Person, Account]:
    """Write clients and accounts; gives the accounts of those who may begin."""
    catalogue, now = load_catalogue(), clock.now()
    with opened.store.writing(opened.actor) as work:
        people = [each for each in draw_practice(work.today, catalogue) if each.details.content.name in CLIENTS]
        load_people(work, clock, catalogue, people)
        clock.move_to(now)  # the trail would else say that the clock was set back
        work.commit()
    with opened.store.writing(opened.actor) as work:
        close_client(work, add_client(work, LONG_CLOSED, work.new_id()), CLOSED_ON)
        choose_years(work, YEARS_KEPT, seen=0)
        accounts = _accounts(work)
        work.commit()
    return accounts


def _accounts(work: UnitOfWork) -> dict[Person, Account]:
    accounts = {person: add_account(work, person, role) for person, role in ROLES.items()}
    end_account(work, accounts.pop(Person.LEFT).id)
    [shared] = [each for each in list_clients(work) if each.details.name == SHARED]
    share_client(work, shared.id, accounts[Person.SUPERVISOR].id)
    return accounts
