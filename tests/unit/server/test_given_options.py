"""Streamlit's options as somebody gave them: which are dangerous, where they were found, and what is said."""

from pathlib import Path

import pytest
from streamlit import config

from core.errors import SettingsError
from dashboard.server import options
from dashboard.server.given_options import (
    COMMAND_LINE,
    PUT_OFF,
    RULES,
    Given,
    config_files,
    given_options,
    refuse_open_address,
    refuse_unsafe,
    unsafe_options,
)

DANGEROUS = {
    "server.address": ["0.0.0.0", "::", "", "192.168.1.20", "laptop"],
    "server.allowedHosts": ["", "[]", [], ["*"], "localhost,evil.example", ["localhost", "evil.example"]],
    "server.enableXsrfProtection": [False, "false", "0"],
    "server.enableCORS": [False, "false", "no"],
    "server.corsAllowedOrigins": ["https://evil.example", ["https://evil.example"]],
    "client.showErrorDetails": ["full", "stacktrace", "type", True, False],
    "server.enableStaticServing": [True, "true", "1"],
    "server.enableAgentApi": [True, "yes"],
    "global.developmentMode": [True, "true"],
}
SAFE = {
    "server.address": ["127.0.0.1", "localhost", "::1"],
    "server.allowedHosts": ["localhost", '["localhost", "127.0.0.1"]', ["127.0.0.1"]],
    "server.enableXsrfProtection": [True, "true"],
    "server.enableCORS": [True, "1"],
    "server.corsAllowedOrigins": ["", []],
    "client.showErrorDetails": ["none"],
    "server.enableStaticServing": [False, "false"],
    "server.enableAgentApi": [False, "0"],
    "global.developmentMode": [False, "false"],
}


def pairs(table: dict[str, list[object]]) -> list[tuple[str, object]]:
    return [(option, value) for option, values in table.items() for value in values]


def given(option: str, value: object) -> dict[str, Given]:
    return {option: Given(value=value, source=COMMAND_LINE)}


@pytest.mark.parametrize("address", ["127.0.0.1", "localhost", "::1", "[::1]", "127.0.0.53"])
def test_address_of_this_computer_alone_is_accepted(address: str) -> None:
    refuse_open_address(address)


@pytest.mark.parametrize("address", [None, "", "0.0.0.0", "::", "192.168.1.20", "laptop", "unix://x", "127.0.0.1.com"])
def test_address_that_others_can_reach_is_refused(address: str | None) -> None:
    with pytest.raises(SettingsError, match=r"server\.address is .* Nothing was started"):
        refuse_open_address(address)


@pytest.mark.parametrize(("option", "value"), pairs(DANGEROUS))
def test_dangerous_value_is_refused_with_what_is_allowed_and_the_way_out(option: str, value: object) -> None:
    with pytest.raises(SettingsError) as refused:
        refuse_unsafe(given(option, value))
    said = str(refused.value)
    assert f"The Streamlit option {option} is given as {value!r}" in said
    for words in ("Only ", " is allowed: ", "Nothing was started.", "python3 run.py"):
        assert words in said


@pytest.mark.parametrize(("option", "value"), pairs(SAFE))
def test_safe_value_is_accepted(option: str, value: object) -> None:
    refuse_unsafe(given(option, value))


def test_tables_of_this_test_know_every_rule() -> None:
    assert set(DANGEROUS) == set(SAFE) == {rule.option for rule in RULES}


@pytest.mark.parametrize("rule", [*RULES, *PUT_OFF], ids=lambda rule: rule.option)
def test_every_rule_names_option_and_variable_as_streamlit_does(rule) -> None:
    assert config._config_options_template[rule.option].env_var == rule.variable


@pytest.mark.parametrize("rule", [*RULES, *PUT_OFF], ids=lambda rule: rule.option)
def test_value_that_the_program_forces_is_one_that_its_rule_accepts(rule) -> None:
    if rule.option in options.FORCED:
        assert rule.is_safe(options.FORCED[rule.option])


def test_environment_is_stronger_than_the_folder_and_the_folder_than_the_home(tmp_path: Path) -> None:
    home, folder = tmp_path / "home", tmp_path / "folder"
    for place, text in ((home, "enableCORS = false\nenableAgentApi = true"), (folder, "enableCORS = true")):
        (place / ".streamlit").mkdir(parents=True)
        (place / ".streamlit" / "config.toml").write_text(f"[server]\n{text}\n")
    files = config_files(home, folder)
    found = given_options({"STREAMLIT_SERVER_ENABLE_AGENT_API": "false"}, files)
    assert (found["server.enableCORS"].value, found["server.enableCORS"].source) == (True, str(files[1]))
    assert list(unsafe_options(found)) == []
    ((_, said),) = unsafe_options(given_options({}, files))
    assert f"server.enableAgentApi is given as True in {files[0]}." in said
    assert "STREAMLIT_SERVER_ENABLE_AGENT_API" in said


def test_file_that_cannot_be_read_as_options_gives_nothing(tmp_path: Path) -> None:
    broken = tmp_path / "config.toml"
    broken.write_text("[server\nenableCORS = false")
    assert given_options({}, [broken, tmp_path / "missing.toml", tmp_path]) == {}
    broken.write_text("server = 3")
    assert given_options({}, [broken]) == {}


def test_every_broken_rule_is_said_at_once() -> None:
    with pytest.raises(SettingsError) as refused:
        refuse_unsafe({**given("server.enableCORS", "no"), **given("server.address", "::")})
    assert str(refused.value).count("Nothing was started.") == 2
