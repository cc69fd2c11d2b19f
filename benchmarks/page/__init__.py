"""The page on the phone of somebody in panic, measured in a real browser."""
