"""Whether what a definition points to is there: places in the documents, and other definitions by their ids."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from core.model.definitions import Document, Pointer


@dataclass(frozen=True, kw_only=True)
class Linked:
    """One definition with everything it points to; `file` and `id` say where a wrong link stands."""

    file: str
    id: str
    pointers: tuple[Pointer, ...] = ()
    ids: tuple[str, ...] = ()


def broken_link(
    definitions: Iterable[Linked], documents: Mapping[str, Document], known: Container[str]
) -> tuple[Linked, str] | None:
    """The first definition that points nowhere, with what is wrong, or `None`."""
    for linked in definitions:
        for pointer in linked.pointers:
            document = documents.get(pointer.document)
            problem = document.problem_with(pointer) if document else f"there is no document {pointer.document!r}"
            if problem:
                return linked, problem
        for name in linked.ids:
            if name not in known:
                return linked, f"there is no definition {name!r}"
    return None
