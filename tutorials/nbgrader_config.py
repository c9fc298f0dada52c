# For schools with nbgrader: this folder is the course directory. Run nbgrader here, with the Secateur kernel installed
# (./secateur kernel install). Without nbgrader, ./secateur course release, grade and feedback do the same by the same rules.

c = get_config()  # noqa: F821

c.CourseDirectory.course_id = "secateur"

# Lectures are read, not graded.
c.CourseDirectory.notebook_id = "exercise"

# nbgrader's own stub for Java does not throw, so that a cell that was never touched would pass tests that ask for nothing.
c.ClearSolutions.code_stub = {
    "java": '// YOUR CODE HERE\nthrow new UnsupportedOperationException("this is still to be written");'
}
c.ClearSolutions.begin_solution_delimeter = "BEGIN SOLUTION"
c.ClearSolutions.end_solution_delimeter = "END SOLUTION"
c.ClearHiddenTests.begin_test_delimeter = "BEGIN HIDDEN TESTS"
c.ClearHiddenTests.end_test_delimeter = "END HIDDEN TESTS"

# Seconds for a cell.
c.ExecutePreprocessor.timeout = 120
