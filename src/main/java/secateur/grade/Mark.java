package secateur.grade;

/**
 * What one test cell brought.
 *
 * @param test its grade_id
 * @param task the task that it belongs to
 * @param points what it brought
 * @param most what it may bring
 * @param hint why it brought no more, one sentence; empty where it did not
 */
public record Mark(String test, String task, double points, double most, String hint) {}
