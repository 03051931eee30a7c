"""Undo and redo, whatever the order of edits, undoings and changes made elsewhere."""

from hypothesis import given
from hypothesis import strategies as st

from producer.preview.history import Change, History

steps = st.lists(st.one_of(st.sampled_from(["undo", "redo"]), st.binary(max_size=3)), max_size=40)


@given(steps)
def test_it_is_a_line_of_contents_with_a_place_in_it(taken: list[str | bytes]) -> None:
    history, line, at = History(), [b"first"], 0
    for step in taken:
        data = line[at]
        if isinstance(step, bytes):
            history.add(Change(data, step, "edit"))
            line, at = [*line[: at + 1], step], at + 1
            continue
        change = history.to_undo(data) if step == "undo" else history.to_redo(data)
        move = -1 if step == "undo" else 1
        assert (change is not None) == (0 <= at + move < len(line))
        if change is not None:
            reached = change.before if step == "undo" else change.after
            history.undid() if step == "undo" else history.redid()
            at += move
            assert reached == line[at]


@given(st.binary(max_size=5), st.binary(max_size=5), st.binary(max_size=5))
def test_what_is_not_as_it_was_left_is_not_undone(a: bytes, b: bytes, c: bytes) -> None:
    history = History()
    history.add(Change(a, b, "edit"))
    assert (history.to_undo(c) is not None) == (c == b)
    history.undid()
    assert (history.to_redo(c) is not None) == (c == a)


def test_it_does_not_grow_without_end() -> None:
    history = History(max_bytes=1000)
    for number in range(100):
        history.add(Change(bytes([number]) * 100, bytes([number + 1]) * 100, str(number)))
    count, data = 0, bytes([100]) * 100
    while (change := history.to_undo(data)) is not None:
        data = change.before
        history.undid()
        count += 1
    assert count == 5
    history.add(Change(b"x" * 5000, b"y", "huge"))
    assert history.to_undo(b"y") is not None
