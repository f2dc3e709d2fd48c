"""Accepts or rejects all tracked changes of a Word file and prints its paragraphs, one a line.

Independent of Travaux: it uses python-docx and follows ECMA-376, 17.13.5. Tabs and line breaks are
printed as escapes, as JSON strings.

    python3 accept.py accept|reject FILE...
"""

import json
import sys

import docx
from docx.oxml.ns import qn

TAKEN_OUT = {"accept": ("del", "moveFrom"), "reject": ("ins", "moveTo")}


def words(element, how):
    """Returns the words in an element, those of changes not made left out."""
    text = ""
    for child in element:
        name = child.tag.split("}")[1] if isinstance(child.tag, str) else ""
        if name in TAKEN_OUT[how] or name in ("pPr", "rPr"):
            continue
        if name in ("t", "delText"):
            text += child.text or ""
        elif name == "tab":
            text += "\t"
        elif name == "br":
            text += "\n"
        else:
            text += words(child, how)
    return text


def paragraphs(path, how):
    """Yields the paragraphs of the body; one whose end is taken out runs into the next."""
    running = ""
    for paragraph in docx.Document(path).paragraphs:
        running += words(paragraph._p, how)
        properties = paragraph._p.find(qn("w:pPr"))
        mark = properties.find(qn("w:rPr")) if properties is not None else None
        gone = mark is not None and any(mark.find(qn("w:" + n)) is not None for n in TAKEN_OUT[how])
        if not gone:
            yield running
            running = ""
    if running:
        yield running


if __name__ == "__main__":
    for path in sys.argv[2:]:
        print(json.dumps(list(paragraphs(path, sys.argv[1]))))
