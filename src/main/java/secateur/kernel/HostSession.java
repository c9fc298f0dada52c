package secateur.kernel;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What magics may ask of a kernel of others, which can only evaluate. */
final class HostSession implements Magic.Session {

  private final Host host;

  HostSession(Host host) {
    this.host = host;
  }

  @Override
  public boolean has(String variable) {
    return value(variable).isPresent();
  }

  @Override
  public List<String> members(String receiver) {
    return value(receiver).stream().flatMap(value -> Arrays.stream(value.getClass().getMethods())).map(Method::getName)
        .distinct().sorted().map(name -> name + "(").toList();
  }

  /** Empty also where there is no such variable: what the compiler says of it is the answer. */
  @Override
  public Optional<Object> value(String variable) {
    try {
      return Optional.ofNullable(host.evaluate(variable));
    } catch (Exception e) {
      return Optional.empty();
    }
  }
}
