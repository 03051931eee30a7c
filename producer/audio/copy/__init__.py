"""Cutting clips out of a sound file without decoding and encoding it again."""
