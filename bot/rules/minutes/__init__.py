"""Minutes are a pure function of a meeting's raw lines.

Fed twice, in other chunks or in another order of arrival, the same lines make the same minutes. Corrections are raw lines
themselves, so nothing but the lines, the people known and the meeting's setting is needed to make the minutes again.
"""
