"""`python -m producer`."""

from producer.cli.main import run

if __name__ == "__main__":
    run()
