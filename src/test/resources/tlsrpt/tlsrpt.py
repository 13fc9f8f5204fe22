#!/usr/bin/env python3
"""Reads messages with TLS reports from standard input, one in base64 a line, and prints what each
says as one line of JSON; and writes one of its own for "write DOMAIN BEGIN END". Python's own
modules only."""

import base64
import email
import email.policy
import gzip
import json
import sys
from datetime import datetime, timezone
from email.message import EmailMessage


def read(octets):
    message = email.message_from_bytes(octets, policy=email.policy.SMTP)
    parts = list(message.iter_parts())
    report = json.loads(gzip.decompress(parts[1].get_payload(decode=True)))
    dates = report["date-range"]
    defects = [str(d) for part in message.walk() for d in part.defects]
    return {
        "type": message.get_content_type(),
        "reportType": message.get_param("report-type"),
        "parts": [part.get_content_type() for part in parts],
        "file": parts[1].get_filename(),
        "subject": message["subject"],
        "domain": message["tls-report-domain"],
        "submitter": message["tls-report-submitter"],
        "required": message["tls-required"],
        "defects": defects,
        "seconds": int(
            (
                datetime.fromisoformat(dates["end-datetime"])
                - datetime.fromisoformat(dates["start-datetime"])
            ).total_seconds()
        ),
        "organization": report["organization-name"],
        "id": report["report-id"],
        "policies": [
            {
                "type": one["policy"]["policy-type"],
                "domain": one["policy"]["policy-domain"],
                "mx": one["policy"].get("mx-host", []),
                "good": one["summary"]["total-successful-session-count"],
                "bad": one["summary"]["total-failure-session-count"],
                "details": [
                    [d["result-type"], d["failed-session-count"]]
                    for d in one.get("failure-details", [])
                ],
            }
            for one in report["policies"]
        ],
    }


def write(domain, begin, end):
    def when(seconds):
        return datetime.fromtimestamp(int(seconds), timezone.utc).isoformat()

    report = {
        "organization-name": "Somebody Else",
        "date-range": {"start-datetime": when(begin), "end-datetime": when(end)},
        "contact-info": "x@sender.example",
        "report-id": "x1",
        "policies": [
            {
                "policy": {
                    "policy-type": "tlsa",
                    "policy-string": ["3 1 1 " + 64 * "a"],
                    "policy-domain": domain,
                    "mx-host": ["mx." + domain],
                },
                "summary": {
                    "total-successful-session-count": 12,
                    "total-failure-session-count": 3,
                },
                "failure-details": [
                    {
                        "result-type": "tlsa-invalid",
                        "sending-mta-ip": "192.0.2.1",
                        "receiving-mx-hostname": "mx." + domain,
                        "failed-session-count": 3,
                    }
                ],
            }
        ],
    }
    message = EmailMessage(policy=email.policy.SMTP)
    message["From"] = "x@sender.example"
    message["To"] = "tls@" + domain
    message["Subject"] = "Report Domain: %s Submitter: sender.example Report-ID: <x1>" % domain
    message["TLS-Report-Domain"] = domain
    message.set_content("words")
    message.add_attachment(
        gzip.compress(json.dumps(report).encode()),
        maintype="application",
        subtype="tlsrpt+gzip",
        filename="sender.example!%s!%s!%s!001.json.gz" % (domain, begin, end),
    )
    sys.stdout.write(base64.b64encode(message.as_bytes()).decode() + "\n")


if len(sys.argv) > 1:
    write(*sys.argv[2:])
else:
    for line in sys.stdin:
        print(json.dumps(read(base64.b64decode(line))))
