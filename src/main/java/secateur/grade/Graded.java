package secateur.grade;

import secateur.course.NotebookFile;

/**
 * A submission with its marks.
 *
 * @param notebook the cells that were run, with their outputs
 * @param marks of all tests
 */
public record Graded(NotebookFile notebook, Marks marks) {}
