"""A feed of many episodes beside podgen and plain lxml: seconds, and the memory that it takes.

    python benchmarks/feed.py [--episodes 10000] [--rounds 3]

Each way makes the same episodes and writes them as RSS, in a process of its own: notes of about
2 KB, 20 chapters, four transcripts, two persons, three soundbites. `producer` is
`producer.feed.rss.render_feed`. `lxml` is one tree of the same elements, serialized at once, which
is what one writes first. `podgen` (`pip install podgen`) knows no chapters, transcripts, persons or
soundbites: it stands in a second table, where nobody writes them. Seconds are those of making the
document from episodes that are there. Memory is the peak of the whole process less that of a
Python that does nothing: libraries, episodes and document are all in it.
"""

import argparse
import datetime
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec

from measuring import Cost, measure, verdict

WORDS = [
    *("a", "bench", "holds", "glue", "chisels", "patience", "and", "a", "radio", "that", "plays"),
    *("while", "the", "varnish", "dries", "&", "somebody", "sings"),
]
TYPES = {
    "vtt": "text/vtt",
    "srt": "application/x-subrip",
    "json": "application/json",
    "html": "text/html",
}
BASE = "https://workbench.example.org/podcast"
SHORT = "A show about benches."
MAX_SECONDS = 3
MAX_MIB = 400


def words(seed: int, count: int) -> str:
    """A text of so many words."""
    return " ".join(WORDS[(seed + n * (1 + seed % 5)) % len(WORDS)] for n in range(count))


@dataclass(frozen=True)
class Made:
    """An episode as plain data; times in milliseconds."""

    number: int
    title: str
    notes: str
    published: datetime.datetime
    chapters: list[tuple[int, str]]
    soundbites: list[tuple[int, int, str]]

    @property
    def url(self) -> str:
        """The folder of the episode."""
        return f"{BASE}/e{self.number:05}"


def make(count: int, is_bare: bool) -> list[Made]:
    """Episodes; bare ones have only what podgen can say."""
    first = datetime.datetime(1999, 1, 1, tzinfo=datetime.UTC)
    extras = 0 if is_bare else 20
    return [
        Made(
            number,
            f"Episode {number}: {words(number, 5)}",
            "".join(f"<p>{words(number + part, 66)}</p>\n" for part in range(6)),
            first + datetime.timedelta(days=number),
            [(n * 180_000, f"Part {n}: {words(n, 3)}") for n in range(extras)],
            [(n * 600_000, 45_500, f"Part {n}") for n in range(min(extras, 3))],
        )
        for number in range(count)
    ]


def with_producer(episodes: list[Made], is_bare: bool) -> Callable[[], bytes]:
    """Ours, as the build calls it."""
    from producer.feed.item import FeedItem, PersonData
    from producer.feed.rss import ChannelMedia, render_feed
    from producer.model.show import Show

    persons = [PersonData("Ada Bench", "host", "https://ada.example.org")]
    persons += [PersonData("Ben Glue", "guest", "", f"{BASE}/people/ben.jpg")]
    items = [
        FeedItem(
            slug=f"e{e.number:05}",
            title=e.title,
            guid=f"guid-{e.number}",
            link=f"{e.url}/",
            published=e.published.isoformat(),
            description=SHORT,
            notes_html=e.notes,
            season=1,
            number=e.number,
            image_url="",
            enclosure_url=f"{e.url}/audio.mp3",
            enclosure_length_bytes=28_000_000 + e.number,
            enclosure_type="audio/mpeg",
            duration_ms=3_600_000,
            chapters_url=f"{e.url}/chapters.json",
            chapters=e.chapters,
            transcripts=[]
            if is_bare
            else [(f"{e.url}/transcript.{end}", kind) for end, kind in TYPES.items()],
            persons=[] if is_bare else persons,
            language="en",
            soundbites=e.soundbites,
        )
        for e in episodes
    ]
    show = Show(title="Workbench", link=BASE, description=SHORT, author="Ada Bench", base_url=BASE)
    show = replace(show, owner_name="Ada Bench", owner_email="ada@workbench.example.org")
    return lambda: render_feed(show, items, ChannelMedia(f"{BASE}/cover.jpg"))["feed.xml"]


