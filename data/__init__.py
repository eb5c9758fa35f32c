"""KNOWING: the values, the questionnaires, and the one place that speaks SQL.

This is the ground floor: it imports neither `scoring` nor `survey`.
"""
