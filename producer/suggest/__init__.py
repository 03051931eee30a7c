"""Where headers could go in a transcript that lacks them, and words that set its parts apart."""
