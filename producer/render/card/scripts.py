"""Which font has a letter. The fonts come with a package: pictures are alike on all machines.

Only scripts whose letters can be set one after the other are here, Arabic by its presentation
forms. Others (such as Devanagari) need a shaping engine, and Chinese, Japanese and Korean fonts
are too large to bring along: a text in them is not drawn.
"""

import bisect

_LATIN, _ARABIC, _HEBREW, _EMOJI = "NotoSans", "NotoSansArabic", "NotoSansHebrew", "NotoEmoji"
# First code point, last code point, font: blocks of Unicode 17, in order.
_BLOCKS = (
    (0x0020, 0x007E, _LATIN),
    (0x00A0, 0x052F, _LATIN),
    (0x0531, 0x058F, "NotoSansArmenian"),
    (0x0591, 0x05F4, _HEBREW),
    (0x0600, 0x06FF, _ARABIC),
    (0x0750, 0x077F, _ARABIC),
    (0x10A0, 0x10FF, "NotoSansGeorgian"),
    (0x1200, 0x139F, "NotoSansEthiopic"),
    (0x1C80, 0x1C88, _LATIN),
    (0x1C90, 0x1CBF, "NotoSansGeorgian"),
    (0x1D00, 0x1FFF, _LATIN),
    (0x2002, 0x206F, _LATIN),
    (0x2070, 0x20C0, _LATIN),
    (0x2100, 0x218B, _LATIN),
    (0x2190, 0x21FF, "NotoSansSymbols"),
    (0x2212, 0x2215, _LATIN),
    (0x231A, 0x231B, _EMOJI),
    (0x23E9, 0x23FA, _EMOJI),
    (0x25AA, 0x25FE, _EMOJI),
    (0x2600, 0x27BF, _EMOJI),
    (0x2934, 0x2935, _EMOJI),
    (0x2B05, 0x2B55, _EMOJI),
    (0x2C60, 0x2C7F, _LATIN),
    (0x2DE0, 0x2E52, _LATIN),
    (0xA640, 0xA69F, _LATIN),
    (0xA700, 0xA7FF, _LATIN),
    (0xFB00, 0xFB06, _LATIN),
    (0xFB1D, 0xFB4F, _HEBREW),
    (0xFB50, 0xFDFF, _ARABIC),
    (0xFE70, 0xFEFC, _ARABIC),
    (0x1F000, 0x1FAFF, _EMOJI),
)
_FIRSTS = [first for first, _, _ in _BLOCKS]


def font_name(char: str) -> str:
    """The font that has `char`; empty where none of ours does."""
    position = bisect.bisect_right(_FIRSTS, ord(char)) - 1
    _, last, name = _BLOCKS[max(position, 0)]
    return name if position >= 0 and ord(char) <= last else ""
