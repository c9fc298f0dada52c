package secateur.cli;

import secateur.distill.Student;
import secateur.method.Method;
import secateur.model.Llm;
import secateur.prune.DropLayers;
import secateur.prune.PruneChannels;

/** What weights a student begins with. */
enum StudentStart {

  /** Random ones, depth and width smaller alike. */
  SCRATCH {
    @Override
    Method student(Llm teacher, double share) {
      return new Student(share);
    }
  },

  /** The teacher's, without the blocks that turn the residual stream least. */
  BLOCKS {
    @Override
    Method student(Llm teacher, double share) {
      return new DropLayers(Math.min(teacher.blocks().size() - 1, BenchPruningCommand.blocks(teacher, 1 - share)));
    }
  },

  /** The teacher's, without the channels of the residual stream whose activations are smallest. */
  CHANNELS {
    @Override
    Method student(Llm teacher, double share) {
      return new PruneChannels(1 - share);
    }
  };

  /** Makes a student of about {@code share} of the parameters of {@code teacher}. */
  abstract Method student(Llm teacher, double share);
}
