"""Quizzes: items written once in Markdown become a form on the page, a sheet on paper, a file for a Moodle."""
