"""Leads every second request to a dossier that is there, at the version it has, so that commands are decided too."""

import itertools
import json
import os
import urllib.request

import schemathesis

ADDRESS = os.environ["MOTCUA_ADDRESS"]
TOKEN = os.environ["MOTCUA_TOKEN"]
DOSSIERS = os.environ["MOTCUA_DOSSIERS"].split(",")
turns = itertools.count()


def version(dossier):
    request = urllib.request.Request(
        f"{ADDRESS}/api/v1/dossiers/{dossier}", headers={"Authorization": f"Bearer {TOKEN}"}
    )
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)["version"]


@schemathesis.hook
def before_call(context, case, kwargs):
    turn = next(turns)
    if "dossier" not in (case.path_parameters or {}) or turn % 2:
        return
    dossier = DOSSIERS[turn // 2 % len(DOSSIERS)]
    case.path_parameters["dossier"] = dossier
    if case.headers is not None and "If-Match" in case.headers:
        case.headers["If-Match"] = f'"{version(dossier)}"'
        case.headers["Idempotency-Key"] = f"turn-{TOKEN[:4]}-{turn}"
