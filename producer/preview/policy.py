"""What pages may load and run (Content Security Policy, level 3)."""

# The pages that were built: their own scripts run, and cannot reach this server's API.
OUTPUT_POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; media-src 'self'; font-src 'self'; connect-src 'none'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)


def page_policy(nonce: str) -> str:
    """The tool's own page: scripts from here alone, and no text ever becomes markup.

    wavesurfer puts its style sheet and an empty frame into a shadow tree; the policy `default` in
    `trusted.js` lets that through and nothing else.
    """
    return (
        f"default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; "
        "img-src 'self' data:; media-src 'self'; connect-src 'self'; form-action 'none'; "
        "base-uri 'none'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'; trusted-types default"
    )
