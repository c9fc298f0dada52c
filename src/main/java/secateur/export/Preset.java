package secateur.export;

import java.util.Arrays;
import secateur.gguf.GgmlType;
import secateur.model.GgufPart.Matrix;
import secateur.spec.Role;

/**
 * Which type each matrix of a GGUF file has, by llama.cpp's names for such mixtures. Base types have one for all, but the head is
 * {@link GgmlType#Q6_K}; those that end in _M give more bits to values and to the MLP's second matrix, in the first and last eighth of the blocks and
 * every third between.
 */
public enum Preset {
  F32(0, GgmlType.F32),
  F16(1, GgmlType.F16),
  Q4_0(2, GgmlType.Q4_0),
  Q4_1(3, GgmlType.Q4_1),
  Q8_0(7, GgmlType.Q8_0),
  Q5_0(8, GgmlType.Q5_0),
  Q5_1(9, GgmlType.Q5_1),
  Q2_K(10, GgmlType.Q2_K) {
    @Override
    GgmlType inBlock(Role role, Place place) {
      return switch (role) {
        case V -> place.model().heads().group() >= 4 ? GgmlType.Q4_K : GgmlType.Q3_K;
        case O, DOWN -> GgmlType.Q3_K;
        default -> GgmlType.Q2_K;
      };
    }
  },
  Q3_K_M(12, GgmlType.Q3_K) {
    @Override
    GgmlType inBlock(Role role, Place place) {
      return switch (role) {
        case V -> place.block() < 2 ? GgmlType.Q5_K : GgmlType.Q4_K;
        case DOWN -> place.block() < place.blocks() / 16 ? GgmlType.Q5_K : GgmlType.Q4_K;
        case O, QKV -> GgmlType.Q4_K;
        default -> GgmlType.Q3_K;
      };
    }
  },
  Q4_K_M(15, GgmlType.Q4_K) {
    @Override
    GgmlType inBlock(Role role, Place place) {
      return switch (role) {
        case V, DOWN -> place.more() ? GgmlType.Q6_K : GgmlType.Q4_K;
        case QKV -> GgmlType.Q5_K;
        default -> GgmlType.Q4_K;
      };
    }
  },
  Q5_K_M(17, GgmlType.Q5_K) {
    @Override
    GgmlType inBlock(Role role, Place place) {
      return switch (role) {
        case V, DOWN -> place.more() ? GgmlType.Q6_K : GgmlType.Q5_K;
        case QKV -> GgmlType.Q6_K;
        default -> GgmlType.Q5_K;
      };
    }
  },
  Q6_K(18, GgmlType.Q6_K),
  IQ4_NL(25, GgmlType.IQ4_NL) {
    @Override
    GgmlType inBlock(Role role, Place place) {
      boolean more = role == Role.DOWN && place.block() < place.blocks() / 8 || role == Role.V && place.model().heads().group() >= 4;
      return more ? GgmlType.Q5_K : GgmlType.IQ4_NL;
    }
  };

  private final int fileType;
  private final GgmlType base;

  Preset(int fileType, GgmlType base) {
    this.fileType = fileType;
    this.base = base;
  }

  /** The one whose layers are of {@code base}. */
  static Preset of(GgmlType base) {
    return Arrays.stream(values()).filter(preset -> preset.base == base).findFirst().orElseThrow();
  }

  /** The {@code general.file_type}. */
  int fileType() {
    return fileType;
  }

  /** The type of {@code matrix}; one whose rows are no whole blocks of it gets the next larger type whose blocks fit. */
  GgmlType of(Matrix matrix, Place place) {
    GgmlType wanted = matrix.role().map(role -> inBlock(role, place)).orElseGet(() -> outside(matrix, place));
    return fitting(wanted, matrix.layer().columns());
  }

  GgmlType inBlock(Role role, Place place) {
    return base;
  }

  private GgmlType outside(Matrix matrix, Place place) {
    boolean plain = base.block() == 1 || base == GgmlType.Q8_0;
    if (place.isPosition(matrix)) {
      return GgmlType.F32;
    }
    return plain || !place.isHead(matrix) ? base : GgmlType.Q6_K;
  }

  /** {@code wanted}, or the next larger type of whose blocks rows of {@code columns} are made. */
  static GgmlType fitting(GgmlType wanted, long columns) {
    if (columns % wanted.block() == 0) {
      return wanted;
    }
    GgmlType smaller = switch (wanted) {
      case Q2_K, Q3_K -> GgmlType.Q4_0;
      case Q4_K -> GgmlType.Q5_0;
      case Q5_K -> GgmlType.Q5_1;
      case Q6_K -> GgmlType.Q8_0;
      default -> GgmlType.F16;
    };
    return columns % smaller.block() == 0 ? smaller : GgmlType.F16;
  }
}
