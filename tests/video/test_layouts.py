"""The shapes of audiograms: everything has a place of its own."""

from producer.video.layout import LAYOUTS


def test_layouts_keep_everything_apart_and_inside() -> None:
    for layout in LAYOUTS.values():
        boxes = [
            layout.cover,
            layout.title,
            layout.show,
            layout.bars,
            layout.speaker,
            layout.caption,
        ]
        for number, box in enumerate(boxes):
            assert 0 <= box.left <= box.left + box.width <= layout.width
            assert 0 <= box.top <= box.top + box.height <= layout.height
            for other in boxes[number + 1 :]:
                assert (
                    box.left + box.width <= other.left
                    or other.left + other.width <= box.left
                    or box.top + box.height <= other.top
                    or other.top + other.height <= box.top
                )
        bars = layout.bars
        assert not any(n % 2 for n in (bars.left, bars.top, bars.width, bars.height))
