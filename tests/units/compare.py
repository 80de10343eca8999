"""Row by row: the package's converter against ours, on the addresses of all communes of before 01/07/2025.

Three things are compared for each: which old commune the address is read as, which communes it went to, and which one is
taken without asking. `compare.py PROGRAM` fails unless the differences are those of expected.csv, each with who is right
and why; `compare.py PROGRAM --write` puts those found into it, whose reasons are then to be written.
"""
import csv
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import vietnamadminunits
from vietnamadminunits import convert_address
from vietnamadminunits.database import get_data

HERE = Path(__file__).parent
FIELDS = ["code", "what", "theirs", "ours"]
ROWS = 10_033


def successors():
    """Returns the codes that each key of an old commune went to, as their converter has them."""
    data = json.loads((Path(vietnamadminunits.__file__).parent / "data/converter_2025.json").read_text())
    codes = {(row["provinceKey"], row["wardKey"]): row["wardCode"] for row in get_data()}
    found = {}
    for province, wards in data["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, keys in wards.items():
            for key in keys:
                found.setdefault(key, set()).add(codes[province, ward])
    for province, keys in data["DICT_PROVINCE_WARD_DIVIDED"].items():
        for key, wards in keys.items():
            found.setdefault(key, set()).update(codes[province, ward["newWardKey"]] for ward in wards)
    return found


def ours(program, addresses):
    """Returns what our program reads: the old code, the kind of answer, its codes, and what became of the old unit."""
    text = "".join(f"{address}\n" for address in addresses)
    done = subprocess.run([program, "2025-07-01"], input=text, capture_output=True, text=True, check=True)
    lines = [line.split("\t") for line in done.stdout.splitlines()]
    assert len(lines) == len(addresses), (len(lines), len(addresses))
    return [(old.split("@")[0], what, codes, dict(part.split(":") for part in became.split()))
            for old, what, codes, street, became in lines]


def differences(program):
    rows = [row for row in get_data(table="admin_units_legacy") if row["wardCode"]]
    addresses = [f"{row['ward']}, {row['district']}, {row['province']}" for row in rows]
    went = successors()
    known = 0
    for row, address, (old, what, codes, became) in zip(rows, addresses, ours(program, addresses)):
        code = row["wardCode"]
        known += old == code
        theirs = convert_address(address)
        differ = lambda of, theirs, ours: {"code": code, "what": of, "theirs": theirs, "ours": ours}
        their_old = theirs.OldAdminUnit.ward_code
        if their_old != old:
            yield differ("read as", their_old or "nothing", old or "nothing")
        key = f"{row['provinceKey']}_{row['districtKey']}_{row['wardKey']}"
        if went[key] != set(became):
            yield differ("went to", " ".join(sorted(went[key])), " ".join(sorted(became)) or "nothing")
        # They take one of several without asking; ours may only agree, or ask.
        taken = codes if what == "one" else ""
        if taken and theirs.ward_code != taken and their_old == old:
            yield differ("taken", theirs.ward_code or "nothing", taken)
        if what == "several" and set(codes.split()) != set(became):
            yield differ("asked", "", codes)
    assert known == ROWS, f"{known} of {ROWS} addresses are read as what they are"


def main(program, write=False):
    found = list(differences(program))
    print("differences:", dict(Counter(row["what"] for row in found)))
    path = HERE / "expected.csv"
    if write:
        known = {}
        if path.exists():
            with open(path, newline="") as file:
                known = {tuple(row[field] for field in FIELDS): row for row in csv.DictReader(file)}
        with open(path, "w", newline="") as file:
            writer = csv.DictWriter(file, [*FIELDS, "right", "why"], lineterminator="\n")
            writer.writeheader()
            for row in found:
                before = known.get(tuple(row[field] for field in FIELDS), {})
                writer.writerow({**row, "right": before.get("right", ""), "why": before.get("why", "")})
        return 0
    with open(path, newline="") as file:
        expected = list(csv.DictReader(file))
    unexplained = [row["code"] for row in expected if not (row["right"] and row["why"])]
    as_tuple = lambda row: tuple(row[field] for field in FIELDS)
    new = sorted(set(map(as_tuple, found)) - set(map(as_tuple, expected)))
    gone = sorted(set(map(as_tuple, expected)) - set(map(as_tuple, found)))
    for name, rows in (("not expected", new), ("expected, and not there", gone)):
        for row in rows:
            print(f"{name}: {row}")
    print(f"{ROWS} communes compared, {len(found)} differences, {len(new)} not expected, {len(gone)} not there")
    if unexplained:
        print(f"nobody wrote why: {unexplained}")
    return 1 if new or gone or unexplained else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], "--write" in sys.argv))
