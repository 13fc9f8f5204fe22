"""dkimpy as a peer: a request a line on standard input, an answer a line on standard output.

V <message in hex> -> pass, or why not; S <algorithm> <header>/<body> <message in hex> -> the field in
hex. Arguments: the port of the DNS server on 127.0.0.1, a PEM file with an RSA key, the seed of an
Ed25519 key in base64.
"""

import sys

import dkim
import dns.resolver

resolver = dns.resolver.Resolver(configure=False)
resolver.nameservers = ["127.0.0.1"]
resolver.port = int(sys.argv[1])
with open(sys.argv[2], "rb") as file:
    RSA = file.read()
ED = sys.argv[3].encode()


def text(name, timeout=5):
    try:
        answer = resolver.resolve(name.decode().rstrip("."), "TXT")
    except dns.exception.DNSException:
        return None
    return b"".join(answer[0].strings)


for line in sys.stdin:
    request = line.split()
    message = bytes.fromhex(request[-1]) if len(request) > 1 else b""
    try:
        if request[0] == "V":
            print("pass" if dkim.DKIM(message).verify(dnsfunc=text) else "fail")
        else:
            ed = request[1] == "ed25519-sha256"
            field = dkim.sign(
                message,
                b"ed" if ed else b"rsa",
                b"example.com",
                ED if ed else RSA,
                canonicalize=tuple(request[2].encode().split(b"/")),
                signature_algorithm=request[1].encode(),
            )
            print(field.hex())
    except Exception as error:
        print("fail", repr(error).replace("\n", " "))
