"""What a run obeys while it trains: commands, the clock, room on the disk, and the ways to end."""
