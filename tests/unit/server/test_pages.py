"""The pages before the record: what is typed stays text, fields say what they are for, and nothing runs inline."""

import re
from html.parser import HTMLParser
from uuid import UUID

import pytest

from core.model.access import Account, Role
from dashboard.server import account_pages, export_pages, pages, restore_pages, staff_pages
from dashboard.server.assets import FONT_FILES, SERVED, font_rules
from dashboard.server.refusals import Refused
from dashboard.server.shell import named_shell

TOKEN = "token-of-this-form"
HOSTILE = "\"><script>alert('x')</script><b>&"
CODE = "7K2M-94QX-0BTN-HR5C-W1YD-8GZA-3VJE"
REFUSED = Refused(problems=(HOSTILE,), typed=dict.fromkeys(("new_name", "backup", "folder", "by", "what"), HOSTILE))
SOMEBODY = Account(id=UUID(int=1), name=HOSTILE, role=Role.ASSISTANT)
ALL = {
    "sign-in": pages.sign_in_page(TOKEN, name=HOSTILE, problem=HOSTILE, names_practice=HOSTILE),
    "set-up": pages.set_up_page(
        TOKEN, values={"practice": HOSTILE, "therapist": HOSTILE}, problems=[HOSTILE], zones=["Europe/Lisbon", HOSTILE]
    ),
    "recovery-code": pages.recovery_code_page(TOKEN, code=CODE, problem=HOSTILE),
    "forgotten": pages.forgotten_page(TOKEN, problem=HOSTILE),
    "convert": pages.convert_page(TOKEN, problems=[HOSTILE], name=HOSTILE),
    "convert-server": pages.convert_page(TOKEN, problems=[HOSTILE], name=HOSTILE, encrypted=False),
    "older": pages.older_page(TOKEN, found=HOSTILE, seen=HOSTILE, problem=HOSTILE),
    "message": pages.message_page(HOSTILE, [HOSTILE], way="/settings", words=HOSTILE),
    "passphrase": account_pages.passphrase_page(TOKEN, name=HOSTILE, problems=[HOSTILE]),
    "begin": pages.begin_page(TOKEN, name=HOSTILE, problem=HOSTILE),
    "account-add": staff_pages.add_page(TOKEN, name=HOSTILE, refused=REFUSED),
    "account-change": staff_pages.change_page(TOKEN, name=HOSTILE, people=[SOMEBODY], refused=REFUSED),
    "restore": restore_pages.restore_page(TOKEN, name=HOSTILE, backups=[HOSTILE], folder=HOSTILE, refused=REFUSED),
    "export": export_pages.export_page(TOKEN, name=HOSTILE, options=[HOSTILE], refused=REFUSED),
    "account-code": staff_pages.code_page(HOSTILE, CODE),
    "new-code": account_pages.new_code_page(TOKEN, name=HOSTILE, problem=HOSTILE),
}


