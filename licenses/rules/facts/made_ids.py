"""Ids of parties and items that have none: a stem and their position (docs/contract.md)."""

from __future__ import annotations

from collections.abc import Collection


def unused_stem(stem: str, given: Collection[str]) -> str:
    """A stem whose numbered ids repeat no given one: P, else Px, Pxx …"""
    while any(key.startswith(stem) and key[len(stem) :].isdigit() for key in given):
        stem += "x"
    return stem
