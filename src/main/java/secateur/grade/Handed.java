package secateur.grade;

import java.nio.file.Path;

/**
 * What a student handed in for a unit.
 *
 * @param student the folder's name
 * @param unit the unit's folder
 * @param file the notebook
 */
public record Handed(String student, String unit, Path file) {}
