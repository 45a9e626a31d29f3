"""The few files of our own that pages load: styles, scripts, the logo. They hold nothing about anybody."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import streamlit
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard.server.page_parts import ASSETS

DASHBOARD: Final = Path(__file__).resolve().parents[1]
FONTS: Final = Path(streamlit.__file__).parent / "static" / "static" / "media"
FONT_FILES: Final = {"Source Sans": "SourceSansVF-Upright.*.woff2", "Source Serif": "SourceSerifVariable-Roman.*.woff2"}
SERVED: Final[Mapping[str, tuple[Path, str]]] = {
    "pages.css": (DASHBOARD / "assets" / "pages.css", "text/css"),
    "guard.css": (DASHBOARD / "assets" / "guard.css", "text/css"),
    "sign_in.js": (DASHBOARD / "assets" / "sign_in.js", "text/javascript"),
    "guard.js": (DASHBOARD / "assets" / "guard.js", "text/javascript"),
    "guard_dialog.js": (DASHBOARD / "assets" / "guard_dialog.js", "text/javascript"),
    "guard_forms.js": (DASHBOARD / "assets" / "guard_forms.js", "text/javascript"),
    "address.js": (DASHBOARD / "assets" / "address.js", "text/javascript"),
    "inks.js": (DASHBOARD / "assets" / "inks.js", "text/javascript"),
    "refused.js": (DASHBOARD / "assets" / "refused.js", "text/javascript"),
    "sidebar.js": (DASHBOARD / "assets" / "sidebar.js", "text/javascript"),
    "logo.svg": (DASHBOARD / "logo.svg", "image/svg+xml"),
    "icon.svg": (DASHBOARD / "icon.svg", "image/svg+xml"),
}
WITH_FONTS: Final = ("pages.css",)


def assets_route() -> Route:
    """The address of these files, which is answered before anybody signed in."""
    contents = {name: (_content(name, path), kind) for name, (path, kind) in SERVED.items()}

    async def serve(request: Request) -> Response:
        found = contents.get(request.path_params["name"])
        if found is None:
            raise HTTPException(404)
        return Response(found[0], media_type=found[1])

    return Route(f"{ASSETS}/{{name}}", serve, methods=["GET"])


def font_rules() -> str:
    """The typefaces of the screens, for pages that Streamlit does not draw; one that is not there is left out."""
    files = {family: next(iter(sorted(FONTS.glob(pattern))), None) for family, pattern in FONT_FILES.items()}
    return "".join(
        f'@font-face{{font-family:"{family}";font-weight:200 900;font-display:swap;'
        f'src:url("/static/media/{file.name}") format("woff2")}}\n'
        for family, file in files.items()
        if file is not None
    )


def _content(name: str, path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    return font_rules() + text if name in WITH_FONTS else text
