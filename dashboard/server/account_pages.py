"""The pages on which somebody who is signed in changes what opens the practice."""

from collections.abc import Sequence

from dashboard.server.page_parts import Field, field, form, frame, link, new_passphrase, problems_box, prose, section

SETTINGS = "/settings"
BACK = "Back to Settings"


def passphrase_page(token: str, *, name: str = "", problems: Sequence[str] = ()) -> str:
    """Another passphrase, for which the one before is asked; `name` lets a password manager know whose it is."""
    inside = _known(name) + field(_present(first=not problems)) + new_passphrase()
    main = (
        problems_box(problems) + form("/auth/passphrase", token, inside, "Change my passphrase") + link(SETTINGS, BACK)
    )
    aside = section(
        "What changes",
        "The records are not encrypted anew: only the lock on their key is changed. It takes a second.",
        "Every other window that is signed in is signed out.",
    ) + section(
        "Copies made before",
        "A backup opens with the passphrase that was in use when it was made.",
    )
    return frame("Change my passphrase", main, aside)


def new_code_page(token: str, *, name: str = "", problem: str = "") -> str:
    """Ask for the passphrase before a new recovery code is made."""
    main = (
        prose("The code on your paper opens nothing any more as soon as the new one is made. You see it once.")
        + problems_box([problem])
        + form("/auth/new-code", token, _known(name) + field(_present(first=not problem)), "Make a new recovery code")
        + link(SETTINGS, BACK)
    )
    aside = section(
        "When this is worth doing",
        "The paper is lost, or somebody may have seen it.",
        "A backup made before still opens with the code of its day.",
    )
    return frame("A new recovery code", main, aside)


def _present(*, first: bool) -> Field:
    return Field(
        name="present", label="Present passphrase", kind="password", autocomplete="current-password", first=first
    )


def _known(name: str) -> str:
    if not name:
        return ""
    return field(Field(name="name", label="Your name", autocomplete="username", value=name, fixed=True))
