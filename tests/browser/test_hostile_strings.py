"""Three hundred hostile texts in a real browser: shown letter by letter, none of it runs, and nothing is fetched."""

import re
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from core.catalogue import load_catalogue
from core.model.people import PracticeDetails
from core.services import sign_ins
from core.store import SystemClock, UnitOfWork
from dashboard.practice_file import PracticeFile
from dashboard.settings import folder_mark
from tests.browser.conftest import OpenPage
from tests.browser.looking import settled
from tests.browser.server import PASSPHRASE, THERAPIST, Server
from tests.isolation.hostile_record import all_in_one_record, alone_in_each_field, listed
from tests.isolation.hostile_strings import STRINGS, fitting
from tests.isolation.window import Window
from tests.store.encrypted import CHEAP

JOINER = "\u2060"
SEVERAL = "<b>x</b> ![p](http://p.example/p) **b**$x$ :red[r]www.x.example -- \u202ea\u202c <script>x</script>"
"""The name of one client, and all that is written about this one: it fits the field of a name."""
MADE_OF_TEXT = "script, iframe, object, embed, form, video, math, a[href^='http'], img[src^='http'], b, strong b, u"


@dataclass(frozen=True, kw_only=True)
class Visited:
    """A client whose pages are open in a sign-in, and what each of the screens must show."""

    token: str
    shows: dict[str, Sequence[str]]


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """The running server and everybody in its record."""

    server: Server
    visits: tuple[Visited, ...]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prepared]:
    """A practice with hostile texts in every field; nothing of it was typed here, all of it is shown."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "data").mkdir(mode=0o700)
    practice = PracticeDetails(name=SEVERAL, therapist=THERAPIST, zone="Europe/Berlin")
    file = PracticeFile(folder / "data" / "practice.db", clock=SystemClock(), cost=CHEAP)
    opened, _ = file.set_up(practice, PASSPHRASE)
    with opened.store.writing(opened.actor) as work:
        visits = tuple(_written(work))
        work.commit()
    opened.close()
    server = Server(data_dir=folder / "data", log=folder / "server.log").start()
    assert Window(server).sign_in().status == 303
    yield Prepared(server=server, visits=visits)
    server.stop()


def _written(work: UnitOfWork) -> Iterator[Visited]:
    catalogue = load_catalogue()
    several = alone_in_each_field(work, catalogue, SEVERAL)
    screens = ("Review", "Check-in", "Questionnaires", "Sessions", "Notes", "Profile", "Settings")
    yield _visited(work, several.client_id, dict.fromkeys(screens, (SEVERAL,)))
    every = all_in_one_record(work, catalogue, STRINGS, ["\n".join(STRINGS)])
    yield _visited(work, every.client_id, {"Sessions": fitting(80), "Notes": STRINGS})
    for client_id, held in listed(work, catalogue, fitting(200)):
        yield _visited(work, client_id, {"Profile": held})


def _visited(work: UnitOfWork, client_id: UUID, shows: dict[str, Sequence[str]]) -> Visited:
    token = secrets.token_urlsafe(32)
    sign_ins.open_client(work, sign_ins.begin(work, token).id, client_id)
    return Visited(token=token, shows=shows)


def test_every_text_is_shown_letter_by_letter_and_nothing_of_it_runs(prepared: Prepared, open_page: OpenPage) -> None:
    page = open_page(prepared.server, "/auth/sign-in").page
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    for visit in prepared.visits:
        sign_in_as(page, prepared.server, visit.token)
        page.goto(prepared.server.url)
        for screen, texts in visit.shows.items():
            page.get_by_test_id("stSidebar").get_by_role("link", name=screen, exact=True).click()
            page.wait_for_url("**/" + screen.lower())
            settled(page)
            if texts is STRINGS:
                page.get_by_role("button", name="Open n1", exact=True).click()
                expect(page.get_by_role("heading", level=1, name=re.compile("note, session 1"))).to_be_visible()
                settled(page)
            shown = plain(page.get_by_test_id("stMain").evaluate("main => main.textContent"))
            assert [text for text in texts if plain(text) not in shown] == [], screen
            expect(page.get_by_test_id("stMain").locator(MADE_OF_TEXT)).to_have_count(0)
            assert "example" not in page.title() + page.url
    assert dialogs == []
    assert page.evaluate("() => window.ran === undefined")


def sign_in_as(page: Page, server: Server, token: str) -> None:
    """Let the browser hold the cookie of another sign-in."""
    page.context.clear_cookies()
    name = f"secure-base-{folder_mark(server.data_dir)[:8]}"
    page.context.add_cookies([{"name": name, "value": token, "url": server.url}])


def plain(text: str) -> str:
    """A text without what a page does not draw: the joiners that keep an address from being a link, blanks in a row."""
    return re.sub(r"[ \t\n\r\f\v]+", " ", text.replace(JOINER, "")).strip()