class Tags(HTMLParser):
    """Every opening tag of a page with its attributes, and the texts of its scripts and styles."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.inline: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data):
        if self.found and self.found[-1][0] in ("script", "style") and data.strip():
            self.inline.append(data)

    def named(self, *tags: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.found if tag in tags]


@pytest.fixture(params=ALL)
def page(request: pytest.FixtureRequest) -> str:
    return ALL[request.param]


def test_what_was_typed_is_shown_as_text_and_nothing_runs_inline(page: str) -> None:
    tags = Tags(page)
    assert [each["src"] for each in tags.named("script")] == ["/auth/assets/sign_in.js"]
    assert tags.named("b") == []
    assert tags.inline == []
    assert not any(name == "style" or name.startswith("on") for _, each in tags.found for name in each)
    assert "&lt;script&gt;" in page or "recovery-code" in page


def test_every_field_has_its_label_and_every_form_its_token(page: str) -> None:
    tags = Tags(page)
    labelled = {each["for"] for each in tags.named("label")}
    typed = [each for each in tags.named("input", "select") if each.get("type") != "hidden"]
    assert {each["id"] for each in typed} == labelled
    ids = [each["id"] for _, each in tags.found if "id" in each]
    assert len(ids) == len(set(ids))
    described = [part for each in typed for part in (each.get("aria-describedby") or "").split()]
    assert set(described) <= set(ids)
    tokens = [each["value"] for each in tags.named("input") if each.get("name") == "token"]
    assert tokens == [TOKEN] * len(tags.named("form"))
    assert all(each["method"] == "post" for each in tags.named("form"))


def test_a_refusal_is_read_out_and_has_the_focus(page: str) -> None:
    boxes = [each for _, each in Tags(page).found if each.get("role") == "alert"]
    focused = [each for _, each in Tags(page).found if "autofocus" in each]
    assert focused == boxes
    assert len(boxes) == (0 if page in (ALL["message"], ALL["account-code"]) else 1)


def test_title_never_tells_more_than_the_product(page: str) -> None:
    assert re.findall("<title>(.*?)</title>", page) == ["Secure Base"]


def test_no_field_for_a_secret_carries_one_back_or_refuses_a_password_manager(page: str) -> None:
    secret = [each for each in Tags(page).named("input") if each["name"] in ("passphrase", "again", "present", "code")]
    assert all(each.get("value") is None for each in secret)
    kinds = {"passphrase": "password", "again": "password", "present": "password", "code": "text"}
    assert all(each["type"] == kinds[each["name"] or ""] for each in secret)
    managed = [each["autocomplete"] for each in secret if each["name"] != "code"]
    assert set(managed) <= {"current-password", "new-password"}


def test_shown_code_is_not_in_the_form_that_asks_for_it() -> None:
    asking = ALL["recovery-code"].partition("<form")[2]
    assert all(group in ALL["recovery-code"] and group not in asking for group in CODE.split("-"))


def test_set_up_keeps_what_was_chosen_and_chooses_nothing_itself() -> None:
    kept = pages.set_up_page(TOKEN, values={"zone": "Asia/Tokyo"}, problems=[], zones=["Asia/Tokyo", "Europe/Rome"])
    assert "<option selected>Asia/Tokyo</option>" in kept
    fresh = pages.set_up_page(TOKEN, values={}, problems=[], zones=["Asia/Tokyo", "Europe/Rome"])
    assert "selected" not in fresh


def test_a_practice_on_a_server_is_not_called_encrypted() -> None:
    there = (
        pages.sign_in_page(TOKEN, encrypted=False),
        pages.set_up_page(TOKEN, values={}, problems=[], zones=[], encrypted=False),
        ALL["convert-server"],
    )
    assert all("whoever runs that server can read them" in each for each in there)
    assert not any("encrypted file" in each for each in there)


@pytest.mark.parametrize("typed", ["open the older file", " Open  the older FILE. "])
def test_consent_is_the_sentence_whatever_its_capitals_and_spaces(typed: str) -> None:
    assert pages.consents(typed)


@pytest.mark.parametrize("typed", ["", "yes", "open the file", "open the older file please"])
def test_anything_else_is_no_consent(typed: str) -> None:
    assert not pages.consents(typed)


def test_policy_of_these_pages_lets_nothing_in_but_our_own_files() -> None:
    assert "'none'" in pages.POLICY.partition(";")[0]
    assert "unsafe" not in pages.POLICY
    assert "http" not in pages.POLICY


def test_every_served_file_is_there_and_the_typefaces_are_those_of_the_screens() -> None:
    assert all(path.is_file() for path, _ in SERVED.values())
    assert font_rules().count("@font-face") == len(FONT_FILES)


def test_page_of_every_screen_loads_our_scripts_as_files_of_ours() -> None:
    shell = named_shell(b"<head><title>x</title></head><noscript>y</noscript>")
    head = shell.partition(b"</head>")[0]
    assert b'<script src="/auth/assets/address.js"></script>' in head  # before the modules, of which Streamlit's is one
    for name in (b"guard.js", b"inks.js", b"refused.js", b"sidebar.js"):
        assert b'<script type="module" src="/auth/assets/' + name + b'"></script>' in head
