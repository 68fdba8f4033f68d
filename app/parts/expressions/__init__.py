"""The small language of formulas: its tokens, its tree, and how text becomes one. `app.parts.formula` is its door."""