def with_lxml(episodes: list[Made], is_bare: bool) -> Callable[[], bytes]:
    """The same elements in one tree."""
    from email.utils import format_datetime

    from lxml import etree

    itunes = "http://www.itunes.com/dtds/podcast-1.0.dtd"
    podcast = "https://podcastindex.org/namespace/1.0"
    psc = "http://podlove.org/simple-chapters"
    content = "http://purl.org/rss/1.0/modules/content/"
    atom = "http://www.w3.org/2005/Atom"
    nsmap = {"itunes": itunes, "podcast": podcast, "psc": psc, "content": content, "atom": atom}

    def put(parent: etree._Element, tag: str, text: str = "", **attributes: str) -> etree._Element:
        child = etree.SubElement(parent, tag, attributes)
        child.text = text or None
        return child

    def one(channel: etree._Element, e: Made) -> None:
        item = put(channel, "item")
        put(item, "title", e.title)
        put(item, "link", f"{e.url}/")
        put(item, "description", SHORT)
        put(item, f"{{{content}}}encoded", e.notes)
        put(item, "guid", f"guid-{e.number}", isPermaLink="false")
        size = str(28_000_000 + e.number)
        put(item, "enclosure", url=f"{e.url}/audio.mp3", length=size, type="audio/mpeg")
        put(item, "pubDate", format_datetime(e.published))
        put(item, f"{{{itunes}}}duration", "3600")
        put(item, f"{{{itunes}}}season", "1")
        put(item, f"{{{itunes}}}episode", str(e.number))
        put(item, f"{{{itunes}}}title", e.title)
        put(item, f"{{{itunes}}}episodeType", "full")
        put(item, f"{{{itunes}}}explicit", "false")
        put(item, f"{{{podcast}}}episode", str(e.number))
        if is_bare:
            return
        for end, kind in TYPES.items():
            url = f"{e.url}/transcript.{end}"
            put(item, f"{{{podcast}}}transcript", url=url, type=kind, language="en")
        kind = "application/json+chapters"
        put(item, f"{{{podcast}}}chapters", url=f"{e.url}/chapters.json", type=kind)
        chapters = put(item, f"{{{psc}}}chapters", version="1.2")
        for start, title in e.chapters:
            clock = f"{start // 3600000:02}:{start // 60000 % 60:02}:{start // 1000 % 60:02}.000"
            put(chapters, f"{{{psc}}}chapter", start=clock, title=title)
        for start, length, title in e.soundbites:
            times = {"startTime": f"{start / 1000:g}", "duration": f"{length / 1000:g}"}
            put(item, f"{{{podcast}}}soundbite", title, **times)
        host = {"group": "cast", "role": "host", "href": "https://ada.example.org"}
        put(item, f"{{{podcast}}}person", "Ada Bench", **host)
        guest = {"group": "cast", "role": "guest", "img": f"{BASE}/people/ben.jpg"}
        put(item, f"{{{podcast}}}person", "Ben Glue", **guest)

    def render() -> bytes:
        root = etree.Element("rss", {"version": "2.0"}, nsmap=nsmap)
        channel = put(root, "channel")
        for tag, text in (("title", "Workbench"), ("link", BASE), ("description", SHORT)):
            put(channel, tag, text)
        for episode in reversed(episodes):
            one(channel, episode)
        data: bytes = etree.tostring(
            root, encoding="UTF-8", xml_declaration=True, pretty_print=True
        )
        return data

    return render


def with_podgen(episodes: list[Made], is_bare: bool) -> Callable[[], bytes]:
    """What podgen has of them: it knows nothing of the rest."""
    import warnings

    warnings.simplefilter("ignore")
    from podgen import Episode, Media, Podcast

    podcast = Podcast(name="Workbench", website=BASE, description=SHORT, explicit=False)
    hour = datetime.timedelta(hours=1)
    podcast.episodes = [
        Episode(
            id=f"guid-{e.number}",
            title=e.title,
            link=f"{e.url}/",
            summary=SHORT,
            long_summary=e.notes,
            publication_date=e.published,
            explicit=False,
            media=Media(f"{e.url}/audio.mp3", 28_000_000 + e.number, "audio/mpeg", hour),
        )
        for e in reversed(episodes)
    ]
    return lambda: podcast.rss_str().encode()


WAYS = {"producer": with_producer, "lxml": with_lxml, "podgen": with_podgen}


def run(way: str, count: int, is_bare: bool) -> None:
    """In the process of its own: seconds and bytes on stdout."""
    render = WAYS[way](make(count, is_bare), is_bare)
    began = time.perf_counter()
    data = render()
    print(json.dumps([time.perf_counter() - began, len(data)]))


def cost_of(command: Sequence[str]) -> tuple[Cost, float, float]:
    """What a command of `run` took, its seconds, and the megabytes that it made."""
    cost = measure(command)
    seconds, length = json.loads(cost.said)
    return cost, seconds, length / 1e6


def table(ways: Sequence[str], count: int, rounds: int, is_bare: bool, empty: float) -> None:
    """A table of some ways; the fastest round of each, and its largest memory."""
    flags = ["--bare"] if is_bare else []
    ours = 0.0
    print("| way | seconds | times producer | MB written | MiB more than empty |")
    print("|---|--:|--:|--:|--:|")
    for way in ways:
        if way == "podgen" and find_spec("podgen") is None:
            print("| podgen | not installed | | | |")
            continue
        command = [sys.executable, __file__, "--run", way, "--episodes", str(count), *flags]
        costs = [cost_of(command) for _ in range(rounds)]
        best = min(seconds for _, seconds, _ in costs)
        more = max(cost.mib for cost, _, _ in costs) - empty
        ours = ours or best
        print(f"| {way} | {best:.2f} | {best / ours:.2f} | {costs[0][2]:.1f} | {more:.0f} |")
        if way == "producer" and not is_bare:
            holds = verdict(best < MAX_SECONDS and more < MAX_MIB)
    if not is_bare:
        print(f"\nUnder {MAX_SECONDS} s and {MAX_MIB} MiB: {holds}.\n")


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--episodes", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--run", choices=list(WAYS), help=argparse.SUPPRESS)
    parser.add_argument("--bare", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.run:
        run(options.run, options.episodes, options.bare)
        return
    empty = measure([sys.executable, "-c", "pass"]).mib
    print(f"{options.episodes} episodes with everything; an empty Python has {empty:.0f} MiB\n")
    table(["producer", "lxml"], options.episodes, options.rounds, False, empty)
    print("The same episodes with nothing that podgen does not know\n")
    table(["producer", "lxml", "podgen"], options.episodes, options.rounds, True, empty)


if __name__ == "__main__":
    main()
