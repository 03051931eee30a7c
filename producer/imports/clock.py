"""Times as they stand in files that people and programs write."""

from producer.times import parse_clock, read_or_none


def clock_ms(text: str) -> int | None:
    """`M:SS` or `H:MM:SS`, with a fraction or without, as milliseconds; None for anything else."""
    return read_or_none(parse_clock, text)


def span_ms(text: str) -> tuple[int, int] | None:
    """The times of `FROM --> TO`, with settings behind them or without; None for anything else."""
    start_text, arrow, rest = text.partition("-->")
    start_ms = clock_ms(start_text)
    end_ms = clock_ms(rest.split(maxsplit=1)[0]) if arrow and rest.strip() else None
    return None if start_ms is None or end_ms is None else (start_ms, end_ms)
