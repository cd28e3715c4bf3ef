"""What WeasyPrint leaves open in the tags of a PDF, closed before the file is written (PDF/UA-1, ISO 14289-1).

It ties a running head and a page's number to elements that no tree leads to: here they are artifacts, which nobody
reads aloud on each page (7.8). It gives each head of a table an ID and no scope, and no tree finds an ID: here a head
says whether it is its column's or its row's (7.5), and the `IDTree` leads to each (ISO 32000-1, 14.7.2).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from weasyprint.pdf import pydyf

Element = Any  # pydyf has no types; each is a dictionary of the file


def finished(_document: object, pdf: pydyf.PDF) -> None:
    """Close what is open in a file that is drawn and tagged and not yet written."""
    known = {o.reference: o for o in pdf.objects if isinstance(o, pydyf.Dictionary)}
    root = known[pdf.catalog["StructTreeRoot"]]
    told = {e.reference: e for e in _below(root, known)}
    furniture = [o for r, o in known.items() if o.get("Type") == "/StructElem" and r not in told]
    _as_artifacts(furniture, known, known[root["ParentTree"]]["Nums"], pdf)
    _with_heads([e for e in told.values() if e["S"] == "/TH"], root, pdf)


def _below(node: Element, known: dict[bytes, Element]) -> Iterator[Element]:
    for kid in node["K"]:
        if isinstance(kid, bytes):
            yield known[kid]
            yield from _below(known[kid], known)


def _as_artifacts(furniture: list[Element], known: dict[bytes, Element], parents: list[Any], pdf: pydyf.PDF) -> None:
    """Take these elements away, and draw what they held as a page's furniture."""
    streams = {o.reference: o.stream for o in pdf.objects if isinstance(o, pydyf.Stream)}
    for element in furniture:
        element.free = "f"
        page = known[element["Pg"]]
        held = [kid for kid in element["K"] if isinstance(kid, int)]
        drawn = streams[page["Contents"]]
        for number in held:
            at = drawn.index({"MCID": number})
            drawn[at - 1 : at + 1] = [b"/Artifact", b"<</Type/Pagination>>"]
            parents[2 * page["StructParents"] + 1][number] = b"null"


def _with_heads(heads: list[Element], root: Element, pdf: pydyf.PDF) -> None:
    """Say of each head whose it is, from the row in its ID ("table-row-column"), and list them all by their IDs."""
    for head in heads:
        _, row, _ = head["ID"].string.split("-")
        head["A"]["Scope"] = "/Column" if row == "0" else "/Row"
    names = sorted((head["ID"].data, head) for head in heads)
    tree = pydyf.Dictionary({"Names": pydyf.Array(v for key, head in names for v in (key, head.reference))})
    pdf.add_object(tree)
    root["IDTree"] = tree.reference
