"""Faults of the program: what the screen says, what the log keeps, and what neither may ever hold.

An exception's text can carry what a client said, so it never reaches a log: class and place are kept instead.
"""

import logging
import secrets
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType
from typing import Any, Final

import streamlit as st

ROOT: Final = Path(__file__).resolve().parents[2]
LOG: Final = logging.getLogger("secure_base")
STREAMLIT_REPORT: Final = "Uncaught app execution"
MESSAGE: Final = (
    "This screen stopped because of a fault in the program. What was shown as saved before is kept; what was being "
    "saved just now may not be, so look before entering it again. If it happens again, quote {reference}: the "
    "program's log holds that mark and the place of the fault, and nothing that was written here."
)


def show_script_error(fault: Exception) -> bool:
    """Log the fault under a fresh mark, show a calm sentence with that mark, and keep Streamlit's own box away."""
    reference = f"E-{secrets.token_hex(2)}"
    LOG.error("%s %s", reference, place_of(fault))
    st.error(MESSAGE.format(reference=reference))
    return True


def place_of(fault: BaseException) -> str:
    """`ValueError at dashboard/main.py:12`: the class and the innermost line of our own code, never the text."""
    frames = traceback.extract_tb(fault.__traceback__)
    ours = [frame for frame in frames if _is_ours(frame.filename)]
    if not frames:
        return type(fault).__name__
    frame = (ours or frames)[-1]
    path = Path(frame.filename)
    shown = path.relative_to(ROOT).as_posix() if ours else path.name
    return f"{type(fault).__name__} at {shown}:{frame.lineno}"


def keep_exception_texts_out_of_logs() -> None:
    """From now on no log record of this process carries an exception's text, whichever library writes it.

    Also covers threads and the main program, which would print a traceback to the terminal.
    """
    if logging.getLogRecordFactory() is not _record_without_texts:
        logging.setLogRecordFactory(_record_without_texts)
    logging.getLogger("streamlit.error_util").addFilter(_is_not_reported_by_us)
    if not LOG.handlers:
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        LOG.addHandler(handler)
        LOG.propagate = False
    threading.excepthook = _log_thread_fault
    sys.excepthook = _log_last_fault


def _record_without_texts(*values: Any, **named: Any) -> logging.LogRecord:
    record = logging.LogRecord(*values, **named)
    if isinstance(record.args, tuple):
        record.args = tuple(place_of(value) if isinstance(value, BaseException) else value for value in record.args)
    fault = record.exc_info[1] if record.exc_info else None
    if fault is not None:
        record.msg, record.args = f"{record.getMessage()} ({place_of(fault)})", ()
    record.exc_info = None
    return record


def _is_not_reported_by_us(record: logging.LogRecord) -> bool:
    return not str(record.msg).startswith(STREAMLIT_REPORT)


def _log_thread_fault(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None:
        LOG.error("A thread stopped: %s", place_of(args.exc_value))


def _log_last_fault(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    LOG.critical("The program stopped: %s", place_of(fault.with_traceback(trace)))


def _is_ours(filename: str) -> bool:
    path = Path(filename)
    return path.is_relative_to(ROOT) and "site-packages" not in path.parts
