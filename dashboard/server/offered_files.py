"""Files that a screen offers through Streamlit: given to the sign-in whose script made them, and to no other."""

from threading import Lock
from typing import Any, Final

from streamlit.runtime.media_file_manager import MediaFileManager

from core.model.sign_ins import hash_of
from dashboard import runtime

FILES: Final = "/media/"
MOST: Final = 5_000


class OfferedFiles:
    """Which sign-in was offered which file. Streamlit itself gives a file to whoever knows its address.

    A file is named after its content, so that two sign-ins may be offered the same one. What is not noted here is
    given to nobody: a way of making files that is not known here shows as a download that is refused.
    """

    def __init__(self) -> None:
        self._offered: dict[tuple[str, str], None] = {}
        self._to_be_made: dict[str, str] = {}
        self._lock = Lock()

    def watch(self, manager: MediaFileManager) -> None:
        """Note from now on what the scripts of this process hand to `manager`, at once or when it is asked for."""
        add, add_deferred, make = manager.add, manager.add_deferred, manager.execute_deferred

        def added(*given: Any, **named: Any) -> str:
            address = add(*given, **named)
            self._note(address, _sign_in_of_script())
            return address

        def promised(*given: Any, **named: Any) -> str:
            promise, owner = add_deferred(*given, **named), _sign_in_of_script()
            if owner is not None:
                with self._lock:
                    self._to_be_made[promise] = owner
                    _drop_oldest(self._to_be_made)
            return promise

        def made(promise: str) -> str:
            address = make(promise)
            self._note(address, self._to_be_made.get(promise))
            return address

        # Streamlit has no hook for this; the way in that all of its elements take is replaced on the one manager.
        for name, replaced in (("add", added), ("add_deferred", promised), ("execute_deferred", made)):
            setattr(manager, name, replaced)

    def are_given_to(self, path: str, token_hash: str) -> bool:
        """Whether the file at this address was offered to the sign-in with this cookie."""
        return (_file_id(path), token_hash) in self._offered

    def _note(self, address: str, owner: str | None) -> None:
        if owner is None:
            return
        key = _file_id(address), owner
        with self._lock:
            self._offered.pop(key, None)
            self._offered[key] = None
            _drop_oldest(self._offered)


def _sign_in_of_script() -> str | None:
    token = runtime.sign_in_token()
    return None if token is None else hash_of(token)


def _file_id(address: str) -> str:
    """The name under which Streamlit keeps a file, which has no dot: the address without the folder and the ending."""
    return address.removeprefix(FILES).partition(".")[0]


def _drop_oldest(noted: dict[Any, Any]) -> None:
    while len(noted) > MOST:
        del noted[next(iter(noted))]
