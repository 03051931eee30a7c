"""Decoding a whole sound file in frames of a second: cheaper than a codec's own of 20 ms.

FFmpeg reads, decodes and joins by itself, in a filter graph, while other threads of this process
run. It is less patient with damage than `producer.audio.decode`: a file that it stumbles over is to
be decoded there, from its beginning.
"""

from collections.abc import Iterator

import av
from av.audio.frame import AudioFrame
from av.filter import Graph

from producer.audio.decode import Sound


class NotPlainError(Exception):
    """The file has something that asks for patience: damage, or more than one form of sound."""


def long_frames(sound: Sound, seconds: float) -> Iterator[AudioFrame]:
    """The samples of `Sound.frames`, so many seconds in a frame, and the same to the bit.

    Raises NotPlainError, after any number of frames.
    """
    try:
        graph = _graph(sound, seconds)
    except (av.FFmpegError, ValueError, LookupError) as error:
        raise NotPlainError from error
    while (frame := _next(graph)) is not None:
        yield frame


def _graph(sound: Sound, seconds: float) -> Graph:
    """What gives the frames. What is opened is the same file again, as the same kind."""
    graph = Graph()
    source = graph.add(
        "amovie",
        filename=sound.container.name,
        format_name=sound.container.format.name,
        stream_index=str(sound.stream.index),
        dec_threads="1",
    )
    samples = max(round(sound.stream.codec_context.sample_rate * seconds), 1)
    joined = graph.add("asetnsamples", n=str(samples), p="0")
    sink = graph.add("abuffersink")
    source.link_to(joined)
    joined.link_to(sink)
    graph.configure()
    return graph


def _next(graph: Graph) -> AudioFrame | None:
    try:
        frame = graph.pull()
    except (EOFError, av.EOFError):
        return None
    except av.FFmpegError as error:
        raise NotPlainError from error
    assert isinstance(frame, AudioFrame)
    return frame
