"""The yearly review of poor and near-poor households, as it comes in by file (kind "ra-soat").

``definition`` has the columns; ``openings`` knows what the year before leads one to expect;
``rules`` judge one row by itself; ``judging`` a row against the register and the file as a whole;
``rows`` fills the template in; ``sums`` are what the preview adds up; ``kind`` puts them together.
Nothing here writes figures: ``units.actions.reviews`` does.
"""
