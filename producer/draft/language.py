"""What is known of a language: fillers, words that stutters repeat, how turns begin.

A language without a table has nothing dropped, and turns suggested by marks and questions alone.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """Words in lower case. Phrases are words with a blank between them.

    `fillers` say nothing anywhere; `asides` say nothing between two commas or twice in a row.
    `repeatable` are the small words of which a second one in a row is a stutter: never those that
    people double on purpose ("very very", "no no") or by rule ("that that", "had had").
    `contractions` maps a word to the beginnings that take it up again: "I I'm".
    `turn_starts` begin a turn more often than not, `pause_starts` after a pause. After
    `turn_ends` somebody else speaks more often than not.
    """

    fillers: frozenset[str] = frozenset()
    asides: frozenset[str] = frozenset()
    repeatable: frozenset[str] = frozenset()
    contracted: frozenset[str] = frozenset()
    turn_starts: frozenset[str] = frozenset()
    pause_starts: frozenset[str] = frozenset()
    turn_ends: frozenset[str] = frozenset()
    capitals: frozenset[str] = frozenset()


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NONE = Language()
_ENGLISH = Language(
    fillers=_words(
        "um umm ummm uhm uh uhh uhhh er err erm ehm hm hmm hmmm"
    ),
    asides=frozenset(("you know", "i mean", "like")),
    repeatable=_words(
        "a an the i i'm i've you you're he she it it's we we're they they're this these those "
        "my your his her our their its of to in on at by for from with as into about and but or "
        "if because when where what which who how why is are was were am be been being do does "
        "did have has can could will would should may might must not don't there there's then "
        "than some any every also just one let let's"
    ),
    contracted=_words(
        "i you he she it we they that there what who"
    ),
    turn_starts=frozenset(
        (
            "yeah", "yes", "exactly", "thank you for", "thanks for having", "thanks a lot for",
            "okay so", "okay and", "okay thanks", "i think so", "that's a good question",
            "that's a great question", "another question", "mhm",
        )
    ),
    pause_starts=_words(
        "so okay ok well no oh ah sure right great cool nice interesting hi hello what how "
        "absolutely definitely actually thank thanks"
    ),
    turn_ends=frozenset(
        (
            "journey so far", "is that right", "tell us about it", "thanks for being here",
            "what do you think",
        )
    ),
    capitals=frozenset(("i", "i'm", "i've", "i'd", "i'll")),
)  # fmt: skip
_GERMAN = Language(
    fillers=_words("äh ähh ähm ähhm ähem öh öhm ehm hm hmm mm"),
    asides=frozenset(("weißt du", "wissen sie", "sag ich mal", "sagen wir mal")),
    repeatable=_words(
        "ich du er es wir ihr man den dem des ein eine einen einem einer eines mein dein "
        "sein ihre unser und oder aber weil dass wenn als wie wo was wer zu in im an am auf aus "
        "bei mit nach von vom vor für über um durch ist sind war waren bin hat haben hatte kann "
        "können wird werden würde nicht auch noch nur dann da hier"
    ),
    turn_starts=frozenset(("ja", "genau", "danke für", "vielen dank für", "okay und", "mhm")),
    pause_starts=_words(
        "also okay nein ach ah oh gut klar stimmt richtig hallo danke wie was warum und"
    ),
    turn_ends=frozenset(("oder nicht", "was meinst du", "was meinen sie")),
)
_TABLE = {"en": _ENGLISH, "de": _GERMAN}


def language_of(tag: str) -> Language:
    """The table for a language tag (`en`, `de-AT`), or one that knows nothing."""
    return _TABLE.get(tag.replace("_", "-").split("-")[0].casefold(), _NONE)
