"""Phrases with which people turn to something else. A language that is not here goes without.

They are of the kind that Passonneau and Litman, "Discourse Segmentation by Human and Automated
Means" (1997), call cue phrases.
"""

import re

_PHRASES = (
    # English
    r"let'?s (?:talk|go|move|start|get|turn)|next question|another question|"
    r"question (?:is|from|i|that)|i(?:'m| am) (?:also )?(?:curious|wondering|interested)|"
    r"want(?:ed)? to (?:ask|talk|go back|come back)|(?:going|coming) back|you mentioned|"
    r"speaking (?:of|about)|(?:tell|talk) (?:us|me|to us|about)|(?:what|how) about|moving on|"
    r"before we|maybe we can|can you (?:tell|talk|explain|describe)|could you|thank(?:s| you)|"
    r"interesting|by the way",
    # German
    r"lass(?:t|en sie)? uns|nächste frage|(?:andere|weitere) frage|du hast (?:erwähnt|gesagt)|"
    r"sie haben (?:erwähnt|gesagt)|(?:erzähl|sag) (?:uns|mir|mal)|wie ist es mit|übrigens|"
    r"kommen wir|zurück zu|mich interessiert|kannst du|können sie",
    # Spanish and Portuguese
    r"hablemos|vamos a hablar|(?:otra|siguiente|próxima) pregunta|mencionaste|cuéntanos|"
    r"por cierto|volviendo a|qué tal|vamos falar|(?:outra|próxima) pergunta|mencionou|conta pra",
    # French
    r"parlons|passons|(?:autre|prochaine) question|tu as mentionné|vous avez mentionné|"
    r"au fait|revenons|raconte(?:z)?[- ](?:nous|moi)|et concernant",
)
_CUE = re.compile(rf"\b(?:{'|'.join(_PHRASES)})\b", re.IGNORECASE)


def has_cue(text: str) -> bool:
    """Whether one of the phrases stands in it."""
    return _CUE.search(text.replace("’", "'")) is not None
