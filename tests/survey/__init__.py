"""Tests of survey/: what people see and do."""
