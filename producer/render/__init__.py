"""Texts and pages for people, through Jinja2 templates."""
