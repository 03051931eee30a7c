"""What to replace in the text for one edit of its parts.

Nothing here is proven right: whoever applies the changes reads the result again.
"""

import re
from dataclasses import dataclass
from typing import Any

from producer.source.edit_tree import Part, Tree, UnsafeError
from producer.source.edit_yaml import Style, block, block_scalar, fold, inline, is_block, scalar

_HEADER = re.compile(r"([|>])[-+0-9]*((?:[ \t]+#[^\r\n]*)?)")


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """A range of the old text, and what takes its place."""

    start: int
    end: int
    text: str


def replace(tree: Tree, parent: Part, index: int, value: Any) -> list[Change]:
    """Another value for a key, or in place of an entry."""
    old = parent.items[index]
    slot = tree.slot(parent, index)
    if slot is None:
        raise UnsafeError("its key stands without a `:`")
    if old.tagged:
        raise UnsafeError("a tag may mean more than is known here")
    in_flow = parent.flow or (old.flow and bool(old.items) and is_block(value))
    if is_block(value) and not in_flow:
        return _replace_by_block(tree, parent, index, slot, value)
    if old.kind == "scalar" and old.start < old.end and not isinstance(value, (dict, list)):
        return _replace_scalar(tree, parent, index, value)
    like = old if old.items else tree.root
    text = inline(value, tree.style(slot, like).quote, flow=parent.flow)
    if old.start == old.end:
        return [Change(slot, slot, _spaced(text, tree, slot))]
    if not old.is_block:
        comment = _header_comment(tree, old)
        return [Change(old.start, old.end, text + comment)]
    if tree.line_start(old.start) == tree.line_start(slot):
        return [Change(old.start, tree.line_end(old.end), text)]
    below = Change(tree.line_end(slot), tree.line_end(old.end), "")
    return [Change(slot, slot, f" {text}"), below]


def add(tree: Tree, parent: Part, key: str, value: Any, before: int | None) -> list[Change]:
    """Another key: before the pair of that index, else after all others."""
    if parent.flow:
        text = inline({key: value}, tree.style(parent.start).quote)[1:-1]
        return _into_flow(tree, parent, text, before)
    column = tree.column(parent.keys[0].start)
    offset = parent.keys[before].start if before is not None else parent.end
    lines = block(
        {key: value}, column, tree.style(offset, Part("none", 0, 0) if is_block(value) else None)
    )
    if parent is tree.root and before is None:
        return [_lines_at(tree, tree.end, column, lines)]
    return [_into_block(tree, parent, lines, before)]


def insert(tree: Tree, parent: Part, index: int, value: Any) -> list[Change]:
    """Another entry before the one of that index, or after the last."""
    at = index if index < len(parent.items) else None
    if parent.flow:
        text = inline(value, tree.style(parent.start, parent).quote, flow=True)
        return _into_flow(tree, parent, text, at)
    style = tree.style(parent.end if at is None else tree.begin(parent, index), parent)
    style = Style(style.mapping, style.sequence, tree.dash(parent), style.quote)
    return [_into_block(tree, parent, block([value], _column(tree, parent), style), at)]


def remove(tree: Tree, parent: Part, index: int) -> list[Change]:
    """Take a pair or an entry out; others must stay, or the collection would be null."""
    begin, end = tree.begin(parent, index), parent.items[index].end
    if parent.flow:
        return [_out_of_flow(tree, parent, index)]
    if tree.begins_line(begin) or tree.text[tree.line_start(begin) : begin].strip() == "?":
        return [Change(tree.line_start(begin), tree.next_line(end), "")]
    # The first of an entry, on the line of its `-`: what follows moves up there.
    following = tree.next_line(end)
    blanks = re.compile(r"[ \t]*").match(tree.text, following)
    return [Change(begin, blanks.end() if blanks else following, "")]


def _replace_scalar(tree: Tree, parent: Part, index: int, value: Any) -> list[Change]:
    old = parent.items[index]
    in_key = parent.kind == "mapping"
    margin = tree.column(parent.keys[index].start) if in_key else _column(tree, parent)
    comment = _header_comment(tree, old)
    style = old.style if old.style in ("'", '"') else ""
    text = scalar(value, style=style, quote=tree.style(old.start).quote, flow=parent.flow)
    written = tree.text[old.start : old.end]
    broken = re.search(r"[\r\n]\s*", written)
    lines = [text]
    if found := _HEADER.match(written) if old.style in ("|", ">") else None:
        indent = len(broken[0].lstrip("\r\n")) if broken else margin + 2
        as_block = block_scalar(value, found[1], indent) if isinstance(value, str) else None
        if as_block:
            lines, comment = [as_block[0] + comment, *as_block[1:]], ""
    elif broken:
        column = tree.column(old.start)
        indent = len(re.split(r"[\r\n]", broken[0])[-1])
        lines = fold(" " * column + text, column, indent)
        lines[0] = lines[0][column:]
    return [Change(old.start, old.end, tree.newline(old.start).join(lines) + comment)]


