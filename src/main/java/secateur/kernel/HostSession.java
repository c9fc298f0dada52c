package secateur.kernel;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;

/** What magics may ask of a kernel of others, which can only evaluate. */
final class HostSession implements Magic.Session {

  private final Host host;

  HostSession(Host host) {
    this.host = host;
  }

  @Override
  public boolean has(String variable) {
    return value(variable) != null;
  }

  @Override
  public List<String> members(String receiver) {
    Object value = value(receiver);
    return value == null ? List.of() : Arrays.stream(value.getClass().getMethods()).map(Method::getName)
        .distinct().sorted().map(name -> name + "(").toList();
  }

  /** Null where there is no such variable: what the compiler says of it is the answer. */
  private Object value(String variable) {
    try {
      return host.evaluate(variable);
    } catch (Exception e) {
      return null;
    }
  }
}
