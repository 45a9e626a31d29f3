"""The pages on which the owner adds people to the practice and changes what they are."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

from core.model.access import Account, Role
from core.model.words import ROLE_WORDS
from dashboard.server.account_pages import BACK, SETTINGS
from dashboard.server.page_parts import (
    MOST_NAME,
    Field,
    choice,
    field,
    form,
    frame,
    link,
    problems_box,
    prose,
    section,
)
from dashboard.server.refusals import Refused

ADD: Final = "/auth/accounts/add"
CHANGE: Final = "/auth/accounts/change"
NEW_CODE: Final = "Give them a new starting code"
END: Final = "End the account"
ROLES: Final[Mapping[str, Role]] = {
    ROLE_WORDS[role]: role for role in (Role.THERAPIST, Role.ASSISTANT, Role.SUPERVISOR)
}
BECOMES: Final[Mapping[str, Role]] = {f"Make them: {words}": role for words, role in ROLES.items()}
WHAT_ROLES_SEE: Final = (
    "A therapist sees their own clients and what is shared with them.",
    "An assistant sees names, sessions and questionnaires of every client; no check-in, review, profile or note.",
    "A supervisor reads what is shared with them, and writes nothing.",
    "Everybody's passphrase opens the whole file. What a role may not see is kept from them by this program alone.",
)


def add_page(token: str, *, name: str, refused: Refused) -> str:
    """Add somebody; `name` is the owner's, whose passphrase is asked again."""
    problems, typed = refused.problems, refused.typed
    who = Field(
        name="new_name", label="Name of the new person", value=typed.get("new_name", ""), longest=MOST_NAME,
        hint="They sign in with it, and it stands under what they write.", first=not problems,
    )  # fmt: skip
    role = Field(name="role", label="Role", value=typed.get("role", ""))
    main = (
        problems_box(problems)
        + form(ADD, token, field(who) + choice(role, tuple(ROLES)) + _present(name), "Add them")
        + link(SETTINGS, BACK)
    )
    return frame("Add somebody", main, section("What each role sees", *WHAT_ROLES_SEE))


def change_page(token: str, *, name: str, people: Sequence[Account], refused: Refused) -> str:
    """Change what somebody is, give them a new starting code, or end their account."""
    if not people:
        return frame("Change an account", prose("Nobody else works in this practice.") + link(SETTINGS, BACK))
    typed = refused.typed
    who = Field(name="who", label="Whose account", value=typed.get("who", ""))
    what = Field(name="what", label="What is changed", value=typed.get("what", ""))
    ways = (*BECOMES, NEW_CODE, END)
    fields = choice(who, [each.name for each in people]) + choice(what, ways) + _present(name)
    main = problems_box(refused.problems) + form(CHANGE, token, fields, "Change it") + link(SETTINGS, BACK)
    aside = section("What each role sees", *WHAT_ROLES_SEE) + section(
        "When an account ends",
        "Their windows are signed out within two seconds and nothing opens for them any more. Their clients must be "
        "handed over first; what they wrote keeps their name. A copy of both files that they took along goes on "
        "opening with their passphrase.",
    )
    return frame("Change an account", main, aside)


def code_page(name: str, code: str) -> str:
    """The starting code of somebody, shown this once."""
    groups = "".join(f"<span>{escape(group)}</span>" for group in code.split("-"))
    main = (
        prose(
            f"Give this code to {name} in person or by telephone. It lets them in once, within seven days, to choose "
            "a passphrase of their own. It is shown this one time."
        )
        + f'<div class="code" role="group" aria-label="Starting code">{groups}</div>'
        + prose("They choose “I have a starting code” on the sign-in page.")
        + link(SETTINGS, BACK)
    )
    return frame("A starting code", main)


def _present(name: str) -> str:
    known = Field(name="name", label="Your name", autocomplete="username", value=name, fixed=True)
    present = Field(name="present", label="Your passphrase", kind="password", autocomplete="current-password")
    return field(known) + field(present)
