"""How a network learns. Imported by workers only, never by the web server."""
