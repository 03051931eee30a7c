"""Files as text with positions: where every value of an episode came from."""
