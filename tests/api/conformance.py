"""Starts the office in memory, files a few dossiers, and lets schemathesis ask everything that is described."""

import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import urllib.request
from pathlib import Path

HERE = Path(__file__).parent
MORNING = "2020-04-15T08:00:00+07:00"
SEED = "20200415"
CHECKS = "not_a_server_error,status_code_conformance,response_schema_conformance,content_type_conformance"
# Who asks, what, and for how many seconds at most: by then it is long over.
ASKED = [("manager", ["--exclude-tag", "catalogue"], 300), ("administrator", ["--include-tag", "catalogue"], 120)]
# How often each operation is asked beside its edges.
EXAMPLES = "10"


def started(binary):
    """The running office: its process, its address, and the tokens it prints by role."""
    office = subprocess.Popen(
        [binary, "--port", "0", "--memory", "--now", MORNING], stdout=subprocess.PIPE, text=True
    )
    address, tokens = None, {}
    for line in office.stdout:
        if found := re.match(r"Motcua at (http://[0-9.:]+)/", line):
            address = found[1]
        if found := re.match(r"\s*staff token\s+((\w+):\S+)", line):
            tokens[found[2]] = found[1]
        if line.startswith("Open http://"):
            # Read on, or the office would stop at a full pipe.
            threading.Thread(target=office.stdout.read, daemon=True).start()
            return office, address, tokens
    raise SystemExit("the office did not start")


def filed(address, token, number):
    """A dossier for the commands to meet; the id."""
    body = {
        "procedure": "1.009748",
        "filing": "desk",
        "applicant": {"name": f"Hộ kinh doanh số {number}", "phone": "0905000001"},
        "accept": number % 2 == 0,
    }
    request = urllib.request.Request(
        f"{address}/api/v1/dossiers",
        json.dumps(body).encode(),
        {
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/json",
            "Idempotency-Key": f"conformance-{number}",
        },
    )
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)["dossier"]["id"]


def asked(address, tokens, dossiers, role, which, seconds):
    """What is described under some tags, asked by somebody of that role; schemathesis' exit code."""
    environment = os.environ | {
        "SCHEMATHESIS_HOOKS": "hooks",
        "PYTHONPATH": str(HERE),
        "MOTCUA_ADDRESS": address,
        "MOTCUA_TOKEN": tokens[role],
        "MOTCUA_DOSSIERS": ",".join(dossiers),
    }
    command = [
        str(Path(sys.executable).parent / "schemathesis"),
        "run",
        f"{address}/api/openapi.json",
        "--header", f"Authorization: Bearer {tokens[role]}",
        "--checks", CHECKS,
        "--phases", "coverage,fuzzing",
        "--max-examples", EXAMPLES,
        "--seed", SEED,
        "--generation-deterministic",
        "--no-color",
        *which,
    ]
    # Away from the repository, where it would keep its cache.
    with tempfile.TemporaryDirectory() as away:
        try:
            return subprocess.run(command, env=environment, cwd=away, timeout=seconds).returncode
        except subprocess.TimeoutExpired:
            return f"not done after {seconds} seconds"


def main():
    office, address, tokens = started(sys.argv[1])
    try:
        dossiers = [filed(address, tokens["clerk"], number) for number in range(8)]
        outcomes = {each[0]: asked(address, tokens, dossiers, *each) for each in ASKED}
    finally:
        office.terminate()
        office.wait()
    if any(outcome != 0 for outcome in outcomes.values()):
        raise SystemExit(f"the API is not as it is described, or that took too long: {outcomes}")


main()
