import base64
import io
import shutil
from contextlib import suppress

import mutagen
import pytest
from mutagen import id3
from mutagen.flac import FLAC, Picture
from mutagen.mp4 import MP4, MP4FreeForm
from mutagen.oggopus import OggOpus
from mutagen.wave import WAVE
from sound import FORMATS, encode, lame_mp3, make_noise, packets, read_chapters, write_sound

from producer.audio.decode import open_sound
from producer.audio.tags import Artwork, ChapterMark, Tags, tag_mp3, write_tagged
from producer.errors import AudioError

COVER = Artwork(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "image/png")
TAGS = Tags(
    title="Größe — 🎙 „Titel“",
    artist="A/B",
    album="Das Album",
    track=3,
    track_total=12,
    season=2,
    date="2024-05-06",
    url="https://example.org/größe?a=1#t",
    artwork=COVER,
)
# The titles' lengths are in another order than their times.
CHAPTERS = [
    ChapterMark(0, 301, "The longest title of them all: Anfänge", "https://example.org/ü?x=1"),
    ChapterMark(301, 999, "B"),
    ChapterMark(999, 1502, "Größe 🎙 middle"),
    ChapterMark(1502, 2000, "Bye"),
]
STARTS = [(chapter.start_ms, chapter.title) for chapter in CHAPTERS]


def pcm(path):
    with open_sound(path) as sound:
        return b"".join(block.data for block in sound.blocks())


def tagged(source, chapters=CHAPTERS, tags=TAGS):
    target = source.with_name(f"tagged{source.suffix}.tmp")
    write_tagged(source, target, tags, chapters)
    return target


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_sound_and_the_source_stay_as_they_are(tmp_path, suffix):
    source = write_sound(tmp_path / f"a{suffix}", make_noise(2, FORMATS[suffix][3], 2))
    before = source.read_bytes()
    target = tagged(source)
    assert list(packets(target)) == list(packets(source))
    assert pcm(target) == pcm(source)
    assert source.read_bytes() == before


@pytest.mark.parametrize("suffix", FORMATS)
def test_chapters_read_back_to_the_millisecond(tmp_path, suffix):
    source = write_sound(tmp_path / f"a{suffix}", make_noise(2, FORMATS[suffix][3]))
    assert read_chapters(tagged(source)) == STARTS


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_same_input_gives_the_same_bytes(tmp_path, suffix):
    source = write_sound(tmp_path / f"a{suffix}", make_noise(2, FORMATS[suffix][3]))
    first = tagged(source).read_bytes()
    assert tagged(source).read_bytes() == first
    # and so does a file that was tagged before
    again = tmp_path / f"again{suffix}"
    again.write_bytes(first)
    assert tagged(again).read_bytes() == first


@pytest.mark.parametrize("suffix", FORMATS)
def test_own_chapters_are_replaced_only_by_others(tmp_path, suffix):
    source = write_sound(tmp_path / f"a{suffix}", make_noise(2, FORMATS[suffix][3]))
    old = tmp_path / f"old{suffix}"
    shutil.copyfile(tagged(source), old)
    assert read_chapters(tagged(old, [])) == STARTS
    assert read_chapters(tagged(old, [ChapterMark(0, 2000, "All")])) == [(0, "All")]


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_first_chapter_that_starts_late_keeps_its_start(tmp_path, suffix):
    source = write_sound(tmp_path / f"a{suffix}", make_noise(2, FORMATS[suffix][3]))
    found = read_chapters(tagged(source, CHAPTERS[1:]))
    # M4A has an untitled chapter before it: its text track knows no gaps.
    assert [mark for mark in found if mark[1]] == STARTS[1:]


def test_mp3_tags(tmp_path):
    target = tagged(write_sound(tmp_path / "a.mp3", make_noise(2)))
    assert target.read_bytes()[:4] == b"ID3\x03"
    tags = id3.ID3(target, translate=False)
    assert {key: str(tags[key]) for key in tags if key[0] == "T"} == {
        "TIT2": TAGS.title,
        "TPE1": "A/B",
        "TALB": "Das Album",
        "TRCK": "3/12",
        "TPOS": "2",
        "TYER": "2024",
        "TDAT": "0605",
    }
    assert tags["TIT2"].encoding == id3.Encoding.UTF16
    assert tags["WOAF"].url == "https://example.org/gr%C3%B6%C3%9Fe?a=1#t"
    (picture,) = tags.getall("APIC")
    assert (picture.data, picture.mime, picture.type) == (COVER.data, "image/png", 3)
    toc = tags["CTOC:toc"]
    assert toc.flags == id3.CTOCFlags.TOP_LEVEL | id3.CTOCFlags.ORDERED
    marks = [tags[f"CHAP:{name}"] for name in toc.child_element_ids]
    assert [(mark.start_time, mark.end_time, str(mark.sub_frames["TIT2"])) for mark in marks] == [
        (chapter.start_ms, chapter.end_ms, chapter.title) for chapter in CHAPTERS
    ]
    assert marks[0].sub_frames["WXXX:"].url == "https://example.org/%C3%BC?x=1"


