"""The complete list of a commune's poor, near-poor and newly escaped households (kind "ho").

Kept of a row are its code, its village, the name of the head and the status of each year. Sex,
year of birth, identity number, ethnicity, members, inability to work and deprivations are judged,
counted by village and year and let go of: they stand in no table and no file of the portal.

``definition`` has the columns, ``judging`` looks at one row, ``whole`` at the list, ``kind`` puts
them together; ``units.actions.household_lists`` writes, ``household_undo`` takes back.
"""
