"""Drafts to share: posts about clips, a block for a newsletter, messages to guests."""

from producer.render.share.drafts import Draft, drafts_text, share_drafts

__all__ = ["Draft", "drafts_text", "share_drafts"]
