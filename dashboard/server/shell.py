"""The page that every screen lives in: Streamlit's own, with our name on it and our scripts in it."""

import re
from typing import Final

from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.server.headers import page_shell
from dashboard.server.page_parts import ASSETS

TITLE: Final = re.compile(rb"<title>.*?</title>", re.DOTALL)
AGENT_POINTER: Final = re.compile(rb'<link rel="service-desc"[^>]*>')
WITHOUT_SCRIPTS: Final = re.compile(rb"<noscript>.*?</noscript>", re.DOTALL)
END_OF_HEAD: Final = b"</head>"
SCRIPTS: Final = (
    f'<script src="{ASSETS}/address.js"></script>'  # no module, so that it runs before Streamlit's own
    f'<link rel="stylesheet" href="{ASSETS}/guard.css"><script type="module" src="{ASSETS}/guard.js"></script>'
    f'<script type="module" src="{ASSETS}/inks.js"></script><script type="module" src="{ASSETS}/sidebar.js"></script>'
    f'<script type="module" src="{ASSETS}/refused.js"></script>'
).encode()
PROGRAM_PATHS: Final = ("/_stcore/", "/media/", "/component/", "/static/", "/secure-base/", "/auth/", "/api/")


def named_shell(shell: bytes) -> bytes:
    """`shell` with the product's name as its title and our scripts in its head.

    What it says about an interface that is off is left out.
    """
    shell = TITLE.sub(b"<title>Secure Base</title>", shell)
    shell = AGENT_POINTER.sub(b"", shell)
    shell = shell.replace(END_OF_HEAD, SCRIPTS + END_OF_HEAD, 1)
    return WITHOUT_SCRIPTS.sub(b"<noscript><p>Secure Base needs JavaScript.</p></noscript>", shell)


class NamedShell:
    """Middleware: answers the address of any screen with the named shell, and lets everything else through.

    A screen's address has no dot in its last part; files have one.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.shell = named_shell(page_shell())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "http" and scope["method"] in ("GET", "HEAD") and is_screen(scope["path"]):
            await HTMLResponse(self.shell)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def is_screen(path: str) -> bool:
    """Whether `path` is the address of a screen: one part at most, and no file's name."""
    return path.count("/") == 1 and "." not in path and not path.startswith(PROGRAM_PATHS)