def _replace_by_block(tree: Tree, parent: Part, index: int, slot: int, value: Any) -> list[Change]:
    """A collection on lines of its own in place of any value of a block collection."""
    old = parent.items[index]
    style = tree.style(old.start, old)
    in_entry = parent.kind == "sequence"
    begin = tree.begin(parent, index)
    like = old if old.is_block and (old.kind == "mapping") == isinstance(value, dict) else None
    if like is not None and like.kind == "sequence":
        style = Style(style.mapping, style.sequence, tree.dash(like), style.quote)
    if like is not None:
        column = _column(tree, like)
    elif in_entry:
        column = tree.column(begin) + tree.dash(parent)
    else:
        indent = style.mapping if isinstance(value, dict) else style.sequence
        column = tree.column(begin) + indent
    first, *rest = block(value, column, style)
    newline = tree.newline(slot)
    end = tree.line_end(old.end)
    same_line = tree.line_start(old.start) == tree.line_start(slot)
    if not same_line:
        lines = ["", " " * column + first, *rest]
        return [Change(tree.line_end(slot), end, newline.join(lines))]
    comment = "" if old.is_block else _header_comment(tree, old) or tree.text[old.end : end]
    if in_entry and not comment.strip():
        room = " " * (column - tree.column(slot))
        return [Change(slot, end, newline.join([room + first, *rest]))]
    return [Change(slot, end, newline.join([comment.rstrip(), " " * column + first, *rest]))]


def _into_block(tree: Tree, parent: Part, lines: list[str], before: int | None) -> Change:
    """New lines before a part, above the comment that is written over it, or after the last."""
    column = _column(tree, parent)
    if before is None:
        return _lines_at(tree, tree.next_line(parent.end), column, lines)
    begin = tree.begin(parent, before)
    if not tree.begins_line(begin):
        # On the line of a `-`: it takes the place there, and what was there goes below.
        newline = tree.newline(begin)
        return Change(begin, begin, newline.join([*lines, " " * column]))
    at = tree.line_start(begin)
    while at > tree.base:
        above = tree.line_start(at - 1)
        if not tree.text[above:at].lstrip(" \t").startswith("#"):
            break
        at = above
    if before:
        at = max(at, tree.next_line(parent.items[before - 1].end))
    return _lines_at(tree, at, column, lines)


def _lines_at(tree: Tree, offset: int, column: int, lines: list[str]) -> Change:
    newline = tree.newline(max(0, offset - 1))
    text = newline.join([" " * column + lines[0], *lines[1:], ""])
    return Change(offset, offset, text)


def _into_flow(tree: Tree, parent: Part, text: str, before: int | None) -> list[Change]:
    """A new part of a flow collection; on a line of its own where the others stand so."""
    at = len(parent.items) - 1 if before is None else before
    begin, end = tree.begin(parent, at), parent.items[-1].end
    own_line = tree.begins_line(begin)
    newline, margin = tree.newline(begin), " " * tree.column(begin)
    if before is not None:
        return [Change(begin, begin, f"{text},{newline}{margin}" if own_line else f"{text}, ")]
    comma = tree.gap_end(end)
    trailing = "," if tree.text[comma] == "," else ""
    if own_line and parent.end - 1 > (line_end := tree.line_end(end)):
        below = Change(line_end, line_end, f"{newline}{margin}{text}{trailing}")
        return [below] if trailing else [Change(end, end, ","), below]
    return [Change(end, end, f",{newline}{margin}{text}" if own_line else f", {text}")]


def _out_of_flow(tree: Tree, parent: Part, index: int) -> Change:
    begin, end = tree.begin(parent, index), parent.items[index].end
    rest = tree.text[end : tree.line_end(end)].lstrip(" \t")
    if tree.begins_line(begin) and re.fullmatch(r",?[ \t]*(#.*)?", rest):
        return Change(tree.line_start(begin), tree.next_line(end), "")
    if index < len(parent.items) - 1:
        return Change(begin, tree.begin(parent, index + 1), "")
    return Change(parent.items[index - 1].end, end, "")


def _column(tree: Tree, part: Part) -> int:
    return tree.column(tree.begin(part, 0))


def _header_comment(tree: Tree, old: Part) -> str:
    """The comment on the first line of a block scalar, which lies inside its text."""
    found = _HEADER.match(tree.text, old.start) if old.style in ("|", ">") else None
    return found[2] if found else ""


def _spaced(text: str, tree: Tree, slot: int) -> str:
    """A value for an empty place, parted from what stands around it."""
    after = tree.text[slot : slot + 1]
    return f" {text}" + (" " if after and not after.isspace() and after not in ",]}" else "")