def test_mp3_keeps_foreign_frames_and_takes_over_id3v1(tmp_path):
    source = tmp_path / "a.mp3"
    old = id3.ID3()
    old.add(id3.TIT2(text="Old"))
    old.add(id3.TCON(text="Podcast"))
    old.add(id3.TSOP(text="Sorted"))
    old.add(id3.TDRC(text="1999-12-31"))
    old.add(id3.COMM(lang="deu", desc="c", text="Hallo"))
    old.add(id3.APIC(type=4, desc="", mime="image/jpeg", data=b"back"))
    old.add(id3.APIC(type=3, desc="x", mime="image/jpeg", data=b"front"))
    old.add(id3.CHAP(element_id="old", start_time=5, end_time=6, sub_frames=[]))
    sound = encode(make_noise(1), ".mp3")
    source.write_bytes(sound)
    old.save(source, v1=2)
    target = tagged(source)
    tags = id3.ID3(target, translate=False, load_v1=False)
    assert str(tags["TIT2"]) == TAGS.title
    assert str(tags["TCON"]) == "Podcast"
    assert str(tags["TSOP"]) == "Sorted"
    assert str(tags["TYER"]) == "2024"
    assert str(tags["COMM:c:deu"]) == "Hallo"
    assert {picture.data for picture in tags.getall("APIC")} == {b"back", COVER.data}
    assert len(tags.getall("CHAP")) == len(CHAPTERS)
    assert target.read_bytes().endswith(sound), "no ID3v1 tag with other values at the end"


def test_clip_is_tagged_in_memory():
    sound = lame_mp3(make_noise(1).tobytes(), bitrate_kbps=64)
    data = tag_mp3(sound, TAGS)
    assert data == tag_mp3(sound, TAGS)
    assert data.endswith(sound)
    assert str(id3.ID3(io.BytesIO(data))["TIT2"]) == TAGS.title
    bare = tag_mp3(sound, Tags(title="Only"))
    assert set(id3.ID3(io.BytesIO(bare))) == {"TIT2"}


def test_m4a_tags(tmp_path):
    source = write_sound(tmp_path / "a.m4a", make_noise(2))
    old = MP4(source)
    old["\xa9gen"] = "Podcast"
    old["----:com.example:x"] = MP4FreeForm(b"kept")
    old.save()
    file = MP4(tagged(source))
    cover = file.tags.pop("covr")
    assert [(bytes(c), c.imageformat) for c in cover] == [(COVER.data, cover[0].FORMAT_PNG)]
    assert dict(file.tags) == {
        "\xa9nam": [TAGS.title],
        "\xa9ART": ["A/B"],
        "\xa9alb": ["Das Album"],
        "\xa9day": ["2024-05-06"],
        "\xa9gen": ["Podcast"],
        "trkn": [(3, 12)],
        "disk": [(2, 0)],
        "----:com.apple.iTunes:URL": ["https://example.org/größe?a=1#t".encode()],
        "----:com.example:x": [b"kept"],
    }
    # Nero's list beside the text track that FFmpeg prefers
    assert [(round(c.start * 1000), c.title) for c in file.chapters] == STARTS


def test_m4a_index_comes_first_and_bears_no_date(tmp_path):
    data = tagged(write_sound(tmp_path / "a.m4a", make_noise(2))).read_bytes()
    assert 0 < data.index(b"moov") < data.index(b"mdat")
    header = data.index(b"mvhd")
    assert data[header + 8 : header + 16] == bytes(8)


