package secateur.prune;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import secateur.method.GroupScores;
import secateur.method.Width;
import secateur.model.Block;
import secateur.model.Gated;
import secateur.model.Groups;
import secateur.model.Linear;
import secateur.model.Llm;
import secateur.spec.Part;
import secateur.spec.Role;
import secateur.tensor.Optimizer;
import secateur.tensor.Scope;
import secateur.tensor.Select;
import secateur.train.Adapter;
import secateur.train.Companion;
import secateur.train.Lora;
import secateur.train.Opening;

/** LoRA with the inputs of o and down gated, and the gates shut one after the other as training goes on. Good for one training. */
final class LoraPruning implements Adapter {

  private static final float DECAY = 0.9f;

  private final Lora lora;
  private final Width width;
  private final Cubic schedule;
  private Map<Part, List<int[]>> kept;

  LoraPruning(Lora lora, Width width, int steps) {
    this.lora = lora;
    this.width = width;
    this.schedule = new Cubic(width.share(), steps);
  }

  /** By part, the groups of each block whose gates were open when the training ended. */
  Map<Part, List<int[]>> kept() {
    return kept;
  }

  @Override
  public Linear open(String name, Linear layer, Opening opening) {
    Linear opened = lora.open(name, layer, opening);
    return gate(name) ? new Gated(opened, ones(layer.columns())) : opened;
  }

  @Override
  public Linear close(Linear base, Linear trained, UnaryOperator<NDArray> settle) {
    return lora.close(base, trained instanceof Gated gated ? gated.base() : trained, settle);
  }

  @Override
  public boolean others() {
    return lora.others();
  }

  @Override
  public long parameters(Llm model) {
    return lora.parameters(model);
  }

  @Override
  public Companion begin(Llm open) {
    return new Shutting(open);
  }

  private static boolean gate(String layer) {
    return layer.endsWith("." + Role.O.label()) || layer.endsWith("." + Role.DOWN.label());
  }

  private static NDArray ones(long count) {
    float[] ones = new float[Math.toIntExact(count)];
    Arrays.fill(ones, 1);
    return Select.numbers(ones);
  }

  @Override
  public String toString() {
    return lora + " shutting " + width;
  }

  /** The moving averages of the groups' importance, S_t = 0.9 S_t-1 + 0.1 I_t, and the gates that follow from them. */
  private final class Shutting implements Companion {

    private final Llm open;
    private final Map<Part, List<NDArray>> averages = new EnumMap<>(Part.class);

    Shutting(Llm open) {
      this.open = open;
      for (Part part : Part.values()) {
        averages.put(part, open.blocks().stream().map(block -> Scope.free(Select.numbers(new float[Groups.of(block, part).count()]))).toList());
      }
    }

    @Override
    public Map<String, NDArray> state() {
      Map<String, NDArray> state = new HashMap<>();
      averages.forEach((part, each) -> IntStream.range(0, each.size()).forEach(i -> state.put(part.label() + "/" + i, each.get(i))));
      open.layers().forEach((name, layer) -> {
        if (layer instanceof Gated gated) {
          state.put("gate/" + name, gated.gate());
        }
      });
      return state;
    }

    @Override
    public void gradients(int step, Llm model) {
      averages.forEach((part, each) -> model.blocks().forEach(block -> average(each.get(block.index()), Groups.of(block, part))));
      if (schedule.due(step)) {
        shut(scores().survivors(width.removing(schedule.at(step))));
      }
    }

    private void average(NDArray average, Groups groups) {
      try (Scope scope = new Scope()) {
        NDArray now = groups.sum(member -> LoraImportance.of(open, member));
        if (now != null) {
          average.muli(DECAY).addi(now.mul(1 - DECAY));
        }
      }
    }

    private GroupScores scores() {
      Map<Part, List<GroupScores.Row>> rows = new EnumMap<>(Part.class);
      averages.forEach((part, each) -> rows.put(part, open.blocks().stream()
          .map(block -> new GroupScores.Row(block.index(), Groups.of(block, part).weights(block), each.get(block.index()).toFloatArray())).toList()));
      return new GroupScores(rows);
    }

    private void shut(Map<Part, List<int[]>> survivors) {
      survivors.forEach((part, each) -> open.blocks().forEach(block -> {
        try (Scope scope = new Scope()) {
          NDArray gate = gate(block, part);
          Optimizer.overwrite(gate, Select.numbers(gates(Groups.of(block, part).count(), each.get(block.index()), gate.size())));
        }
      }));
    }

    private NDArray gate(Block block, Part part) {
      return ((Gated) block.layer(part == Part.HEADS ? Role.O : Role.DOWN)).gate();
    }

    /** 1 for each of {@code size} inputs, side by side in {@code count} groups, whose group is in {@code left}. */
    private static float[] gates(int count, int[] left, long size) {
      float[] gates = new float[(int) size];
      int wide = gates.length / count;
      for (int group : left) {
        Arrays.fill(gates, group * wide, (group + 1) * wide, 1);
      }
      return gates;
    }

    @Override
    public void close() {
      kept = new EnumMap<>(Part.class);
      for (Part part : Part.values()) {
        List<int[]> each = new ArrayList<>();
        open.blocks().forEach(block -> each.add(open(gate(block, part), Groups.of(block, part).count())));
        kept.put(part, each);
        averages.get(part).forEach(NDArray::close);
      }
    }

    private static int[] open(NDArray gate, int count) {
      float[] gates = gate.toFloatArray();
      return IntStream.range(0, count).filter(group -> gates[group * (gates.length / count)] == 1).toArray();
    }
  }
}
