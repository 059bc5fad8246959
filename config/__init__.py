"""What an operator may change: settings, words, presets, emoji, the demo's cast."""
