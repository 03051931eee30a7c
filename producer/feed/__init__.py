"""The RSS feed: items from derived episodes, XML through feedgen and one extension of ours."""
