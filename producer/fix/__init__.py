"""Mending what has one right answer, a module for each kind. Where there are two, it stays."""
