"""Checking a feed: bytes in, problems out, in the order of the file."""

import datetime
from collections.abc import Iterator
from itertools import islice

from producer.feed_check.document import Document, Fault
from producer.feed_check.feed import Feed
from producer.feed_check.finding import Finding, Rule
from producer.feed_check.parse import parse
from producer.feed_check.rules import BY_CODE, RULES
from producer.model.image import ImageFacts
from producer.problems import Problem, severity_of
from producer.source.source import Span

# Of one rule: a feed of thousands of episodes has a fault in all of them, or in few.
MAX_OF_A_RULE = 50
# A longer line is not shown: feeds in one line of megabytes would be repeated for each problem.
MAX_LINE_CHARS = 5000


def check_feed(
    path: str,
    data: bytes,
    *,
    now: datetime.datetime | None = None,
    feed_url: str = "",
    artwork: ImageFacts | None = None,
) -> tuple[Problem, ...]:
    """The problems of a feed, in the order of the file; nothing is fetched.

    `path` is how messages name it. `now` is an aware moment that dates are held against, by
    default the present one. `feed_url` is the address that the feed was loaded from, if any;
    `artwork` is what is known of the show's picture, if somebody has looked at it.
    """
    moment = now if now is not None else datetime.datetime.now(datetime.UTC)
    document = parse(path, data)
    return problems_of(document, read_feed(document, moment, feed_url, artwork))


def read_feed(
    document: Document,
    now: datetime.datetime,
    feed_url: str = "",
    artwork: ImageFacts | None = None,
) -> Feed | None:
    """The feed in a document; None where there is none."""
    root = document.root
    channel = root.first("channel") if root is not None and root.name == "rss" else None
    if root is None or channel is None:
        return None
    return Feed(root, channel, now, feed_url, artwork)


def problems_of(document: Document, feed: Feed | None) -> tuple[Problem, ...]:
    """What parsing found, and what the rules find."""
    found = [_at(document, fault.code, document.fault_span(fault), fault.message, fault.hint)
             for fault in document.faults]  # fmt: skip
    if feed is None and document.root is not None:
        found.append(_no_feed(document))
    if feed is not None:
        for rule in RULES:
            if rule.check is not None:
                found += _problems(document, rule, iter(rule.check(feed)))
    return tuple(sorted(found, key=lambda problem: (problem.line, problem.column)))


def problem_at(document: Document, code: str, finding: Finding) -> Problem:
    """A finding as a problem, with the rule's name in the message and its source in the hint."""
    span = document.span(finding.element, finding.where)
    return _at(document, code, span, finding.message, finding.hint)


def _problems(document: Document, rule: Rule, findings: Iterator[Finding]) -> Iterator[Problem]:
    for finding in islice(findings, MAX_OF_A_RULE):
        yield problem_at(document, rule.code, finding)
    more = next(findings, None)
    if more is not None:
        count = 1 + sum(1 for _ in findings)
        message = f"{count:,} more like the {MAX_OF_A_RULE} above, from here on"
        yield problem_at(document, rule.code, more._replace(message=message))


def _no_feed(document: Document) -> Problem:
    root = document.root
    assert root is not None
    span = document.span(root)
    if root.name == "rss":
        message = "there is no <channel> in <rss>"
        return _at(document, "R210", span, message, "put the show and its items into one")
    message = f"the outermost element is <{root.name[:80]}>, not <rss>"
    hint = "podcast apps read RSS 2.0"
    hint = "podcast apps read RSS 2.0, not Atom" if root.name == "atom:feed" else hint
    return _at(document, "R208", span, message, hint)


def _at(document: Document, code: str, span: Span, message: str, hint: str) -> Problem:
    rule = BY_CODE[code]
    source = document.source
    line, column = source.position(span.start)
    start = source.line_starts[line - 1]
    text = ""
    if column <= MAX_LINE_CHARS:
        end = source.line_starts[line] if line < len(source.line_starts) else len(source.text)
        text = source.text[start : min(end, start + MAX_LINE_CHARS)].rstrip("\r\n")
    return Problem(
        code=code,
        severity=severity_of(code),
        message=f"{message} ({rule.name})",
        path=source.path,
        line=line,
        column=column,
        length=max(1, min(span.end, start + len(text)) - span.start),
        text=text,
        hint=f"{hint} ({rule.source})",
    )


__all__ = ["Fault", "check_feed", "problem_at", "problems_of", "read_feed"]
