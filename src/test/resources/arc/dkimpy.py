"""dkimpy as a peer for ARC: a request a line on standard input, an answer a line on standard output.

V <message in hex> -> pass, fail or none; S <state> <who checked> <message in hex> -> the fields of a set
in hex. Arguments: the port of the DNS server on 127.0.0.1, a PEM file with an RSA key.
"""

import logging
import sys

import dkim
import dns.resolver

logging.disable(logging.CRITICAL)
resolver = dns.resolver.Resolver(configure=False)
resolver.nameservers = ["127.0.0.1"]
resolver.port = int(sys.argv[1])
with open(sys.argv[2], "rb") as file:
    RSA = file.read()


def text(name, timeout=5):
    try:
        answer = resolver.resolve(name.decode().rstrip("."), "TXT")
    except dns.exception.DNSException:
        return None
    return b"".join(answer[0].strings)


for line in sys.stdin:
    request = line.split()
    message = bytes.fromhex(request[-1])
    try:
        if request[0] == "V":
            state, _, words = dkim.arc_verify(message, dnsfunc=text)
            # it has no word for a chain that was sealed as broken
            print((state or b"fail").decode(), words)
        else:
            who = request[2].encode()
            print("".join(f.hex() for f in dkim.arc_sign(message, b"rsa", b"example.com", RSA, who)))
    except Exception as error:
        print("fail", repr(error).replace("\n", " "))
