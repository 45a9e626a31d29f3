"""Streamlit options as somebody gave them for this start, and which of them the records cannot be opened under.

They are looked at where they are written down, since the program's own values take their place later. Streamlit itself
is not imported here: a start that only points at the running server, and the doctor, are quick.
"""

import ipaddress
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from core.errors import SettingsError

ALLOWED_HOSTS: Final = ("localhost", "127.0.0.1")
ADDRESS: Final = "server.address"
COMMAND_LINE: Final = "the command line or the environment"
NOT_STARTED: Final = "Nothing was started."
YES: Final = frozenset({"true", "1", "yes", "on", "y", "t"})
NO: Final = frozenset({"false", "0", "no", "off", "n", "f"})


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What an option may be: `variable` is its name in the environment, `why` the sentence for another value."""

    option: str
    variable: str
    is_safe: Callable[[Any], bool]
    allowed: str
    why: str


@dataclass(frozen=True, kw_only=True)
class Given:
    """A value as it was given; `source` names the variable, the file or the command line."""

    value: Any
    source: str


def is_loopback(address: str) -> bool:
    """Whether `address` (a name or a number) can be reached from this computer only."""
    if address == "localhost":
        return True
    try:
        return ipaddress.ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return False


def _is_on(value: Any) -> bool:
    return str(value).strip().casefold() in YES


def _is_off(value: Any) -> bool:
    return str(value).strip().casefold() in NO


def _is_this_computer(value: Any) -> bool:
    return isinstance(value, str) and is_loopback(value)


def _listed(value: Any) -> list[str]:
    each = value.strip("[]").split(",") if isinstance(value, str) else list(value)
    return [str(one).strip(" \"'") for one in each if str(one).strip(" \"'")]


def _are_own_hosts(value: Any) -> bool:
    return bool(_listed(value)) and set(_listed(value)) <= set(ALLOWED_HOSTS)


def _rule(option: str, variable: str, is_safe: Callable[[Any], bool], allowed: str, why: str) -> Rule:
    return Rule(option=option, variable=f"STREAMLIT_{variable}", is_safe=is_safe, allowed=allowed, why=why)


RULES: Final[Sequence[Rule]] = (
    _rule(ADDRESS, "SERVER_ADDRESS", _is_this_computer, "127.0.0.1, this computer itself,",
          "the records must not be reachable from other computers"),
    _rule("server.allowedHosts", "SERVER_ALLOWED_HOSTS", _are_own_hosts, "localhost and 127.0.0.1",
          "under any other name a web page of somebody else could reach the program"),
    _rule("server.enableXsrfProtection", "SERVER_ENABLE_XSRF_PROTECTION", _is_on, "true",
          "without it another web page could send something in your name"),
    _rule("server.enableCORS", "SERVER_ENABLE_CORS", _is_on, "true",
          "without it other web pages could read what the program answers"),
    _rule("server.corsAllowedOrigins", "SERVER_CORS_ALLOWED_ORIGINS", lambda value: not _listed(value), "an empty list",
          "other web pages could read what the program answers"),
    _rule("client.showErrorDetails", "CLIENT_SHOW_ERROR_DETAILS", lambda value: value == "none", "none",
          "details of a fault can hold a client's words"),
    _rule("server.enableStaticServing", "SERVER_ENABLE_STATIC_SERVING", _is_off, "false",
          "files would be served to anybody, without signing in"),
    _rule("server.enableAgentApi", "SERVER_ENABLE_AGENT_API", _is_off, "false",
          "programs could work the screens past the sign-in pages"),
    _rule("global.developmentMode", "GLOBAL_DEVELOPMENT_MODE", _is_off, "false",
          "it lets other web pages read what the program answers"),
)  # fmt: skip
"""The dangerous ones: a start under any other value is refused."""

PUT_OFF: Final[Sequence[Rule]] = (
    _rule("browser.gatherUsageStats", "BROWSER_GATHER_USAGE_STATS", _is_off, "false",
          "the page would tell Streamlit's makers that it is used"),
)  # fmt: skip
"""Not refused, since the program's own value takes their place and nothing is in danger; the doctor tells of them."""


def config_files(home: Path, folder: Path) -> tuple[Path, ...]:
    """Where Streamlit reads options besides the program's own file, the stronger one last."""
    return tuple(dict.fromkeys(each / ".streamlit" / "config.toml" for each in (home, folder)))


def given_options(environment: Mapping[str, str], files: Sequence[Path]) -> dict[str, Given]:
    """Every option of `RULES` and `PUT_OFF` that is given, by its name: the environment is stronger than a file.

    A file that Streamlit could not read either counts as giving nothing.
    """
    found: dict[str, Given] = {}
    for file in files:
        said = _read(file)
        for rule in (*RULES, *PUT_OFF):
            section, _, name = rule.option.partition(".")
            options = said.get(section)
            if isinstance(options, dict) and name in options:
                found[rule.option] = Given(value=options[name], source=str(file))
    for rule in (*RULES, *PUT_OFF):
        if rule.variable in environment:
            found[rule.option] = Given(value=environment[rule.variable], source=rule.variable)
    return found


def unsafe_options(given: Mapping[str, Given], rules: Sequence[Rule] = RULES) -> Iterator[tuple[Rule, str]]:
    """Each rule that is broken, and its sentence: what was given and where, what is allowed, why, what to do."""
    for rule in rules:
        each = given.get(rule.option)
        if each is None or rule.is_safe(each.value):
            continue
        yield (
            rule,
            f"The Streamlit option {rule.option} is given as {each.value!r} in {each.source}. Only {rule.allowed} is "
            f"allowed: {rule.why}. {NOT_STARTED} {_way_out(rule, each)}",
        )


def refuse_unsafe(given: Mapping[str, Given]) -> None:
    """Return when nothing dangerous was given.

    Raises:
        SettingsError: with one sentence for each option that is.
    """
    sentences = [sentence for _, sentence in unsafe_options(given)]
    if sentences:
        raise SettingsError(" ".join(sentences))


def refuse_open_address(address: str | None) -> None:
    """Return when `address` is this computer alone; None is Streamlit's word for every address.

    Raises:
        SettingsError: with the option's name and the way out.
    """
    if address is None:
        raise SettingsError(
            f"The Streamlit option {ADDRESS} is not set, which means every address of this computer. Only 127.0.0.1, "
            f"this computer itself, is allowed: {RULES[0].why}. {NOT_STARTED} Start with: python3 run.py"
        )
    refuse_unsafe({ADDRESS: Given(value=address, source=COMMAND_LINE)})


def _way_out(rule: Rule, given: Given) -> str:
    if given.source == rule.variable:
        return f"Remove it from the environment: unset {rule.variable}"
    if given.source == COMMAND_LINE:
        return "Leave it out, or start with: python3 run.py"
    return f"Take it out of that file; where another program needs it there, set {rule.variable} for this one alone."


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
