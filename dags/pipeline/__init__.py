"""Everything about the pipeline that is not a calendar: what a task is called with, what runs it, what its end means."""
