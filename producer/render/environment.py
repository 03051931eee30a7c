"""The Jinja2 environment: what a template may use, and how its mistakes are told."""

import re
import traceback
from collections.abc import Mapping
from typing import Any

import jinja2
import jinja2.meta
from markupsafe import Markup

from producer import markdown
from producer.errors import TemplateError
from producer.render.front_matter import front_matter_yaml
from producer.render.hashtag import hashtag
from producer.text import one_line
from producer.times import format_clock, format_iso_duration, format_timestamp

# Parts of a text that turn out empty leave one blank line between them, not three.
_BLANK_LINES = re.compile(r"\n{3,}")


class Templates:
    """Renders templates by name; `sources` are their texts, a workspace's own over the packaged.

    HTML is escaped by itself in every template whose name ends in .html, .htm or .xml, and in no
    other: the others make Markdown and plain text.
    """

    def __init__(self, sources: Mapping[str, tuple[str, str]]) -> None:
        """`sources` maps a template's name to the path to show in messages, and the text."""
        self._paths = {path for path, _ in sources.values()}
        self._names: dict[str, set[str] | None] = {}
        self._loaded: dict[str, jinja2.Template] = {}
        self._environment = jinja2.Environment(
            loader=jinja2.FunctionLoader(lambda name: _load(sources, name)),
            undefined=jinja2.StrictUndefined,
            autoescape=jinja2.select_autoescape(
                enabled_extensions=("html", "htm", "xml"), default=False, default_for_string=True
            ),
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self._environment.filters |= {
            "clock": format_clock,
            "iso_duration": format_iso_duration,
            "timestamp": format_timestamp,
            "md": markdown.escape_text,
            "md_link": markdown.link,
            "commonmark": markdown.plain_markdown,
            "html": lambda text, heading=1: Markup(markdown.to_html(text, heading=heading)),
            "one_line": one_line,
            "hashtag": hashtag,
            "yaml": front_matter_yaml,
        }
        # JSON as it was made: keys in their order, letters as they are. `tojson` still escapes
        # what would end a script.
        self._environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "default": dict}

    def render(self, name: str, context: Mapping[str, Any]) -> str:
        """The template's text, ending in one line end.

        Raises TemplateError for a template that does not exist or parse, an undefined name, and
        anything else that goes wrong inside of it, with the template's path and line.
        """
        try:
            text = self._template(name).render(context)
        except jinja2.TemplateSyntaxError as error:
            place = error.filename or error.name or name
            raise _template_error(place, error.lineno, error.message or "") from error
        except jinja2.TemplateNotFound as error:
            missing = f"there is no template {error.name}"
            raise TemplateError(missing, hint="put one into templates/") from error
        except Exception as error:
            place, line = self._place(error, name)
            raise _template_error(place, line, str(error) or type(error).__name__) from error
        if name.endswith(".txt") and "\n\n\n" in text:
            text = _BLANK_LINES.sub("\n\n", text)
        return text.strip("\n").rstrip() + "\n"

    def _template(self, name: str) -> jinja2.Template:
        if name not in self._loaded:
            template = self._loaded[name] = self._environment.get_template(name)
            # Copied for each rendering, which a chain of mappings is slow at.
            template.globals = dict(template.globals)
        return self._loaded[name]

    def names_in(self, name: str) -> set[str] | None:
        """The names that a template asks for; None if it takes in others, or cannot be parsed."""
        if name not in self._names:
            self._names[name] = self._find_names(name)
        return self._names[name]

    def _find_names(self, name: str) -> set[str] | None:
        try:
            loader = self._environment.loader
            assert loader is not None
            source, _, _ = loader.get_source(self._environment, name)
            tree = self._environment.parse(source)
        except jinja2.TemplateError:
            return None
        if any(jinja2.meta.find_referenced_templates(tree)):
            return None
        return jinja2.meta.find_undeclared_variables(tree)

    def _place(self, error: Exception, name: str) -> tuple[str, int]:
        """The innermost frame that lies in a template."""
        for frame in reversed(traceback.extract_tb(error.__traceback__)):
            if frame.filename in self._paths:
                return frame.filename, frame.lineno or 0
        raise error  # not a template's doing: a bug, with its traceback


def _load(sources: Mapping[str, tuple[str, str]], name: str) -> tuple[str, str, None] | None:
    if name not in sources:
        return None
    path, text = sources[name]
    return text, path, None


def _template_error(path: str, line: int, message: str) -> TemplateError:
    return TemplateError(
        f"{path}:{line}: {message}",
        hint="docs/templates.md lists the names that templates may use",
    )
