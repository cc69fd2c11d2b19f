"""What the map engine costs and how fast it answers, beside Bestaro's scheme and PostGIS in the same run."""
