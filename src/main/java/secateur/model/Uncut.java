package secateur.model;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import secateur.spec.Part;
import secateur.spec.Role;
import secateur.tensor.Select;

/** What is left of one model in another that was cut from it, found by the numbers that the original had. */
public final class Uncut {

  private Uncut() {}

  /** What is left of {@code block} in {@code model}; empty where it was dropped. */
  public static Optional<Block> find(Block block, Llm model) {
    return model.blocks().stream().filter(left -> left.number() == block.number()).findFirst();
  }

  /**
   * The weight that does {@code role} in {@code left}, which is left of {@code block} and has as many channels: in the shape that
   * it has in {@code block}, with zeros where heads or neurons were cut.
   */
  public static NDArray weight(Block block, Block left, Role role) {
    NDArray weight = left.layer(role).weight();
    NDArray whole = block.layer(role).weight();
    return weight.getShape().equals(whole.getShape()) ? weight : Stream.of(Part.values())
        .flatMap(part -> Groups.of(block, part).members().stream().filter(member -> member.role() == role)
            .map(member -> spread(weight, whole, member, kept(block, left, part))))
        .findFirst().orElseThrow();
  }

  private static NDArray spread(NDArray weight, NDArray whole, Groups.Member member, int[] kept) {
    NDArray places = Groups.left(member, whole.getShape().get(member.outputs() ? 0 : 1), kept);
    return member.outputs() ? Select.spreadRows(weight, places, whole) : Select.spreadColumns(weight, places, whole);
  }

  /** The groups of {@code block} that are in {@code left}. */
  private static int[] kept(Block block, Block left, Part part) {
    int[] numbers = block.numbers(part);
    return Arrays.stream(left.numbers(part)).map(number -> Arrays.binarySearch(numbers, number)).toArray();
  }
}
