"""The pages that stand before the record: setting up, signing in, the recovery code, an older file.

Each function gives a whole page of HTML and knows no request; `token` is the form's proof that it came from us.
Whatever is typed is escaped, and no page ever carries a passphrase back.
"""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Final

from dashboard.server.page_parts import (
    MOST_NAME,
    POLICY,
    Field,
    choice,
    field,
    form,
    frame,
    link,
    new_passphrase,
    problems_box,
    prose,
    section,
)

__all__ = [
    "CONSENT",
    "POLICY",
    "consents",
    "convert_page",
    "forgotten_page",
    "message_page",
    "older_page",
    "recovery_code_page",
    "set_up_page",
    "sign_in_page",
]

CONSENT: Final = "open the older file"
"""What has to be typed before a file older than the one last seen is opened."""


def consents(typed: str) -> bool:
    """Whether `typed` is the sentence of consent; capitals, spaces and a full stop do not matter."""
    return " ".join(typed.casefold().split()).removesuffix(".").strip() == CONSENT


def sign_in_page(
    token: str, *, name: str = "", problem: str = "", names_practice: str = "", encrypted: bool = True
) -> str:
    """Sign in with a name and a passphrase; `names_practice` is the practice's name, where it may be told.

    `encrypted` is whether the records lie in a file that the passphrase opens, and not on a database server.
    """
    again = bool(name)
    inside = field(
        Field(
            name="name", label="Your name", autocomplete="username", value=name, longest=MOST_NAME,
            first=not (problem or again),
        )
    ) + field(
        Field(
            name="passphrase", label="Passphrase", kind="password", autocomplete="current-password",
            first=again and not problem,
        )
    )  # fmt: skip
    main = (
        (f'<p class="line">{escape(names_practice)}</p>' if names_practice else "")
        + problems_box([problem])
        + form("/auth/sign-in", token, inside, "Sign in")
        + link("/auth/begin", "I have a starting code")
        + link("/auth/forgotten", "I forgot my passphrase")
    )
    return frame("Sign in", main, _promise(encrypted=encrypted) + _look_around(token))


def set_up_page(
    token: str, *, values: Mapping[str, str], problems: Sequence[str], zones: Sequence[str], encrypted: bool = True
) -> str:
    """Set up a practice: its name, the therapist, the time zone, a passphrase. `values` are kept from before."""
    inside = (
        field(
            Field(
                name="practice", label="Name of the practice", autocomplete="organization",
                value=values.get("practice", ""), longest=MOST_NAME, first=not problems,
            )
        )
        + field(
            Field(
                name="therapist", label="Your name", autocomplete="username", value=values.get("therapist", ""),
                longest=MOST_NAME, hint="It stands under your notes, and you sign in with it.",
            )
        )
        + choice(
            Field(name="zone", label="Time zone", value=values.get("zone", ""),
                  hint="It decides which day an entry belongs to."),
            zones,
        )
        + new_passphrase()
    )  # fmt: skip
    main = problems_box(problems) + form("/auth/set-up", token, inside, "Set up my practice")
    return frame("Set up my practice", main, _promise(new=True, encrypted=encrypted) + _look_around(token))


def recovery_code_page(token: str, *, code: str, problem: str = "") -> str:
    """Show the recovery code, once, and ask to type it back from paper; the form does not hold it."""
    main = (
        prose(
            "Write this code on paper and keep it where you keep what must not get lost, away from this computer. "
            "It is shown this one time."
        )
        + f'<div class="code" role="group" aria-label="Recovery code">{_groups(code)}</div>'
        + problems_box([problem])
        + form(
            "/auth/recovery-code",
            token,
            field(
                Field(
                    name="code", label="Type the code from the paper",
                    hint="Small letters, spaces and dashes do not matter.", longest=100, first=not problem,
                )
            ),
            "I have written it down",
        )
    )  # fmt: skip
    aside = section(
        "What the code is for",
        "If you forget your passphrase, this code opens the practice and lets you choose a new one.",
        "Whoever has the code and the files of the practice can read everything in them. Keep the two apart.",
    )
    return frame("Your recovery code", main, aside)


def forgotten_page(token: str, *, problem: str = "") -> str:
    """Open the practice with the recovery code and choose a new passphrase."""
    inside = (
        field(
            Field(
                name="code", label="Recovery code", hint="Seven groups of four, from the paper.", longest=100,
                first=not problem,
            )
        )
        + new_passphrase()
    )  # fmt: skip
    main = (
        problems_box([problem])
        + form("/auth/forgotten", token, inside, "Set the new passphrase")
        + link("/auth/sign-in", "Back to signing in")
    )
    aside = section(
        "Without the code",
        "Records are locked by the passphrase and by the code. Without either, nobody can open them: there is no "
        "other way in, and nobody who could be asked.",
    ) + section(
        "Where several people work",
        "The recovery code is the owner's. Everybody else is given a new starting code by the owner.",
    )
    return frame("A new passphrase", main, aside)


