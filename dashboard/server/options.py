"""The Streamlit options that must hold however the program is started."""

import ipaddress
from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeAlias

from streamlit import config

from core.errors import SettingsError

OptionValue: TypeAlias = bool | int | str | list[str] | dict[str, str]

ALLOWED_HOSTS = ("localhost", "127.0.0.1")

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
        SettingsError: the server would listen on an address that other computers can reach.
    """
    config.on_config_parsed(_refuse_and_set)
    config.on_config_parsed(_set_all, force_connect=True)


def refuse_open_address(address: str | None) -> None:
    """Return when `address` is this computer alone; None is Streamlit's word for every address.

    Raises:
        SettingsError: with the option's name and the way out.
    """
    if address is not None and is_loopback(address):
        return
    given = "not set, which means every address of this computer" if address is None else f"{address!r}"
    raise SettingsError(
        f"The Streamlit option server.address is {given}. Only this computer itself, 127.0.0.1, is allowed: the "
        "records must not be reachable from other computers. Nothing was started. Start with: python3 run.py"
    )


def is_loopback(address: str) -> bool:
    """Whether `address` (a name or a number) can be reached from this computer only."""
    if address == "localhost":
        return True
    try:
        return ipaddress.ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return False


def _refuse_and_set() -> None:
    refuse_open_address(config.get_option("server.address"))
    _set_all()


def _set_all() -> None:
    for name, value in FORCED.items():
        config.set_option(name, value, "Secure Base")
