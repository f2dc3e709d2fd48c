"""Looks for the same paragraphs with MinHash and prints the table.

MinHash (datasketch) sees a paragraph as its set of words in small letters; those in one bucket with what is asked
are ranked by the estimated share of words in common. A hit is as with Travaux: the very words of the
paragraph stand in what comes first, whatever the number it begins with.
"""

import json
import re
import sys
import time
from pathlib import Path

from datasketch import MinHash, MinHashLSH

WORD = re.compile(r"\w+")
PERMUTATIONS = 128
THRESHOLD = 0.5


def words(text):
    return WORD.findall(text.lower())


def paragraphs(folder):
    """Yields each paragraph of different words once: what stands between empty lines."""
    known = set()
    for path in sorted(Path(folder).iterdir()):
        if path.suffix not in (".md", ".txt"):
            continue
        for block in re.split(r"\n\s*\n|\n(?=#)", path.read_text(errors="replace")):
            key = tuple(words(block))
            if len(key) > 3 and key not in known:
                known.add(key)
                yield key


def sketch(key):
    made = MinHash(num_perm=PERMUTATIONS)
    made.update_batch([word.encode() for word in set(key)])
    return made


def is_in(sought, held):
    sought, held = f" {' '.join(sought)} ", f" {' '.join(held)} "
    return sought in held


def minhash(folder, queries):
    start = time.process_time()
    texts = list(paragraphs(folder))
    index = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
    sketches = []
    with index.insertion_session() as session:
        for number, key in enumerate(texts):
            sketches.append(sketch(key))
            session.insert(number, sketches[-1], check_duplication=False)
    built = time.process_time() - start
    first, spent = 0, []
    for query in queries:
        start = time.process_time()
        asked = sketch(words(query["asked"]))
        found = index.query(asked)
        best = max(found, key=lambda number: (asked.jaccard(sketches[number]), -number), default=None)
        spent.append(time.process_time() - start)
        meant = words(query["paragraph"])
        if best is not None:
            first += is_in(meant, texts[best]) or is_in(meant[1:], texts[best])
    spent.sort()
    row(["datasketch", len(texts), built, "", "", first / len(queries), "", spent])


def row(cells):
    name, passages, built, loaded, size, first, near, spent = cells
    percent = lambda share: f"{share:.1%}" if share != "" else ""
    mean, p99, most = (f"{1000 * value:.1f}" for value in (sum(spent) / len(spent), spent[len(spent) * 99 // 100], spent[-1]))
    loaded = f"{loaded:.3f}" if loaded != "" else ""
    print(f"| {name} | {passages} | {built:.1f} | {loaded} | {size} | {percent(first)} | {percent(near)} | {mean} | {p99} | {most} |")


if __name__ == "__main__":
    folder, work = sys.argv[1:3]
    ours = json.loads(Path(work, "travaux.json").read_text())
    queries = [json.loads(line) for line in Path(work, "queries.jsonl").read_text().splitlines()]
    print("| program | passages | built, s | loaded, s | bytes | first | first, or listed with it | mean, ms | 99 %, ms | most, ms |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
    share = lambda key: ours[key] / ours["queries"]
    print(
        f"| Travaux | {ours['passages']} | {ours['build_s']:.1f} | {ours['load_s']:.3f} | {ours['bytes']} | {share('first'):.1%} | "
        f"{share('first_with_near'):.1%} | {ours['mean_ms']:.1f} | {ours['p99_ms']:.1f} | {ours['most_ms']:.1f} |"
    )
    minhash(folder, queries)
