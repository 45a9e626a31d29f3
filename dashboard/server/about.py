"""What a running server says about itself, so that a second start can tell it from another program."""

import hashlib
from importlib.metadata import version
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from dashboard.settings import Settings

PATH: Final = "/secure-base/about"
PRODUCT: Final = "Secure Base"


def folder_mark(data_dir: Path) -> str:
    """A short mark that is the same for the same data folder and does not tell its name."""
    return hashlib.sha256(str(data_dir.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:16]


def about(settings: Settings) -> dict[str, str | bool | None]:
    """Product, data folder's mark and how it was started; nothing about clients."""
    return {
        "product": PRODUCT,
        "streamlit": version("streamlit"),
        "data": folder_mark(settings.data_dir),
        "demo": settings.demo,
        "today": settings.today.isoformat() if settings.today else None,
    }


def about_route(settings: Settings) -> Route:
    """The address that answers with `about`, as JSON."""
    answer = about(settings)

    async def tell(_: Request) -> JSONResponse:
        return JSONResponse(answer)

    return Route(PATH, tell, methods=["GET"])
