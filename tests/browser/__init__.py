"""The journeys: what a person does in a real Chromium, while one Playwright runs for all of them."""
