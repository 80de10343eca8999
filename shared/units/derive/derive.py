#!/usr/bin/env python3
"""Makes ../data/before.txt and ../data/since.txt from the PyPI package vietnamadminunits and the tables beside this.

    python3 shared/units/derive/derive.py            # fetches the package by pip, and checks its hash
    python3 shared/units/derive/derive.py WHEEL      # from a wheel that is there already

Fails if the package is another one, if a correction corrects nothing, or if a count is not the published one.
"""
import csv
import hashlib
import json
import sqlite3
import subprocess
import sys
import tempfile
import unicodedata
import zipfile
from pathlib import Path

NAME, VERSION = "vietnamadminunits", "1.0.4"
SHA256 = "737ee3662e877290386c1c45ed4d71f2e5fae34ab6fb9c64bfb4cb74b216ea35"
HERE = Path(__file__).parent
DATA = HERE.parent / "data"
KINDS = {"Xã": "x", "Phường": "p", "Thị trấn": "t", "Đặc khu": "d"}
NOTICE = f"""\
# {{}}
# Made by ../derive/derive.py, not by hand. Names and codes: {NAME} {VERSION}, see LICENSE beside this file.
"""


def wheel():
    if len(sys.argv) > 1:
        return Path(sys.argv[1])
    folder = tempfile.mkdtemp()
    wanted = Path(folder) / "requirements.txt"
    wanted.write_text(f"{NAME}=={VERSION} --hash=sha256:{SHA256}\n")
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "--require-hashes"]
    subprocess.run([*pip, "--dest", folder, "--requirement", str(wanted)], check=True)
    return next(Path(folder).glob("*.whl"))


def package(path):
    """Returns the rows of both tables, and the conversion by the package's keys."""
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    assert found == SHA256, f"{path} is another package: {found}"
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(path) as archive:
            archive.extractall(folder)
        data = Path(folder) / NAME / "data"
        with sqlite3.connect(data / "dataset.db") as base:
            base.row_factory = sqlite3.Row
            tables = [[dict(row) for row in base.execute(f"select * from {table}")]
                      for table in ("admin_units", "admin_units_legacy")]
        return *tables, json.loads((data / "converter_2025.json").read_text())


def successors(since, converter):
    """Returns the codes that each key of an old commune went to, as the package has them."""
    codes = {(row["provinceKey"], row["wardKey"]): row["wardCode"] for row in since}
    found = {}
    for province, wards in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, keys in wards.items():
            for key in keys:
                found.setdefault(key, set()).add(codes[province, ward])
    for province, keys in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for key, wards in keys.items():
            found.setdefault(key, set()).update(codes[province, ward["newWardKey"]] for ward in wards)
    return found


def joined(since, converter):
    """Returns the code of the province that each old one, by its key, is part of."""
    codes = {row["provinceKey"]: row["provinceCode"] for row in since}
    return {key: codes[now] for now, keys in converter["DICT_PROVINCE"].items() for key in keys}


def table(name):
    with open(HERE / name, newline="") as file:
        return list(csv.DictReader(file))


def written(full):
    """Returns a commune's kind as one letter, and its name."""
    kind = next(kind for kind in KINDS if full.lower().startswith(kind.lower() + " "))
    return f"{KINDS[kind]} {full[len(kind) + 1:]}"


def cased(full):
    """Returns the name of a district with its kind in the usual letters."""
    return full.replace("Thành Phố ", "Thành phố ").replace("Thị Xã ", "Thị xã ")


def key(text):
    """Returns a name as the package's keys have it: without marks and spaces."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(letter for letter in plain if letter.isalnum())


def formerly(row, named):
    """Returns the former names of a district, each of which the package knows too."""
    names = named.pop(row["districtCode"], [])
    known = json.loads(row["districtAlias"] or "[]")
    assert all(key(name) in known for name in names), (names, known)
    return "".join(f" | {name}" for name in names)


def since_lines(rows):
    lines, province = [], None
    for row in sorted(rows, key=lambda row: (row["provinceCode"], row["wardCode"])):
        if row["provinceCode"] != province:
            province = row["provinceCode"]
            lines.append(f"={province} {row['province']}")
        lines.append(f"{row['wardCode']} {written(row['ward'])}")
    return lines


def before_lines(rows, went, provinces):
    corrections = {row["code"]: row for row in table("corrections.csv")}
    everybody = {row["code"]: row["everybody_to"] for row in table("everybody.csv")}
    named = {}
    for row in table("districts.csv"):
        named.setdefault(row["code"], []).append(row["formerly"])
    lines, province, district = [], None, None
    for row in sorted(rows, key=lambda row: (row["provinceCode"], row["districtCode"], row["wardCode"] or "")):
        now = went[f"{row['provinceKey']}_{row['districtKey']}_{row['wardKey'] or ''}"]
        if row["provinceCode"] != province:
            province = row["provinceCode"]
            lines.append(f"={province} {row['province']} > {provinces[row['provinceKey']]}")
        if row["districtCode"] != district:
            district = row["districtCode"]
            alone = "" if row["wardCode"] else " > " + " ".join(sorted(now))
            lines.append(f"-{district} {cased(row['district'])}{formerly(row, named)}{alone}")
        if not row["wardCode"]:
            continue
        if correction := corrections.pop(row["wardCode"], None):
            corrected = set(filter(None, correction["now"].split("|")))
            assert corrected != now, f"{row['wardCode']} needs no correction"
            now = corrected
        if not now:
            continue
        to = everybody.pop(row["wardCode"], None)
        assert to is None or to in now and len(now) > 1, row["wardCode"]
        marked = " ".join(f"*{code}" if code == to else code for code in sorted(now))
        lines.append(f"{row['wardCode']} {written(row['ward'])} > {marked}")
    assert not (corrections or everybody or named), (corrections, everybody, named)
    return lines


def main():
    since, before, converter = package(wheel())
    now, then = since_lines(since), before_lines(before, successors(since, converter), joined(since, converter))
    count = lambda lines, first: sum(line[0] in first for line in lines)
    assert (count(now, "="), count(now, "0123456789")) == (34, 3321), "provinces or communes of today"
    assert (count(then, "="), count(then, "-"), count(then, "0123456789")) == (63, 696, 10033), "units of before"
    head = "Provinces (=) and communes on 01/07/2025: code, kind (x xã, p phường, d đặc khu), name."
    (DATA / "since.txt").write_text(NOTICE.format(head) + "\n".join(now) + "\n")
    head = ("Provinces (=), districts (-; former names after |) and communes until 30/06/2025: code,\n"
            "# kind (x xã, p phường, t thị trấn), name, and where it went on 01/07/2025; * where all of its people went.")
    (DATA / "before.txt").write_text(NOTICE.format(head) + "\n".join(then) + "\n")


main()
