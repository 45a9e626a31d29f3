"""Pages of one client, empty."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from core.model.people import Client

Open = Callable[..., AppTest]


@pytest.mark.parametrize("page", ["review", "check_in", "questionnaires", "sessions", "notes", "profile", "settings"])
def test_page_of_a_new_client_opens_without_a_fault(page: str, open_page: Open, client: Client) -> None:
    at = open_page(page, client.id)
    assert any(text.value.startswith("# ") for text in at.markdown)
