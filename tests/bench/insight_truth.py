"""How well problems are paired with plans, and plans with what became of them, where the truth is known.

    .venv/bin/python -m tests.bench.insight_truth [--rounds 20] [--seed 7] [--texts FOLDER]

Remedies: the seeds and `insight_truth.yaml`, in which a reader's choice stands. Progress: each plan of those reports
is planted into a report of the next year, reworded by one of five grades or left out, among what the seeds
say was done and what made reports say. With `--texts`, plans are sentences of the texts in that folder as well. Prints
precision and recall for several thresholds, and recall for each grade.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, cast

from govreport_site.insight import progress, remedies
from govreport_site.insight.items import items, pieces
from govreport_site.reading.read import read_report, read_text
from govreport_site.report import Kind, Report
from govreport_site.yaml_file import load_plain
from tests.bench.made_corpus import made_reports

ROOT = Path(__file__).resolve().parents[2]
NUMERALS = "一二三四五六七八九十"
THRESHOLDS = (0.2, 0.3, 0.33, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7)
GRADES = ("as it stood", "figures added", "synonyms", "reordered", "halved")

SYNONYMS = dict(
    pair.split("/")
    for pair in """
培训/轮训 审查/审核 宣传/宣讲 组织/举办 群众/居民 纠纷/矛盾 提升/提高 加强/强化 健全/完善 完善/优化 开展/实施 专项整治/集中整治 联动/协同 检查/巡查
数据/信息 平台/系统 普法/法治宣传 丰富/拓展 方式/形式 处理/处置 查处/查办 清理/梳理 评估/评价 公开/公示 制度/机制 推行/实行 机制/制度 规范/严格 企业/经营主体 推进/推动
执法人员/执法队伍 配备/配齐 修订/修改 严查/严厉查处 打击/惩治 化解/调处 充实/增加 指导/督促 违法/违规 重点/关键 全面/全方位 深化/深入推进 统筹/合理 建立/搭建
""".split()
)
FIGURES = (
    "全年共开展{n}次，覆盖{m}人次。", "累计办结{n}件，办结率达{p}%。", "参训人员{m}余人次。", "印发文件{n}份。", "较上年增长{p}%。",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    """Problems and plans of one report, and the number of the plan (from 1) a reader picks; 0: none."""

    name: str
    problems: list[tuple[str, str]]
    plans: list[tuple[str, str]]
    picked: list[int]


def cases() -> Iterator[Case]:
    """What insight_truth.yaml holds."""
    text = Path(__file__).with_suffix(".yaml").read_text("utf-8")
    for row in cast(list[dict[str, Any]], load_plain(text)):
        problems = [(title, said) for title, said, _ in row["problems"]]
        yield Case(row["issuer"], problems, [tuple(plan) for plan in row["plans"]], [p[2] for p in row["problems"]])


def seeds() -> list[Report]:
    files = sorted((ROOT / "corpus/henan").glob("*/2025-*.md"))
    return [read_report(path, name=path.name) for path in files]


def written(case: Case) -> str:
    return "\n".join(
        [
            "一、主要举措和成效",
            "依法履职。",
            "二、存在的问题",
            *_parts(case.problems),
            "三、下一步工作打算",
            *_parts(case.plans),
        ]
    )


def _parts(rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    for numeral, (title, text) in zip(NUMERALS, rows, strict=False):
        yield f"{title}{text}；" if title.endswith("是") else f"（{numeral}）{title}。{text}"


def remedies_table() -> None:
    """Of each problem: the plan that was picked by a reader, and by us."""
    right: Counter[str] = Counter()
    truths = {"2025-xuchang-weijianwei.md": [1, 2, 3], "2025-zhengzhou-weijianwei.md": [3, 1, 4]}
    read = [(report.file, report, truths[report.file]) for report in seeds()]
    read += [(case.name, read_text(written(case), name="x", file="x"), case.picked) for case in cases()]
    for file, report, picked in read:
        problems, plans = items(report, Kind.PROBLEMS), items(report, Kind.PLANS)
        assert len(problems) == len(picked), file
        found = {remedy.problem: remedy for remedy in remedies.pair_remedies(report)}
        for problem, number in zip(problems, picked, strict=True):
            remedy = found.get(problem.id)
            ours = [plan.id for plan in plans].index(remedy.plan) + 1 if remedy else 0
            right["problems"] += 1
            right["to pair"] += number > 0
            right["paired"] += ours > 0
            right["right"] += ours == number > 0
            if ours != number:
                print(f"    {file} {problem.title}: a reader {number}, here {ours}")
    print(
        f"remedies: {right['problems']} problems, {right['to pair']} with a remedy, {right['paired']} paired,"
        f" precision {right['right'] / right['paired']:.3f}, recall {right['right'] / right['to pair']:.3f}"
    )


def reworded(text: str, grade: int, dice: random.Random) -> str:
    """A plan as the next year's report may say it; grades as in `GRADES`."""
    clauses = [clause for clause in re.split("[。；，]", text) if clause]
    if grade == 4:
        clauses = sorted(dice.sample(clauses, max(1, len(clauses) // 2)), key=clauses.index)
    if grade >= 3:
        dice.shuffle(clauses)
    if grade >= 2:
        clauses = [_with_synonyms(clause, dice) for clause in clauses]
    said = dice.choice(("", "已", "全年", "")) + "，".join(clauses).replace("将", "已") + "。"
    if grade >= 1:
        for figure in dice.sample(FIGURES, 2):
            said += figure.format(n=dice.randint(2, 60), m=dice.randint(80, 4000), p=dice.randint(60, 100))
    return said


def _with_synonyms(clause: str, dice: random.Random) -> str:
    pattern = "|".join(sorted(SYNONYMS, key=len, reverse=True))
    return re.sub(pattern, lambda match: SYNONYMS[match[0]] if dice.random() < 0.75 else match[0], clause)


def distractors() -> list[str]:
    """What the seeds and made reports say was done, piece by piece."""
    made = [read_text(text, name=name, file=name) for name, text in islice(made_reports(6), 6)]
    return [
        report.source.cut(piece.span).replace("\n", "").lstrip("（）()" + NUMERALS + "是")
        for report in (*seeds(), *made)
        for piece in pieces(report)
        if len(piece.span) > 40
    ]


_POINT = re.compile(f"[{NUMERALS}]是|[：:（(]")


def plans_of_texts(folder: Path, dice: random.Random) -> Iterator[tuple[list[str], list[str]]]:
    """From each text, five sentences that say what is to be done, and forty others."""
    for path in sorted(folder.glob("*.txt")):
        sentences = [
            s
            for s in re.findall("[^。\n]{40,150}(?=。)", path.read_text("utf-8"))
            if s.count("，") >= 2 and not _POINT.search(s)
        ]
        coming = [s for s in sentences[len(sentences) // 2 :] if re.search("要|继续|加强|推进|完善", s)]
        if len(coming) >= 5 and len(sentences) > 60:
            plans = dice.sample(coming, 5)
            others = [s for s in sentences if s not in plans]
            yield plans, dice.sample(others, min(40, len(others)))


def planted(
    plans: Sequence[tuple[str, str]], others: Sequence[str], dice: random.Random
) -> tuple[Report, Report, list[tuple[int, str]]]:
    """The reports of two years, and for each plan its grade (-1: left out) and what was planted for it."""
    before = "一、主要举措和成效\n依法履职。\n二、下一步工作打算\n" + "\n".join(_parts(plans))
    truth: list[tuple[int, str]] = []
    done = dice.sample(others, min(24, len(others)))
    for title, text in plans:
        grade = dice.randint(-1, 4)
        heading = "" if not title or title.endswith("是") else title + "，"
        said = "" if grade < 0 else reworded(heading + text, grade, dice)
        truth.append((grade, said))
        if said:
            done.append(said)
    dice.shuffle(done)
    lines = ["一、主要举措和成效"]
    for numeral in NUMERALS[: (len(done) + 3) // 4]:
        place = NUMERALS.index(numeral) * 4
        part = done[place : place + 4]
        lines.append(f"（{numeral}）工作情况。" + "".join(f"{NUMERALS[at]}是{said}" for at, said in enumerate(part)))
    after = "\n".join([*lines, "二、存在的问题", "仍有不足。"])
    return read_text(before, name="a", file="a"), read_text(after, name="b", file="b"), truth


def progress_table(name: str, years: Sequence[tuple[Report, Report, list[tuple[int, str]]]]) -> None:
    """Precision and recall for each threshold; recall for each grade at ours."""
    rows: list[tuple[int, float, bool]] = []
    kept, progress.THRESHOLD = progress.THRESHOLD, 0.0
    for before, after, truth in years:
        texts = {piece.id: after.source.cut(piece.span) for piece in pieces(after)}
        for found, (grade, said) in zip(progress.trace(before, after), truth, strict=True):
            right = grade >= 0 and found.result is not None and said[:-1] in texts[found.result]
            rows.append((grade, found.score, right))
    progress.THRESHOLD = kept
    there = sum(grade >= 0 for grade, _, _ in rows)
    print(f"progress, {name}: {len(rows)} plans, {there} with a trace")
    for threshold in THRESHOLDS:
        given = [row for row in rows if row[1] >= threshold]
        right_ones = sum(right for _, _, right in given)
        mark = " ←" if threshold == kept else ""
        print(
            f"    {threshold:.2f}  given {len(given):4}  precision {right_ones / max(1, len(given)):.3f}"
            f"  recall {right_ones / there:.3f}{mark}"
        )
    for number, graded in enumerate(GRADES):
        mine = [row for row in rows if row[0] == number]
        seen = sum(right for _, score, right in mine if score >= kept)
        print(f"    {graded:14} {len(mine):4}  recall {seen / max(1, len(mine)):.3f}")
    absent = [row for row in rows if row[0] < 0]
    mistaken = sum(score >= kept for _, score, _ in absent)
    print(f"    {'left out':14} {len(absent):4}  given a trace all the same {mistaken}")


def main() -> None:
    parser = argparse.ArgumentParser(description="Precision and recall of remedies and progress.")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--texts", type=Path, help="a folder of real texts, .txt, to take plans from too")
    given = parser.parse_args()
    remedies_table()
    dice = random.Random(given.seed)
    others = distractors()
    years = [planted(case.plans, others, dice) for case in cases() for _ in range(given.rounds)]
    progress_table("written plans", years)
    if given.texts:
        real = [
            planted([(f"{numeral}是", plan) for numeral, plan in zip(NUMERALS, plans, strict=False)], rest, dice)
            for _ in range(given.rounds // 4)
            for plans, rest in plans_of_texts(given.texts, dice)
        ]
        progress_table("sentences of real texts", real)


if __name__ == "__main__":
    main()
