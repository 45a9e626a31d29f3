"""What a running server says about itself, so that a second start can tell it from another program."""

from importlib.metadata import version
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from dashboard.settings import Settings, folder_mark

PATH: Final = "/secure-base/about"
PRODUCT: Final = "Secure Base"


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
