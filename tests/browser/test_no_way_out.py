"""The browser of the tests finds no other computer, whatever a page asks it for."""

import pytest
from playwright.sync_api import Browser

# Not by going there: the page that Chromium then shows asks public name servers whether names are found at all.
FETCH = "(address) => fetch(address, {mode: 'no-cors'}).then(() => 'came', () => 'nothing')"


@pytest.mark.parametrize("address", ["http://pictures.example/x.png", "http://192.0.2.1/", "https://[2001:db8::1]/"])
def test_browser_finds_no_other_computer(browser: Browser, address: str) -> None:
    page = browser.new_page()
    with page.expect_event("requestfailed") as failed:
        assert page.evaluate(FETCH, address) == "nothing"
    assert failed.value.failure == "net::ERR_NAME_NOT_RESOLVED"
    page.close()