@pytest.mark.parametrize(("suffix", "kind"), [(".opus", OggOpus), (".flac", FLAC)])
def test_vorbis_comments(tmp_path, suffix, kind):
    source = write_sound(tmp_path / f"a{suffix}", make_noise(2, FORMATS[suffix][3]))
    old = kind(source)
    old["genre"] = "Podcast"
    old["title"] = "Old"
    old["chapter007"] = "00:00:00.500"
    old["chapter007name"] = "Old"
    old.save()
    file = kind(tagged(source))
    comments = {key.upper(): value for key, value in file.tags.as_dict().items()}
    comments.pop("ENCODER", None)
    pictures = [Picture(base64.b64decode(c)) for c in comments.pop("METADATA_BLOCK_PICTURE", [])]
    pictures += getattr(file, "pictures", [])
    assert [(p.data, p.mime, p.type) for p in pictures] == [(COVER.data, "image/png", 3)]
    chapters = {key: comments.pop(key) for key in list(comments) if key.startswith("CHAPTER")}
    assert comments == {
        "TITLE": [TAGS.title],
        "ARTIST": ["A/B"],
        "ALBUM": ["Das Album"],
        "TRACKNUMBER": ["3"],
        "TRACKTOTAL": ["12"],
        "DISCNUMBER": ["2"],
        "DATE": ["2024-05-06"],
        "URL": [TAGS.url],
        "GENRE": ["Podcast"],
    }
    assert chapters == {
        "CHAPTER000": ["00:00:00.000"],
        "CHAPTER000NAME": [CHAPTERS[0].title],
        "CHAPTER000URL": [CHAPTERS[0].url],
        "CHAPTER001": ["00:00:00.301"],
        "CHAPTER001NAME": ["B"],
        "CHAPTER002": ["00:00:00.999"],
        "CHAPTER002NAME": [CHAPTERS[2].title],
        "CHAPTER003": ["00:00:01.502"],
        "CHAPTER003NAME": ["Bye"],
    }


def test_wav_tags_and_a_length_that_the_recorder_did_not_fill_in(tmp_path):
    source = write_sound(tmp_path / "a.wav", make_noise(2))
    data = bytearray(source.read_bytes())
    at = data.index(b"data") + 4
    data[at : at + 4] = b"\xff\xff\xff\xff"
    source.write_bytes(data)
    target = tagged(source)
    assert pcm(target) == pcm(source)
    assert str(WAVE(target).tags["TIT2"]) == TAGS.title
    assert int.from_bytes(target.read_bytes()[4:8], "little") == target.stat().st_size - 8


def test_fields_that_are_empty_leave_those_of_the_file(tmp_path):
    for suffix in (".mp3", ".m4a", ".opus"):
        source = write_sound(tmp_path / f"a{suffix}", make_noise(1, FORMATS[suffix][3]))
        old = tmp_path / f"old{suffix}"
        shutil.copyfile(tagged(source), old)
        target = tagged(old, tags=Tags(title="New"))
        file = mutagen.File(target, easy=True)
        assert (file["title"], file["artist"]) == (["New"], ["A/B"])


@pytest.mark.parametrize(
    "data",
    [b"", b"text\n" * 500, bytes(20_000), encode(make_noise(1), ".m4a")[:900]],
    ids=["empty", "text", "zeros", "cut"],
)
def test_broken_source_is_an_audio_error(tmp_path, data):
    source = tmp_path / "a.mp3"
    source.write_bytes(data)
    with pytest.raises(AudioError) as caught:
        tagged(source)
    assert str(source) in caught.value.message
    assert "\n" not in caught.value.message


def test_what_does_not_fit_is_an_audio_error(tmp_path):
    mp3 = write_sound(tmp_path / "a.mp3", make_noise(0.5))
    marks = [ChapterMark(n, n + 1, str(n)) for n in range(256)]
    with pytest.raises(AudioError, match=r"a\.mp3: .* at most 255 chapters, not 256"):
        tagged(mp3, marks)
    m4a = write_sound(tmp_path / "a.m4a", make_noise(0.5))
    with pytest.raises(AudioError, match=r"a\.m4a: .*not image/webp"):
        tagged(m4a, tags=Tags(title="x", artwork=Artwork(b"RIFF", "image/webp")))


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_target_that_cannot_be_written_is_an_audio_error(tmp_path, suffix):
    source = write_sound(tmp_path / f"a{suffix}", make_noise(0.5, FORMATS[suffix][3]))
    with pytest.raises(AudioError, match=r"the tags cannot be written"):
        write_tagged(source, tmp_path / "no" / "folder", TAGS, CHAPTERS)


@pytest.mark.parametrize("suffix", FORMATS)
def test_damage_is_survived_or_an_audio_error(tmp_path, suffix):
    data = encode(make_noise(1, FORMATS[suffix][3]), suffix)
    middle = len(data) // 2
    source = tmp_path / f"a{suffix}"
    for bad in (
        data[:middle],
        data[:middle] + bytes(range(256)) * 4 + data[middle + 1024 :],
        data[:60] + bytes(10) + data[70:],
        data[:200] + data[260:],
    ):
        source.write_bytes(bad)
        with suppress(AudioError):
            assert pcm(tagged(source))
