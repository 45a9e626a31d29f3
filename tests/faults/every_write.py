"""A fault at the first, second, ... write or sync of a save, until it has no more: what the program says and does.

`python -m tests.faults.every_write` needs Linux, strace, and for the full disk the right to mount. It lets each call
fail once, and then that call and all after it; then it fills a small disk so that 0, 1, 2, ... pages are left. A save,
a save that tidies the log, a backup and a change of the passphrase are hurt so. The suite has a short version without
any of that: files may not grow past a limit.
"""

import argparse
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.faults.hurt_program import ACTS, DONE, Outcome, Program, copied
from tests.faults.practices import Practice, make_practice
from tests.store.encrypted import CHEAP

CALLS = ("pwrite64", "write", "fsync", "fdatasync", "ftruncate", "rename")
ONCE, FROM_THEN_ON = "", "+"
PAGE_BYTES = 4_096
DISK_BYTES = 20_000_000
MOST = 5_000


@dataclass(frozen=True, kw_only=True)
class Hurt:
    """One fault that did happen: to which act, how and at which call or with how many pages left, and what came."""

    act: str
    how: str
    at: int
    outcome: Outcome


def failing_calls(practice: Practice, folder: Path, act: str, call: str, when: str) -> Iterator[Hurt]:
    """Let the Nth such call of the act fail with EIO, for every N until it has no Nth."""
    for at in range(1, MOST):
        with Program(copied(practice, folder / "hurt"), act) as program:
            with _failing(program.pid, f"{call}:error=EIO:when={at}{when}", folder / "calls.log") as log:
                said = program.tell("act")
            hit = "(INJECTED)" in log.read_text("utf-8", "replace")
            outcome = program.outcome(said, program.tell("next"))
        if not hit:
            return
        yield Hurt(act=act, how=f"{call}, {'once' if when == ONCE else 'from then on'}", at=at, outcome=outcome)


def full_disks(practice: Practice, disk: Path, act: str) -> Iterator[Hurt]:
    """Do the act on a disk on which 0, 1, 2, ... pages are left, until they are enough; `disk` is small."""
    for pages in range(MOST):
        with Program(copied(practice, disk / "hurt"), act) as program:
            ballast = fill_disk(disk, pages)
            said = program.tell("act")
            ballast.unlink()
            outcome = program.outcome(said, program.tell("next"))
        if said != DONE or outcome.wrong:
            yield Hurt(act=act, how="disk full", at=pages, outcome=outcome)
        if said == DONE:
            return


def limited_files(practice: Practice, folder: Path, act: str, limits: Iterable[int]) -> Iterator[Hurt]:
    """Do the act while no file may grow past so many bytes."""
    for most in limits:
        with Program(copied(practice, folder / "hurt"), act) as program:
            program.tell(f"limit {most}")
            said = program.tell("act")
            program.tell("limit")
            yield Hurt(act=act, how="limit", at=most, outcome=program.outcome(said, program.tell("next")))


@contextmanager
def _failing(pid: int, inject: str, log: Path) -> Iterator[Path]:
    call = inject.partition(":")[0]
    command = ["strace", "-f", "-p", str(pid), "-o", str(log), "-e", f"trace={call}", "-e", f"inject={inject}"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as tracer:
        assert tracer.stderr is not None
        for line in tracer.stderr:
            if "attached" in line:
                break
        else:
            raise SystemExit("strace could not take hold of the program: nothing was tried.")
        try:
            yield log
        finally:
            tracer.send_signal(signal.SIGINT)  # it lets go; the program goes on
            tracer.stderr.read()


def fill_disk(disk: Path, pages: int) -> Path:
    """Fill the disk up to so many free pages; the file that does."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * PAGE_BYTES)
        except OSError:
            file.truncate(max(0, file.tell() // PAGE_BYTES - pages) * PAGE_BYTES)
    return ballast


@contextmanager
def small_disk(folder: Path, *, size_bytes: int = DISK_BYTES) -> Iterator[Path]:
    """A disk of so many bytes at `folder`; needs the right to mount."""
    folder.mkdir()
    made = ["mount", "-t", "tmpfs", "-o", f"size={size_bytes},mode=0700", "secure-base-faults", str(folder)]
    subprocess.run(made, check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def main() -> int:
    """Run what the arguments name and print a line for each way; 0 where everything was as it has to be."""
    asked = argparse.ArgumentParser(description="A fault at every write of a save, a backup, a passphrase change.")
    asked.add_argument("--act", choices=ACTS, action="append", help="only this; may be given again")
    asked.add_argument("--only", choices=("calls", "disk"), help="only failing calls, or only the full disk")
    given = asked.parse_args()
    if shutil.which("strace") is None and given.only != "disk":
        raise SystemExit("No strace: failing calls were not tried.")
    wrong = 0
    with tempfile.TemporaryDirectory(prefix="secure-base-faults-") as name:
        folder = Path(name)
        practice = make_practice(folder / "practice", cost=CHEAP)
        for act in given.act or ACTS:
            for call in CALLS if given.only != "disk" else ():
                for when in (ONCE, FROM_THEN_ON):
                    wrong += _print(list(failing_calls(practice, folder, act, call, when)))
            if given.only != "calls":
                with small_disk(folder / "disk") as disk:
                    wrong += _print(list(full_disks(practice, disk, act)))
                (folder / "disk").rmdir()
    return 1 if wrong else 0


def _print(hurts: list[Hurt]) -> int:
    """One line for one way of hurting one act, with what was said how often; tells how many went wrong."""
    if not hurts:
        return 0
    wrong = [each for each in hurts if each.outcome.wrong]
    states = Counter(
        f"{'said done' if each.outcome.said == DONE else 'refused'}, {each.outcome.state}" for each in hurts
    )
    told = ", ".join(f"{times} {state}" for state, times in sorted(states.items()))
    print(f"{hurts[0].act}; {hurts[0].how}: {len(hurts)} places ({told}); {len(wrong)} wrong", flush=True)
    for sentence, times in Counter(each.outcome.said for each in hurts if each.outcome.said != DONE).items():
        print(f"    {times} x {sentence}")
    for each in wrong[:5]:
        print(f"    WRONG at {each.at}: {each.outcome.wrong}", flush=True)
    return len(wrong)


if __name__ == "__main__":
    sys.exit(main())
