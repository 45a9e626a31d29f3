"""Under which label attempts to sign in are counted: by a hash of the name typed, whether anybody has it or not."""

import hashlib
import unicodedata
from collections.abc import Mapping

from core.store.attempts import Attempts
from core.store.key_file import KeyFile

RECOVERY = "recovery"
MOST_STRANGERS = 200


def label_of(file: KeyFile, name: str) -> str:
    """The label of a name; spaces around it and capitals do not matter."""
    folded = unicodedata.normalize("NFKC", name).strip().casefold()
    text = f"{file.file_id}\0{folded}".encode("utf-8", "surrogatepass")
    return hashlib.sha256(text).hexdigest()[:32]


def with_counted(file: KeyFile, label: str, attempts: Attempts) -> Mapping[str, Attempts]:
    """The file's attempts with these; of names that nobody has, only the latest are kept, so that it stays small."""
    known = {RECOVERY, *(label_of(file, each.name) for each in file.slots)}
    every = {**file.attempts, label: attempts}
    strangers = sorted((each for each in every if each not in known), key=lambda each: str(every[each].last_at))
    return without(every, *strangers[:-MOST_STRANGERS])


def without(attempts: Mapping[str, Attempts], *labels: str) -> dict[str, Attempts]:
    """The attempts but for those of `labels`."""
    return {label: counted for label, counted in attempts.items() if label not in labels}
