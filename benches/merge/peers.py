"""Runs the peers of the merge bench on the inputs that Travaux wrote, and sets the table.

CollateX collates the base and all sides as witnesses. The plain reference aligns each side with the
base by Python's difflib and lays the edits over the base, as the normal form does. Both are read back
and compared to the byte. What reading costs is counted as Travaux counts it: a word 1, an
alternative 2 (neither peer nests).
"""

import difflib
import json
import re
import sys
import time
from pathlib import Path

TOKEN = re.compile(r"\s+|\w+|[^\w\s]")


def words(text):
    return sum(1 for token in TOKEN.findall(text) if token[0].isalnum())


def choice_cost(readings):
    """The cost of a place where these distinct readings (empty ones too) meet."""
    total = sum(words(reading) for reading in readings)
    return total if len(readings) == 1 else total + 2 * len(readings)


def reference(base, sides):
    """Star merge: returns (deletions by token, insertions by gap), keyed by side."""
    base_tokens = TOKEN.findall(base)
    deleted = [set() for _ in base_tokens]
    inserted = [{} for _ in range(len(base_tokens) + 1)]
    for name in sorted(sides):
        side_tokens = TOKEN.findall(sides[name])
        matcher = difflib.SequenceMatcher(None, base_tokens, side_tokens, autojunk=False)
        for kind, i1, i2, j1, j2 in matcher.get_opcodes():
            if kind == "equal":
                continue
            for token in range(i1, i2):
                deleted[token].add(name)
            if j1 < j2:
                inserted[i2][name] = "".join(side_tokens[j1:j2])
    return base_tokens, deleted, inserted


def reference_side(merged, name):
    tokens, deleted, inserted = merged
    out = [inserted[0].get(name, "")]
    for at, token in enumerate(tokens):
        out.append("" if name in deleted[at] else token)
        out.append(inserted[at + 1].get(name, ""))
    return "".join(out)


def reference_cost(merged):
    tokens, deleted, inserted = merged
    total = 0
    at = 0
    while at < len(tokens):
        end = at + 1
        while end < len(tokens) and deleted[end] == deleted[at] and not inserted[end]:
            end += 1
        run = "".join(tokens[at:end])
        strings = set(inserted[end].values())
        if deleted[at] and strings and set(inserted[end]) <= deleted[at]:
            silent = {""} if deleted[at] - set(inserted[end]) else set()
            total += choice_cost([run, *strings, *silent])
        else:
            total += choice_cost([run, ""] if deleted[at] else [run])
            total += choice_cost(["", *strings])
        at = end
    return total + choice_cost(["", *set(inserted[0].values())])


def measure_reference(base, sides):
    start = time.process_time()
    merged = reference(base, sides)
    seconds = time.process_time() - start
    exact = sum(reference_side(merged, name) == text for name, text in sides.items())
    other = reference(base, dict(reversed(sides.items())))
    return {
        "exact": exact,
        "order_independent": merged == other,
        "seconds": seconds,
        "cost": reference_cost(merged),
    }


def collate(base, sides):
    from collatex import Collation, collate

    collation = Collation()
    collation.add_plain_witness("base", base)
    for name, text in sides:
        collation.add_plain_witness(name, text)
    start = time.process_time()
    table = collate(collation, output="table", segmentation=True)
    seconds = time.process_time() - start
    columns = []
    for column in table.columns:
        cells = {}
        for row in table.rows:
            tokens = column.tokens_per_witness.get(row.header) or []
            cells[row.header] = "".join(token.token_data["t"] for token in tokens)
        columns.append(cells)
    return columns, seconds


def measure_collatex(base, sides):
    columns, seconds = collate(base, list(sides.items()))
    exact = sum(
        "".join(cells[name] for cells in columns).rstrip() == text.rstrip()
        for name, text in sides.items()
    )
    other, _ = collate(base, list(sides.items())[::-1])
    return {
        "exact": exact,
        "order_independent": columns == other,
        "seconds": seconds,
        "cost": sum(choice_cost(list(dict.fromkeys(cells.values()))) for cells in columns),
    }


def row(name, count, result, ours):
    ratio = result["seconds"] / ours["seconds"]
    return (
        f"| {count} | {name} | {result['exact']} of {count} "
        f"| {'yes' if result['order_independent'] else 'no'} "
        f"| {result['seconds'] * 1000:,.2f} | {ratio:,.0f} | {result['cost']:,} |"
    )


def main():
    work = Path(sys.argv[1])
    most = int(sys.argv[2])
    print("| sides | program | sides exact | any order | ms | times ours | reading cost |")
    print("|--:|---|---|---|--:|--:|--:|")
    for line in (work / "travaux.jsonl").read_text().splitlines():
        ours = json.loads(line)
        count = ours["sides"]
        case = json.loads((work / "inputs" / f"{count:03}.json").read_text())
        print(row("Travaux", count, ours, ours))
        print(row("plain reference", count, measure_reference(case["base"], case["sides"]), ours))
        if count <= most:
            print(row("CollateX 2.3", count, measure_collatex(case["base"], case["sides"]), ours))
        sys.stdout.flush()


main()
