"""The transcript's entries as the file has them, for rules that compare what was written."""

from collections.abc import Iterator

import yaml

from producer.model.episode import Episode
from producer.source.document import key_text


def raw_entries(episode: Episode) -> Iterator[tuple[int, dict[str, yaml.ScalarNode]]]:
    """Each entry's place in the transcript, and its keys that hold a single value."""
    node = episode.document.find(("transcript",)) if episode.document else None
    if not isinstance(node, yaml.SequenceNode):
        return
    for index, item in enumerate(node.value):
        if isinstance(item, yaml.MappingNode):
            yield (
                index,
                {
                    key_text(key) or "": value
                    for key, value in item.value
                    if isinstance(value, yaml.ScalarNode)
                },
            )
