"""Imports a CSV of announcements through the API, as a source."""
