"""`python -m bot` is `tft`."""

from bot.cli import app

if __name__ == "__main__":
    app(prog_name="tft")
