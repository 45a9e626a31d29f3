"""The safe Streamlit options: what is forced, and the file that says the same."""

import tomllib
from pathlib import Path

from streamlit import config

from dashboard.server import options

CONFIG = Path(options.__file__).parents[1] / ".streamlit" / "config.toml"


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
