"""The server as a browser and a stranger meet it."""

import http.client
import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import expect

from core.charts.palette import DARK
from tests.browser.conftest import OpenPage, StartServer
from tests.browser.looking import axe, in_theme
from tests.browser.server import HOST, Server


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: str


def ask(server: Server, path: str = "/", **headers: str) -> Answer:
    connection = http.client.HTTPConnection(HOST, server.port, timeout=60)
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return Answer(answer.status, answer.headers, answer.read().decode("utf-8", "replace"))
    finally:
        connection.close()


def test_screen_opens_without_console_errors_or_other_hosts(server: Server, open_page: OpenPage) -> None:
    visit = open_page(server)
    expect(visit.page).to_have_title("Secure Base")
    assert visit.console_errors == []
    assert visit.foreign_requests == []


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_first_screen_has_no_serious_accessibility_finding(server: Server, open_page: OpenPage, phone: bool) -> None:
    page = open_page(server, phone=phone).page
    assert axe(page) == []
    in_theme(page, DARK)
    assert axe(page) == []


def test_page_carries_a_neutral_title_before_any_script_runs(demo_server: Server) -> None:
    visit = ask(demo_server, "/auth/look-around")
    assert visit.status == 303
    shell = ask(demo_server, "/review", Cookie=visit.headers["set-cookie"].partition(";")[0]).body
    assert "<title>Secure Base</title>" in shell
    assert "Streamlit</title>" not in shell


def test_every_answer_carries_the_security_headers(server: Server) -> None:
    for path in ("/", "/_stcore/health", "/secure-base/about", "/no-such-page", "/static/no-such-file.js"):
        answer = ask(server, path)
        policy = answer.headers["content-security-policy"]
        assert "frame-ancestors 'none'" in policy
        script_sources = next(part for part in policy.split("; ") if part.startswith("script-src"))
        assert "'self' 'sha256-" in script_sources
        assert "unsafe" not in script_sources
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["cross-origin-opener-policy"] == "same-origin"
        assert "geolocation=()" in answer.headers["permissions-policy"]


def test_answers_are_not_kept_by_the_browser(server: Server) -> None:
    for path in ("/", "/_stcore/health", "/secure-base/about"):
        assert ask(server, path).headers["cache-control"] == "no-store"


def test_foreign_host_name_is_refused(server: Server) -> None:
    assert ask(server, Host="evil.example").status == 403
    assert ask(server, "/_stcore/stream", Host="evil.example").status == 403
    assert ask(server, "/auth/sign-in", Host=f"localhost:{server.port}").status == 200


def test_injected_inline_script_does_not_run(server: Server, open_page: OpenPage) -> None:
    visit = open_page(server)
    visit.page.evaluate(
        "const s = document.createElement('script'); s.textContent = 'window.ran = 1'; document.body.append(s)"
    )
    assert visit.page.evaluate("() => window.ran === undefined")
    assert any("Content Security Policy" in error for error in visit.console_errors)
    visit.console_errors.clear()


def test_about_tells_the_product_and_nothing_else(server: Server) -> None:
    said = json.loads(ask(server, "/secure-base/about").body)
    assert said["product"] == "Secure Base"
    assert sorted(said) == ["data", "demo", "product", "streamlit", "today"]
    assert str(server.data_dir) not in json.dumps(said)


def test_same_data_folder_opens_after_a_restart(start_server: StartServer, tmp_path: Path, open_page: OpenPage) -> None:
    server = start_server(data_dir=tmp_path / "data")
    assert (server.data_dir / "running.json").is_file()
    server.restart()
    expect(open_page(server).page).to_have_title("Secure Base")
    server.stop()
    assert not (server.data_dir / "running.json").exists()


def test_sign_in_pages_run_no_inline_script_and_no_style_of_their_own(server: Server) -> None:
    policy = ask(server, "/auth/sign-in").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "sha256" not in policy


def test_demo_lets_a_visitor_in_without_a_click(demo_server: Server, open_page: OpenPage) -> None:
    page = open_page(demo_server, "/review").page
    assert "/auth/" not in page.url
    expect(page.get_by_text("Set up or open my practice")).to_be_visible()
    page.get_by_text("Set up or open my practice").click()
    expect(page.get_by_role("heading", level=1, name="Set up my practice")).to_be_visible()
    page.get_by_role("button", name="Look around in the synthetic practice").click()
    expect(page.get_by_role("heading", level=1, name="Today")).to_be_visible()
    [cookie] = [each for each in page.context.cookies() if each.get("path") == "/" and each.get("httpOnly")]
    assert cookie.get("sameSite") == "Strict"
