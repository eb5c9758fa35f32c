"""The light questionnaire: plain HTML, one request, no JavaScript.

It imports no Streamlit, so that an employee's page needs none.
"""
