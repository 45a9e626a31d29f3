"""The safe Streamlit options: what is forced, what is refused, and the file that says the same."""

import tomllib
from pathlib import Path

import pytest
from streamlit import config

from core.errors import SettingsError
from dashboard.server import options

CONFIG = Path(options.__file__).parents[1] / ".streamlit" / "config.toml"


@pytest.mark.parametrize("address", ["127.0.0.1", "localhost", "::1", "[::1]", "127.0.0.53"])
def test_address_of_this_computer_alone_is_accepted(address: str) -> None:
    options.refuse_open_address(address)


@pytest.mark.parametrize("address", [None, "", "0.0.0.0", "::", "192.168.1.20", "laptop", "unix://x", "127.0.0.1.com"])
def test_address_that_others_can_reach_is_refused(address: str | None) -> None:
    with pytest.raises(SettingsError, match=r"server\.address is .* Nothing was started"):
        options.refuse_open_address(address)


def test_configuration_file_says_what_the_program_forces() -> None:
    said = tomllib.loads(CONFIG.read_text("utf-8"))
    flat = {f"{section}.{name}": value for section, values in said.items() for name, value in values.items()}
    assert flat["server.address"] == "127.0.0.1"
    assert {name: flat.get(name) for name in options.FORCED} == dict(options.FORCED)


def test_every_forced_option_exists_in_this_streamlit() -> None:
    assert [name for name in options.FORCED if name not in config._config_options_template] == []


def test_safe_values_are_the_ones_that_were_decided() -> None:
    assert options.FORCED["client.showErrorDetails"] == "none"
    assert options.FORCED["server.allowedHosts"] == ["localhost", "127.0.0.1"]
    off = ("server.enableAgentApi", "server.enableStaticServing", "browser.gatherUsageStats", "runner.postScriptGC")
    assert [options.FORCED[name] for name in off] == [False] * 4
    assert options.FORCED["server.enableXsrfProtection"] is True
