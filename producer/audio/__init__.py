"""Sound: measuring, cutting, encoding and tagging. Everything works from wheels, without ffmpeg."""
