"""Runs the peers of the redline on the same pairs and prints the table.

Words and fragments of every program are counted alike, on its own marks. Fragments are maximal runs of
struck-out or added text, white space ignored; what Travaux shows as moved counts as struck out where it was and as added
where it is, as with the others. xmldiff compares paragraphs as elements; its
seconds are those of its edit script alone, its fragments those of its formatted output.
"""

import html
import json
import random
import re
import subprocess
import sys
import time
from pathlib import Path

NAMES = ["23-oct-2015", "4-dec-2015", "9-dec-2015", "12-dec-2015"]
WORD = re.compile(r"\w+")


def inputs(drafts, work):
    paths = [Path(drafts, f"{name}.md").resolve() for name in NAMES]
    pairs = [list(pair) for pair in zip(paths, paths[1:])]
    # A pair of 38,000 words: the drafts one behind the other, and the same with three paragraphs in
    # ten edited (words replaced, added, left out), and one in a hundred moved.
    words = re.findall(r"\S+\s*", "\n\n".join(path.read_text() for path in paths))[:38_000]
    paragraphs = re.split(r"(?<=\n\n)", "".join(words))
    dice = random.Random(2015)
    Path(work, "long-old.md").write_text("".join(paragraphs))
    edited = [edit(text, dice) if dice.random() < 0.3 else text for text in paragraphs]
    for _ in range(len(edited) // 100):
        edited.insert(dice.randrange(len(edited)), edited.pop(dice.randrange(len(edited))))
    Path(work, "long-new.md").write_text("".join(edited))
    pairs.append([Path(work, "long-old.md").resolve(), Path(work, "long-new.md").resolve()])
    Path(work, "pairs").write_text(" ".join(str(path) for pair in pairs for path in pair))
    return pairs


def edit(text, dice):
    """Makes three edits in a paragraph of more than a few words."""
    words = re.findall(r"\S+\s*", text)
    for _ in range(3 if len(words) > 8 else 0):
        at, act = dice.randrange(1, len(words) - 1), dice.randrange(3)
        put = [f"{word} " for word in dice.sample(["adequate", "shall", "States", "fully", "may"], 2)]
        words[at : at + (dice.randint(1, 4) if act != 1 else 0)] = put if act != 2 else []
        if len(words) < 4:
            break
    return "".join(words) if text.endswith(words[-1] if words else "") else "".join(words) + "\n\n"


def count(marked):
    """Counts words and fragments of [(kind, text)]; kind is -, + or = for what is the same."""
    words, fragments, last = 0, 0, "="
    for kind, text in marked:
        if not text.strip():
            continue
        if kind != "=":
            words += len(WORD.findall(text))
            fragments += kind != last
        last = kind
    return words, fragments


def timed(run):
    start = time.perf_counter()
    out = run()
    return time.perf_counter() - start, out


def fastest(run, times=5):
    return min((timed(run) for _ in range(times)), key=lambda one: one[0])


def travaux(pieces):
    """Yields the marks of a redline as (kind, text)."""
    for piece in pieces:
        (kind, held), = piece.items()
        if kind == "moved_here":
            for inner, text in travaux(held["pieces"]):
                yield "+" if inner == "=" else inner, text
        elif kind == "moved_away":
            yield "-", held["text"]
        else:
            yield {"same": "=", "deleted": "-", "inserted": "+"}[kind], held


def program(old, new):
    args = ["target/release/travaux", "redline", old, new]
    return fastest(lambda: subprocess.run(args, capture_output=True))[0]


def git(old, new):
    args = ["git", "diff", "--no-index", "--no-color", "--word-diff=porcelain", "-U100000", old, new]
    seconds, done = fastest(lambda: subprocess.run(args, capture_output=True, text=True))
    body = done.stdout.split("\n@@", 1)[-1].split("\n")[1:]
    kinds = {" ": "=", "-": "-", "+": "+"}
    marked = [(kinds[line[0]], line[1:]) for line in body if line and line[0] in kinds]
    return seconds, *count(marked)


def wdiff(old, new):
    args = ["wdiff", "-w", "\x01", "-x", "\x02", "-y", "\x03", "-z", "\x04", old, new]
    seconds, done = fastest(lambda: subprocess.run(args, capture_output=True, text=True))
    return seconds, *count(split(done.stdout, "\x01", "\x02", "\x03", "\x04"))


def split(text, del_open, del_close, ins_open, ins_close):
    marked, kind = [], "="
    pattern = "|".join(map(re.escape, (del_open, del_close, ins_open, ins_close)))
    for part in re.split(f"({pattern})", text):
        if part == del_open:
            kind = "-"
        elif part == ins_open:
            kind = "+"
        elif part in (del_close, ins_close):
            kind = "="
        else:
            marked.append((kind, part))
    return marked


def redlines(old, new):
    from redlines import Redlines

    texts = Path(old).read_text(), Path(new).read_text()
    seconds, out = timed(lambda: Redlines(*texts, markdown_style="none").output_markdown)
    return seconds, *count(split(out, "<del>", "</del>", "<ins>", "</ins>"))


def xmldiff(old, new):
    from lxml import etree
    from xmldiff import formatting, main

    def tree(path):
        paragraphs = re.split(r"\n\s*\n", Path(path).read_text())
        body = "".join(f"<p>{html.escape(text.strip())}</p>" for text in paragraphs if text.strip())
        return f"<doc>{body}</doc>"

    texts = tree(old), tree(new)
    seconds, _ = timed(lambda: main.diff_texts(*texts))
    formatter = formatting.XMLFormatter(text_tags=("p",), normalize=formatting.WS_NONE)
    root = etree.fromstring(main.diff_texts(*texts, formatter=formatter).encode())
    return seconds, *count(list(marks(root)))


def marks(element, kind="="):
    name = etree_name(element)
    attributes = " ".join(element.attrib)
    own = "-" if name == "delete" or "}delete" in attributes else kind
    own = "+" if name == "insert" or "}insert" in attributes else own
    if element.text:
        yield own, element.text
    for child in element:
        yield from marks(child, own)
        if child.tail:
            yield own, child.tail


def etree_name(element):
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def table(drafts, work, peers):
    rows = [json.loads(line) for line in Path(work, "travaux.jsonl").read_text().splitlines()]
    print("| drafts | program | seconds | words changed | fragments | moves |")
    print("|---|---|--:|--:|--:|--:|")
    for row in rows:
        name = f"{Path(row['old']).stem} to {Path(row['new']).stem}"
        redline = row["redline"]
        words, fragments = count(travaux(redline["pieces"]))
        print(f"| {name} | Travaux, within a program | {row['seconds']:.4f} | {words} | {fragments} | {redline['moves']} |")
        print(f"| | Travaux | {program(row['old'], row['new']):.4f} | | | |")
        for peer in peers:
            try:
                seconds, words, fragments = peer(row["old"], row["new"])
                print(f"| | {peer.__name__} | {seconds:.3f} | {words} | {fragments} | |", flush=True)
            except Exception as error:  # A peer that fails is a row, not the end of the run.
                print(f"| | {peer.__name__} | {type(error).__name__} | | | |", flush=True)


if __name__ == "__main__":
    action, drafts, work = sys.argv[1:4]
    if action == "inputs":
        inputs(drafts, work)
    else:
        chosen = sys.argv[4].split(",") if len(sys.argv) > 4 else ["git", "wdiff", "redlines", "xmldiff"]
        table(drafts, work, [globals()[name] for name in chosen])
