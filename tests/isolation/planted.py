"""The server with a fault planted in it, for the tests that must catch one: `python -m tests.isolation.planted cache`.

Nothing of this is in the product: the fault is put into this process before it serves.
"""

import sys
from collections.abc import Callable
from typing import Any

import streamlit as st

from core.services.clients import get_client
from dashboard import __main__ as program
from dashboard import runtime
from dashboard.components import page

KEPT: dict[str, Any] = {}


def remember_for_everybody() -> None:
    """Keep what a service read, for whoever asks next: what a cache that all sessions share does."""
    load: Callable[..., Any] = runtime.load

    def load_once(service: Callable[..., Any], *given: Any, **named: Any) -> Any:
        if service is not get_client:
            return load(service, *given, **named)
        if service.__name__ not in KEPT:
            KEPT[service.__name__] = load(service, *given, **named)
        return KEPT[service.__name__]

    setattr(runtime, "load", load_once)  # noqa: B010 - a fault put in from outside


def offer_files() -> None:
    """Offer two files beside every screen, one made at once and one when it is asked for."""
    sidebar: Callable[..., None] = page.sidebar

    def with_files(ways: Any, client: Any, client_ways: Any) -> None:
        sidebar(ways, client, client_ways)
        words = f"A file about {client.details.name}" if client else "A file"
        st.download_button("At once", words, file_name="one.txt", key="at_once")
        st.download_button("Later", lambda: f"{words}, later", file_name="two.txt", key="later")

    setattr(page, "sidebar", with_files)  # noqa: B010 - as above


FAULTS = {"cache": remember_for_everybody, "files": offer_files}

if __name__ == "__main__":
    for name in sys.argv[1:]:
        FAULTS[name]()
    sys.exit(program.main())
