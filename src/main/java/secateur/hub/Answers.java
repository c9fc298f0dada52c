package secateur.hub;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** What the hub's status codes and headers mean. */
final class Answers {

  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int MISSING = 404;
  private static final int TOO_MANY = 429;
  private static final int SERVER = 500;

  private Answers() {}

  /** Throws where it is worth to ask again later: 429 and 5xx. */
  static void checkBusy(HttpResponse<?> answer) throws Patience.Busy {
    int status = answer.statusCode();
    if (status == TOO_MANY || status >= SERVER) {
      Optional<Duration> wait = answer.headers().firstValue("Retry-After").filter(text -> text.matches("\\d{1,6}"))
          .map(text -> Duration.ofSeconds(Long.parseLong(text)));
      throw new Patience.Busy(answer.uri().getHost() + " answers " + status
          + (status == TOO_MANY ? " (too many requests" + wait.map(time -> ", it asks to wait " + time.toSeconds() + " s").orElse("") + ")" : ""), wait);
    }
  }

  /** What {@code body} says, or an error where it is no JSON of that form, for example a page of a proxy. */
  static <T> T json(String body, Class<T> type) throws IOException {
    try {
      T value = new Gson().fromJson(body, type);
      if (value != null) {
        return value;
      }
    } catch (JsonParseException e) {
      throw new IOException("its answer is not the JSON that was expected", e);
    }
    throw new IOException("its answer is empty");
  }

  /** Whether the hub has no such repository, or none that it lets this user know of. */
  static boolean noRepository(HttpResponse<?> answer, boolean token) {
    String code = code(answer);
    boolean unknown = answer.statusCode() == MISSING || answer.statusCode() == UNAUTHORIZED && !token;
    return code.equals("RepoNotFound") || unknown && code.isEmpty();
  }

  /** Throws one sentence for any answer but success and redirects. */
  static void check(HttpResponse<?> answer, Repository repository, String what, Settings settings) {
    int status = answer.statusCode();
    if (status < 400) {
      return;
    }
    String host = settings.endpoint().getRawAuthority();
    throw new IllegalArgumentException(switch (code(answer)) {
      case "GatedRepo" -> "the " + repository + " is gated: accept its terms at " + settings.endpoint() + repository.page() + ", then set HF_TOKEN to a token of "
          + (settings.token().isPresent() ? "the account that accepted them" : "yours (" + settings.endpoint() + "/settings/tokens)");
      case "RevisionNotFound" -> host + " has no revision '" + repository.revision() + "' of " + repository.name();
      case "EntryNotFound" -> "the " + repository + " has no " + what + " on " + host;
      default -> refusal(answer, repository, what, settings);
    });
  }

  private static String refusal(HttpResponse<?> answer, Repository repository, String what, Settings settings) {
    String host = settings.endpoint().getRawAuthority();
    String said = answer.headers().firstValue("X-Error-Message").map(text -> ": " + text).orElse("");
    return switch (answer.statusCode()) {
      case UNAUTHORIZED -> settings.token().isPresent()
          ? host + " does not accept your token (HF_TOKEN, or HF_HOME/token)" + said + "; set a valid one of " + settings.endpoint() + "/settings/tokens"
          : host + " wants a token for the " + repository + ": set HF_TOKEN (" + settings.endpoint() + "/settings/tokens)";
      case FORBIDDEN -> host + " refuses the " + repository + said + "; look at " + settings.endpoint() + repository.page()
          + " with the account of your HF_TOKEN";
      case MISSING -> "the " + repository + " has no " + what + " on " + host;
      default -> host + " answers " + answer.statusCode() + " to " + what + " of the " + repository + said;
    };
  }

  private static String code(HttpResponse<?> answer) {
    return answer.headers().firstValue("X-Error-Code").orElse("");
  }
}
