"""The templates that come with the product."""

from pathlib import Path

_PACKAGED = Path(__file__).parent.parent / "templates"
# In a checkout the packaged templates lie at the top, where the wheel takes them from.
_CHECKOUT = Path(__file__).parent.parent.parent / "templates"


def packaged_templates() -> Path:
    """The folder of the templates that come with the product."""
    return _PACKAGED if _PACKAGED.is_dir() else _CHECKOUT
