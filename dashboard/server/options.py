"""The Streamlit options that must hold however the program is started."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeAlias

from streamlit import config

from dashboard.server.given_options import (
    ALLOWED_HOSTS,
    COMMAND_LINE,
    RULES,
    Given,
    refuse_open_address,
    refuse_unsafe,
)

OptionValue: TypeAlias = bool | int | str | list[str] | dict[str, str]

FROM_OUTSIDE = ("command-line argument or environment variable", "environment variable")
"""Streamlit's words for where a value was given that no file holds."""

FORCED: Mapping[str, OptionValue] = MappingProxyType(
    {
        "server.allowedHosts": list(ALLOWED_HOSTS),
        "server.enableXsrfProtection": True,
        "server.trustedUserHeaders": {"x-secure-base-sign-in": "sign_in"},
        "server.enableCORS": True,
        "server.enableStaticServing": False,
        "server.enableAgentApi": False,
        "server.maxUploadSize": 10,
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": False,
        "client.showErrorDetails": "none",
        "client.showErrorLinks": False,
        "client.toolbarMode": "minimal",
        "client.disableDataExport": True,
        "runner.postScriptGC": False,
        "logger.enableRich": False,
    }
)
"""Set again after every reading of the configuration, whoever gave another value."""


def enforce() -> None:
    """Put the safe options in force for the life of this process.

    The address cannot be changed any more: under `streamlit run` the socket is open before our code is read. When
    the configuration has not been read yet, as under run.py, all of this happens at its first reading.

    Raises:
        SettingsError: the server would listen on an address that other computers can reach, or another dangerous
            value was given on the command line.
    """
    config.on_config_parsed(_refuse_and_set)
    config.on_config_parsed(_set_all, force_connect=True)


def _refuse_and_set() -> None:
    refuse_open_address(config.get_option("server.address"))
    refuse_unsafe(
        {
            rule.option: Given(value=config.get_option(rule.option), source=COMMAND_LINE)
            for rule in RULES
            if config.get_where_defined(rule.option) in FROM_OUTSIDE
        }
    )
    _set_all()


def _set_all() -> None:
    for name, value in FORCED.items():
        config.set_option(name, value, "Secure Base")
