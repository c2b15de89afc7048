"""Regenerates a city's investigation report on science and technology from tables."""
