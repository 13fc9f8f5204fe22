"""What dkimpy takes for the work of bench/authentication.

dkimpy.py FOLDER (verify|sign)-(rsa|ed|both) MESSAGES -> milliseconds of CPU a message
"""

import base64
import pathlib
import sys
import time

import dkim

folder = pathlib.Path(sys.argv[1])
work, kind = sys.argv[2].split("-")
messages = max(1, int(sys.argv[3]) // 10)
rsa = (folder / "rsa.pem").read_bytes()
pem = (folder / "ed.pem").read_text().splitlines()
seed = base64.b64encode(base64.b64decode(pem[1])[-32:])
records = {name: (folder / (name + ".record")).read_bytes() for name in ("rsa", "ed")}
plain = (folder / "plain.eml").read_bytes()


def record(name, timeout=5):
    return records[name.decode().split(".")[0]]


def sign(name):
    dkim.sign(
        plain,
        name.encode(),
        b"example.com",
        seed if name == "ed" else rsa,
        canonicalize=(b"relaxed", b"relaxed"),
        signature_algorithm=b"ed25519-sha256" if name == "ed" else b"rsa-sha256",
    )


def once():
    if work == "verify":
        assert dkim.DKIM(signed).verify(dnsfunc=record)
    else:
        for name in ("ed", "rsa") if kind == "both" else (kind,):
            sign(name)


signed = (folder / (kind + ".eml")).read_bytes() if work == "verify" else b""
for _ in range(messages // 10 + 1):
    once()
began = time.process_time()
for _ in range(messages):
    once()
print((time.process_time() - began) * 1000 / messages)