def begin_page(token: str, *, name: str = "", problem: str = "") -> str:
    """Sign in for the first time, or anew, with a starting code, and choose a passphrase."""
    inside = (
        field(
            Field(
                name="name", label="Your name", autocomplete="username", value=name, longest=MOST_NAME,
                hint="As the owner of the practice wrote it.", first=not problem,
            )
        )
        + field(Field(name="code", label="Starting code", hint="Seven groups of four.", longest=100))
        + new_passphrase()
    )  # fmt: skip
    main = (
        problems_box([problem])
        + form("/auth/begin", token, inside, "Set my passphrase and sign in")
        + link("/auth/sign-in", "Back to signing in")
    )
    aside = section(
        "What the code is for",
        "It lets you in once, within seven days, to choose a passphrase that nobody else knows. The owner of the "
        "practice makes it, and a new one if this one is lost or too old.",
    )
    return frame("Begin with a starting code", main, aside)


def convert_page(token: str, *, problems: Iterable[str], name: str = "", encrypted: bool = True) -> str:
    """A practice of an earlier version is here, without a passphrase: choose the one that will lock it."""
    known = (
        field(Field(name="name", label="Your name", autocomplete="username", value=name, fixed=True)) if name else ""
    )
    fields = known + new_passphrase()
    if not encrypted:
        said = (
            "Your practice was made by an earlier version and has no passphrase yet. Choose one; nothing else changes."
        )
        main = prose(said) + problems_box(problems) + form("/auth/convert", token, fields, "Set the passphrase")
        return frame("A passphrase for my practice", main, _promise(new=True, encrypted=False))
    main = (
        prose(
            "Your practice was made by an earlier version and lies unencrypted on this computer. Choose a passphrase: "
            "the records are copied into an encrypted file, compared with the old one, and the old file is removed."
        )
        + problems_box(problems)
        + form("/auth/convert", token, fields, "Encrypt my practice")
    )
    aside = _promise(new=True) + section(
        "What this cannot promise",
        "A removed file can leave traces on a solid-state disk, in backups of this computer and in synchronised "
        "folders. Remove copies of the old file there as well.",
    )
    return frame("Encrypt my practice", main, aside)


def older_page(token: str, *, found: str, seen: str, problem: str = "") -> str:
    """The file is older than the one last opened here; `found` and `seen` tell of the two. Asks for typed consent."""
    main = (
        prose("The file that is here is not the one that was last open on this computer.")
        + f"<dl><dt>This file</dt><dd>{escape(found)}</dd><dt>Last open here</dt><dd>{escape(seen)}</dd></dl>"
        + prose(
            "If you put back a backup, this is what you expect. If not, close this page, find the newer file and "
            "put it back: what was written in between is not in this one."
        )
        + problems_box([problem])
        + form(
            "/auth/older",
            token,
            field(Field(name="consent", label=f"To go on, type: {CONSENT}", longest=100, first=not problem)),
            "Open this file",
        )
        + link("/auth/sign-in", "Back to signing in")
    )
    return frame("An older file", main)


def message_page(
    title: str, sentences: Iterable[str], *, way: str = "/auth/sign-in", words: str = "Go to sign-in"
) -> str:
    """A page that only tells something, with one way on: to signing in, unless another is given."""
    return frame(title, prose(*sentences) + link(way, words))


def _promise(*, new: bool = False, encrypted: bool = True) -> str:
    code = "After this you get a recovery code to keep on paper."
    if not encrypted:
        return section(
            "What the passphrase does",
            "It guards signing in. The records lie on the database server that this program was started with, and "
            "whoever runs that server can read them: encrypting them there is its business.",
            *([code] if new else []),
        )
    return section(
        "What the passphrase does",
        "It opens the encrypted file with your records on this computer.",
        f"{code + ' ' if new else ''}Without the passphrase and without the recovery code nobody can open it, neither "
        "you nor anybody who made this program.",
    )


def _look_around(token: str) -> str:
    return (
        "<section><h2>Only looking</h2>"
        + prose("The synthetic practice is not encrypted: everybody in it is invented. It never mixes with yours.")
        + form("/auth/look-around", token, "", "Look around in the synthetic practice", plain=True)
        + "</section>"
    )


def _groups(code: str) -> str:
    return "".join(f"<span>{escape(group)}</span>" for group in code.split("-"))
