"""Formats by language (``FORMAT_MODULE_PATH``): Django's Vietnamese ones lack the input side."""
