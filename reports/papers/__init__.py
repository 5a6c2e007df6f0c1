"""Rendering engine of official papers: plain frozen values in, file bytes out.

Knows no database model and no Django. ``model`` is what a paper says, ``content`` the words as
they are printed (layout after NĐ 30/2020/NĐ-CP), ``word``, ``pdf`` and ``excel`` make the files,
``charts`` draws. Word and PDF print the same ``content`` in the same order.
"""
