"""Which language tags there are: ISO 639-1 languages, ISO 3166-1 countries, BCP 47's form."""

import re

# ISO 639-1, with the codes that were withdrawn and are still met (in, iw, ji, mo, sh).
_LANGUAGES_TEXT = """
aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy
da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu
hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb
lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om
or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw
ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu in iw
ji mo sh
"""
LANGUAGES = frozenset(_LANGUAGES_TEXT.split())
# ISO 639-2 codes of languages that have a code of two letters, which is the one to write.
SHORTER = {
    "ara": "ar", "ben": "bn", "bul": "bg", "cat": "ca", "ces": "cs", "chi": "zh", "cze": "cs",
    "dan": "da", "deu": "de", "dut": "nl", "ell": "el", "eng": "en", "est": "et", "eus": "eu",
    "fas": "fa", "fin": "fi", "fra": "fr", "fre": "fr", "ger": "de", "gle": "ga", "gre": "el",
    "heb": "he", "hin": "hi", "hrv": "hr", "hun": "hu", "ice": "is", "ind": "id", "isl": "is",
    "ita": "it", "jpn": "ja", "kor": "ko", "lav": "lv", "lit": "lt", "may": "ms", "msa": "ms",
    "nld": "nl", "nob": "nb", "nor": "no", "per": "fa", "pol": "pl", "por": "pt", "ron": "ro",
    "rum": "ro", "rus": "ru", "slk": "sk", "slo": "sk", "slv": "sl", "spa": "es", "srp": "sr",
    "swa": "sw", "swe": "sv", "tam": "ta", "tel": "te", "tha": "th", "tur": "tr", "ukr": "uk",
    "urd": "ur", "vie": "vi", "wel": "cy", "cym": "cy", "zho": "zh",
}  # fmt: skip
# ISO 3166-1, two letters.
_COUNTRIES_TEXT = """
ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bl bm bn bo bq br
bs bt bv bw by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz
ec ee eg eh er es et fi fj fk fm fo fr ga gb gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw
gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky
kz la lb lc li lk lr ls lt lu lv ly ma mc md me mf mg mh mk ml mm mn mo mp mq mr ms mt mu mv
mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py
qa re ro rs ru rw sa sb sc sd se sg sh si sj sk sl sm sn so sr ss st sv sx sy sz tc td tf tg
th tj tk tl tm tn to tr tt tv tw tz ua ug um us uy uz va vc ve vg vi vn vu wf ws ye yt za zm
zw xk
"""
COUNTRIES = frozenset(_COUNTRIES_TEXT.split())
_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(?:-[a-z]{3}(?=-|$))?(?:-(?P<script>[a-z]{4}))?"
    r"(?:-(?P<region>[a-z]{2}|[0-9]{3}))?(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*",
)


def mistake(tag: str) -> tuple[str, str] | None:
    """What is wrong with a language tag, and what to write; None where it is right."""
    lower = tag.strip().lower()
    if "_" in lower:
        return f'"{tag}" is written with an underscore', f"write `{tag.replace('_', '-')}`"
    match = _TAG.fullmatch(lower)
    if match is None:
        return f'"{tag[:40]}" is no language tag', "write `en`, `de`, `pt-BR`: ISO 639 and a region"
    language, region = match["language"], match["region"] or ""
    if language in SHORTER:
        return f'"{tag}" is not the code to write', f"write `{SHORTER[language]}`"
    if len(language) == 2 and language not in LANGUAGES:
        return f'there is no language "{language}"', "look it up in ISO 639-1: `en`, `de`, `pt`"
    if region == "uk":
        return f'"{tag}" names no country', f"write `{language}-GB`: the code is GB"
    if region.isalpha() and region not in COUNTRIES:
        return f'"{tag}" names no country', f"write `{language}`, or a country of ISO 3166"
    return None
