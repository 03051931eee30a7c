"""Documents to review a transcript in, and the edits that come back."""
