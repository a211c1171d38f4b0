"""Measurements and the tools of whoever keeps the house: nothing here is needed to serve a page."""
