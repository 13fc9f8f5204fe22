"""Asks pyspf for each case: a JSON object a line on standard input, its answer a line on standard output.

Argument: the port of the DNS server on 127.0.0.1.
"""

import json
import sys
import warnings

warnings.simplefilter("ignore")

import dns.resolver
import spf

resolver = dns.resolver.Resolver(configure=False)
resolver.nameservers = ["127.0.0.1"]
resolver.port = int(sys.argv[1])
dns.resolver.default_resolver = resolver

for line in sys.stdin:
    case = json.loads(line)
    try:
        query = spf.query(
            i=case["client"], s=case["sender"], h=case["helo"], receiver=case["receiver"]
        )
        outcome, _, words = query.check()
    except Exception as error:
        outcome, words = "exception", repr(error)
    print(json.dumps({"outcome": outcome, "words": words}))
