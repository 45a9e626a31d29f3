"""Files in one ZIP that only its passphrase opens: AES with 256-bit keys, as WinZip, 7-Zip and others read it.

The names of the files in it are not encrypted, so they must name nobody.
"""

import hashlib
import io
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pyzipper

from core.exchange.plain import as_json

MANIFEST = "manifest.json"


def pack(files: Mapping[str, bytes], about: Mapping[str, Any], passphrase: str, made_at: datetime) -> bytes:
    """The archive, with a manifest of every file's size and SHA-256 and what `about` says.

    The format derives its keys at little cost, so `passphrase` must be one that nobody can guess: a random code.
    """
    listed = {
        name: {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()} for name, content in files.items()
    }
    manifest = as_json("manifest", {**about, "made_at": made_at, "files": listed})
    target = io.BytesIO()
    with pyzipper.AESZipFile(target, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(passphrase.encode())
        for name, content in {MANIFEST: manifest, **files}.items():
            entry = pyzipper.zipfile_aes.AESZipInfo(name, date_time=made_at.timetuple()[:6])
            entry.compress_type = pyzipper.ZIP_DEFLATED
            archive.writestr(entry, content)
    return target.getvalue()
