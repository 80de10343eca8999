"""Amount by amount: num2words in Vietnamese against ours, on the hard amounts and on 10,000 random ones from 0 to 10¹².

Each kind of difference is a rewriting of our words. `compare.py PROGRAM` fails unless every difference is made by these
rewritings alone, and each kind is met as often as expected.csv says, which also says who is right and why;
`compare.py PROGRAM --write` puts the counts found into it.
"""
import csv
import random
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

from num2words import num2words

HERE = Path(__file__).parent
HARD = [0, 1, 4, 5, 10, 11, 14, 15, 20, 21, 24, 25, 99, 100, 101, 104, 105, 110, 111, 115, 121, 124, 999, 1_000, 1_001,
        1_005, 1_010, 1_021, 1_024, 12_500, 100_005, 1_000_000, 1_000_005, 1_000_024, 1_005_000, 1_021_000,
        1_000_000_000, 1_000_001_000, 1_001_000_000, 25_000_000_055, 999_999_999_999, 1_000_000_000_000]
# What theirs does otherwise, in the order in which our words are rewritten.
KINDS = [
    ("không trăm before a unit", re.compile(r"không trăm (linh )?(?=[^ ]+( mươi( [^ ]+)?| [^ ]+)? (tỷ|triệu|nghìn))"), ""),
    ("không trăm at the end", re.compile(r"không trăm (linh )?"), "lẻ "),
    ("linh", re.compile(r"\blinh\b"), "lẻ"),
    ("mươi tư", re.compile(r"\bmươi tư\b"), "mươi bốn"),
]


def amounts():
    drawn = random.Random(254_2026)
    # As many of few digits as of many, or nearly all would have twelve.
    return HARD + [drawn.randrange(10 ** drawn.randint(1, 12) + 1) for _ in range(10_000)]


def main(program, write=False):
    numbers = amounts()
    text = "".join(f"{number}\n" for number in numbers)
    done = subprocess.run([program], input=text, capture_output=True, text=True, check=True)
    ours = [line.removesuffix(" đồng").lower() for line in done.stdout.splitlines()]
    assert len(ours) == len(numbers), (len(ours), len(numbers))
    counted, unexplained, same = Counter(), [], 0
    for number, words in zip(numbers, ours):
        theirs, rewritten = num2words(number, lang="vi"), words
        same += words == theirs
        for name, pattern, instead in KINDS:
            rewritten, times = pattern.subn(instead, rewritten)
            counted[name] += times > 0
        if rewritten != theirs:
            unexplained.append((number, words, theirs))
    for row in unexplained[:20]:
        print("no kind of difference:", *row, sep="\n  ")
    path = HERE / "expected.csv"
    with open(path, newline="") as file:
        rows = list(csv.DictReader(file))
    if write:
        with open(path, "w", newline="") as file:
            writer = csv.DictWriter(file, ["kind", "amounts", "ours", "theirs", "right", "why"], lineterminator="\n")
            writer.writeheader()
            writer.writerows({**row, "amounts": counted[row["kind"]]} for row in rows)
        return 0
    expected = {row["kind"]: int(row["amounts"]) for row in rows}
    print(f"{len(numbers)} amounts compared, {same} in the same words; by kind: {dict(counted)}")
    if expected != dict(counted):
        print(f"expected by kind: {expected}")
    unwritten = [row["kind"] for row in rows if not (row["right"] and row["why"])]
    return 1 if unexplained or unwritten or expected != dict(counted) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], "--write" in sys.argv))
