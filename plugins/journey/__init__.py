"""Learning Journey: learning modules from one Markdown source, on the web, as quizzes and in print."""
