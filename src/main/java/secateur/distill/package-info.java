/**
 * Distillation: a small student learns from a large teacher. Each is a {@link secateur.method.Method} applied to the student, which
 * {@link secateur.distill.Student} makes and structured pruning may; the teacher belongs to whoever opened it.
 *
 * <table>
 * <caption>What a student learns</caption>
 * <tr><td>{@link secateur.distill.LogitKd}</td><td>what the teacher thinks of each next token of a text, by a {@link secateur.distill.Divergence};
 * from a model, or from {@link secateur.distill.StoredLogits}</td></tr>
 * <tr><td>{@link secateur.distill.HiddenKd}</td><td>what it computes on its way there, too</td></tr>
 * <tr><td>{@link secateur.distill.SequenceKd}</td><td>what it writes</td></tr>
 * <tr><td>{@link secateur.distill.Gkd}</td><td>what it thinks of the student's own text</td></tr>
 * <tr><td>{@link secateur.distill.MiniLlm}</td><td>the same by policy gradients, for what a token leads to</td></tr>
 * </table>
 *
 * A divergence of your own is a lambda:
 *
 * <pre>{@code
 * lab.step(new Student(0.5)).step(new LogitKd(teacher, 400).divergence((student, teacher, temperature) -> ...));
 * }</pre>
 */
package secateur.distill;
