package secateur.spec;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The names that a family's checkpoints give their tensors, without the base prefix. */
public final class Names {

  private final JsonObject names;
  private final JsonObject biased;
  private final String prefix;

  Names(JsonObject family) {
    this.names = family.getAsJsonObject("names");
    this.biased = family.getAsJsonObject("biased");
    this.prefix = family.get("prefix").getAsString();
  }

  /** What many checkpoints put before every name but the head's, for example {@code "model."}. */
  public String prefix() {
    return prefix;
  }

  /** A module outside the blocks, such as {@code "embed"} or {@code "finalNorm"}, where the family has it. */
  public Optional<String> module(String part) {
    JsonElement name = names.get(part);
    return name == null || name.isJsonNull() ? Optional.empty() : Optional.of(name.getAsString());
  }

  /** A module of block {@code index}, such as {@code "norm1"} or {@code "qNorm"}, where the family has it. */
  public Optional<String> module(int index, String part) {
    return module(part).map(name -> names.get("block").getAsString().formatted(index) + name);
  }

  /** The module of the layer {@code role} in block {@code index}. */
  public String layer(int index, Role role) {
    return module(index, role.label()).orElseThrow();
  }

  /** The roles that a block of this family has, in the order of the forward pass. */
  public Set<Role> roles() {
    List<Role> roles = new ArrayList<>();
    for (Role role : Role.values()) {
      if (module(role.label()).isPresent()) {
        roles.add(role);
      }
    }
    return EnumSet.copyOf(roles);
  }

  /** Whether the layer {@code role} has a bias. */
  public boolean biased(Role role) {
    JsonElement flag = biased.get(role.label());
    return flag != null && flag.getAsBoolean();
  }
}
