"""Courses: a plan of weeks as a data file, with readings, meetings and tasks, and the rubric that peers mark with."""
