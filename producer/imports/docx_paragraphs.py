"""The paragraphs of a .docx, with tracked changes taken as accepted.

python-docx writes our documents, but does not read them: its `Paragraph.text` leaves out what was
inserted with changes tracked, which is how reviewers work.
"""

from collections.abc import Iterator
from typing import Any

from producer.imports.content import MAX_LINES, Content
from producer.imports.docx_archive import Archive
from producer.imports.docx_styles import ROLES
from producer.imports.model import ImportProblem
from producer.imports.paragraphs import Paragraph, Role

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# ISO/IEC 29500 strict, which Word saves on request.
_W_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_DOCUMENT, _STYLES = "word/document.xml", "word/styles.xml"
# Deleted or moved away; pictures and boxes; what fields and phonetic guides keep beside the text.
_PICTURES = frozenset(("drawing", "pict", "object", "AlternateContent"))
_SKIPPED = _PICTURES | {"del", "moveFrom", "instrText", "rPr", "pPr", "rt"}
_TRACKED = frozenset(("ins", "del", "moveFrom", "moveTo"))
_MARKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\N{NON-BREAKING HYPHEN}"}
_HEADING_OF = {"title": Role.TITLE, "subtitle": Role.TITLE}
_MAX_BASES = 20


def read_paragraphs(content: Content, problems: list[ImportProblem]) -> list[Paragraph]:
    """Every paragraph in order, those of tables too; a line break ends one as well.

    Raises ImportFileError for a file that is no .docx, or is meant to harm.
    """
    archive = Archive(content)
    document = archive.related("", "officeDocument", _DOCUMENT)
    styles = archive.related(document, "styles", _STYLES)
    root = archive.xml(document)
    namespace = _W_STRICT if root.tag.startswith(_W_STRICT) else _W
    body = root.find(f"{namespace}body")
    if body is None:
        raise content.error("not a Word document: it has no body", "save it as .docx once more")
    roles = _roles(archive.xml(styles), namespace) if archive.has(styles) else {}
    _note_what_is_left_out(root, namespace, problems)
    paragraphs: list[Paragraph] = []
    kept = ""
    for number, element in enumerate(body.iter(f"{namespace}p"), start=1):
        if number > MAX_LINES:
            raise content.error(f"more than {MAX_LINES:,} paragraphs", "is it a transcript?")
        if _is_left_out(element, body):
            continue
        kept += "".join(_texts(element, namespace))
        properties = element.find(f"{namespace}pPr")
        if properties is not None and _ends_in_deleted_mark(properties, namespace):
            continue
        role = _role(properties, roles, namespace)
        # Of a broken heading the parts are one title; a tab is kept there only.
        texts = [kept.replace("\n", " ")] if role is Role.HEADING else kept.split("\n")
        paragraphs.extend(Paragraph(role, text, number) for text in texts)
        kept = ""
    return [*paragraphs, Paragraph(Role.TEXT, kept)] if kept else paragraphs


def _texts(element: Any, namespace: str) -> Iterator[str]:
    """The text of a paragraph as it reads with all changes accepted."""
    for child in element:
        if not isinstance(child.tag, str):
            continue
        name = child.tag.rpartition("}")[2]
        if name in _SKIPPED:
            continue
        if name == "t":
            yield child.text or ""
        elif name == "br" and child.get(f"{namespace}type") in ("page", "column"):
            yield " "
        elif name in _MARKS:
            yield _MARKS[name]
        elif name != "p":
            yield from _texts(child, namespace)


def _is_left_out(element: Any, body: Any) -> bool:
    """Whether a paragraph is that of a text box, or was deleted or moved as a whole."""
    for above in element.iterancestors():
        if above is body:
            return False
        if above.tag.rpartition("}")[2] in _SKIPPED:
            return True
    return False


def _ends_in_deleted_mark(properties: Any, namespace: str) -> bool:
    run = properties.find(f"{namespace}rPr")
    return run is not None and (
        run.find(f"{namespace}del") is not None or run.find(f"{namespace}moveFrom") is not None
    )


def _role(properties: Any, roles: dict[str, Role], namespace: str) -> Role:
    if properties is None:
        return Role.TEXT
    level = properties.find(f"{namespace}outlineLvl")
    if level is not None and level.get(f"{namespace}val", "9") != "9":
        return Role.HEADING
    style = properties.find(f"{namespace}pStyle")
    key = "" if style is None else style.get(f"{namespace}val", "")
    return roles.get(key, Role.TEXT)


def _roles(styles: Any, namespace: str) -> dict[str, Role]:
    """Roles by style id. Names of built-in styles are English in every language of Word."""
    elements = {
        style.get(f"{namespace}styleId", ""): style for style in styles.iter(f"{namespace}style")
    }
    return {key: _style_role(key, elements, namespace) for key in elements}


def _style_role(key: str, elements: dict[str, Any], namespace: str) -> Role:
    """By its own name, or by that of a style that it is based on."""
    for _ in range(_MAX_BASES):
        style = elements.get(key)
        if style is None:
            break
        name_element = style.find(f"{namespace}name")
        name = "" if name_element is None else name_element.get(f"{namespace}val", "").lower()
        if name in ROLES:
            return ROLES[name]
        if name.startswith("heading ") or name.startswith("toc heading"):
            return Role.HEADING
        if name in _HEADING_OF:
            return _HEADING_OF[name]
        level = style.find(f"{namespace}pPr/{namespace}outlineLvl")
        if level is not None and level.get(f"{namespace}val", "9") != "9":
            return Role.HEADING
        base = style.find(f"{namespace}basedOn")
        key = "" if base is None else base.get(f"{namespace}val", "")
    return Role.TEXT


def _note_what_is_left_out(root: Any, namespace: str, problems: list[ImportProblem]) -> None:
    names = [element.tag.rpartition("}")[2] for element in root.iter(f"{namespace}*")]
    found = set(names)
    if found & _TRACKED:
        problems.append(ImportProblem("document", "tracked changes were taken as accepted"))
    if comments := names.count("commentReference"):
        problems.append(ImportProblem("document", f"{comments} comments were not read"))
    if notes := names.count("footnoteReference") + names.count("endnoteReference"):
        problems.append(ImportProblem("document", f"{notes} footnotes were not read"))
    if found & _PICTURES:
        problems.append(ImportProblem("document", "pictures and text boxes were not read"))
