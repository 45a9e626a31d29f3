"""The ASGI application: the Streamlit script behind safe options, security headers and our own addresses.

`python3 run.py` starts it; `streamlit run dashboard/app.py` works too, from any folder, and is as safe.
"""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

# The root has to be on the path before anything of ours can be found: under `streamlit run` it is not.
import streamlit as st  # noqa: E402
from starlette.middleware import Middleware  # noqa: E402

from core.errors import SecureBaseError, SettingsError  # noqa: E402
from dashboard import runtime  # noqa: E402
from dashboard.server import options  # noqa: E402
from dashboard.server.about import about_route  # noqa: E402
from dashboard.server.account_routes import account_routes  # noqa: E402
from dashboard.server.assets import assets_route  # noqa: E402
from dashboard.server.drafts import draft_route  # noqa: E402
from dashboard.server.erasure_routes import erasure_routes  # noqa: E402
from dashboard.server.export_routes import export_routes  # noqa: E402
from dashboard.server.faults import keep_exception_texts_out_of_logs, show_script_error  # noqa: E402
from dashboard.server.gate import Gate, place_of  # noqa: E402
from dashboard.server.given_options import ALLOWED_HOSTS, config_files, given_options, refuse_unsafe  # noqa: E402
from dashboard.server.headers import SecureAnswers  # noqa: E402
from dashboard.server.life import life_of_server  # noqa: E402
from dashboard.server.offered_files import OfferedFiles  # noqa: E402
from dashboard.server.presence_routes import presence_routes  # noqa: E402
from dashboard.server.restore_routes import restore_routes  # noqa: E402
from dashboard.server.second_step_routes import second_step_routes  # noqa: E402
from dashboard.server.shell import NamedShell  # noqa: E402
from dashboard.server.sign_in_routes import sign_in_routes  # noqa: E402
from dashboard.server.sockets import OpenSockets  # noqa: E402
from dashboard.server.staff_routes import staff_routes  # noqa: E402
from dashboard.settings import Settings, prepare_data_dir  # noqa: E402

keep_exception_texts_out_of_logs()
try:
    refuse_unsafe(given_options(os.environ, config_files(Path.home(), Path.cwd())))
    settings = Settings.from_environment()
    prepare_data_dir(settings.data_dir)
    runtime.door().standing  # noqa: B018 - looks at what is there, and refuses what cannot be used
except SecureBaseError as error:
    print(error, file=sys.stderr)
    raise SystemExit(2) from None

sockets, files = OpenSockets(), OfferedFiles()
app = st.App(
    ROOT / "dashboard" / "main.py",
    lifespan=life_of_server(settings, sockets=sockets, files=files, at_the_end=runtime.close),
    routes=[
        about_route(settings),
        assets_route(),
        *sign_in_routes(),
        *account_routes(),
        *staff_routes(),
        *second_step_routes(),
        *presence_routes(),
        draft_route(place_of),
        *export_routes(),
        *erasure_routes(),
        *restore_routes(),
    ],
    middleware=[
        Middleware(SecureAnswers, allowed_hosts=ALLOWED_HOSTS),
        Middleware(Gate, sockets=sockets, files=files),
        Middleware(NamedShell),
    ],
    on_script_error=show_script_error,
)

try:
    # Only now: making the application is what tells Streamlit where its configuration lies.
    options.enforce()
except SettingsError as error:
    print(error, file=sys.stderr)
    raise SystemExit(2) from None
