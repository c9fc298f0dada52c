package secateur.kernel;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.dflib.jjava.jupyter.messages.publish.PublishError;
import org.dflib.jjava.jupyter.messages.publish.PublishExecuteInput;
import org.dflib.jjava.jupyter.messages.publish.PublishExecuteResult;
import org.dflib.jjava.jupyter.messages.request.ExecuteRequest;

/** Answers execute requests: silent ones, uncounted ones, user expressions, pages, and the queue after an error. */
final class CellRunner {

  /** Runs the code of a cell. */
  interface Body {
    /** What the cell shows as its value, or null. */
    DisplayData run(String code, int number);
  }

  private static final Gson GSON = new Gson();

  private final Body body;
  private final KernelIO io;
  private final History history;
  private final Queued queued = new Queued(InstantSource.system());
  private JsonArray pages = new JsonArray();
  private int next = 1;

  CellRunner(Body body, KernelIO io, History history) {
    this.body = answering(body);
    this.io = io;
    this.history = history;
  }

  /** As {@code body}; a failure of its own is one of the cell, for without an answer a client waits for ever. */
  static Body answering(Body body) {
    return (code, number) -> {
      try {
        return body.run(code, number);
      } catch (CellError e) {
        throw e;
      } catch (RuntimeException | Error e) {
        String sentence = "the kernel itself failed (" + e + "); if the project was built again since the kernel started, restart it";
        throw new CellError(e.getClass().getSimpleName(), sentence, List.of(e.getClass().getSimpleName() + ": " + sentence));
      }
    };
  }

  void run(RequestEnvironment environment, Message<ExecuteRequest> message) {
    ExecuteRequest request = message.getContent();
    environment.setStatusBusy();
    try {
      if (queued.aborts(message)) {
        environment.reply(MessageType.EXECUTE_REPLY, reply("aborted", next));
      } else {
        execute(environment, request);
      }
    } finally {
      environment.setStatusIdle();
    }
  }

  private void execute(RequestEnvironment environment, ExecuteRequest request) {
    boolean counted = request.shouldStoreHistory() && !request.isSilent();
    int number = counted ? next++ : next;
    pages = new JsonArray();
    io.attach(environment, request.isSilent(), request.isStdinEnabled());
    if (!request.isSilent()) {
      environment.publish(new PublishExecuteInput(request.getCode(), number));
    }
    JsonObject reply;
    try {
      DisplayData value = body.run(request.getCode(), number);
      publish(environment, request, number, value);
      remember(counted, number, request.getCode(), value);
      reply = done(request, number);
    } catch (CellError error) {
      remember(counted, number, request.getCode(), null);
      reply = failed(environment, request, number, error);
    }
    io.output().flush();
    environment.reply(MessageType.EXECUTE_REPLY, reply);
  }

  private static void publish(RequestEnvironment environment, ExecuteRequest request, int number, DisplayData value) {
    if (value != null && !request.isSilent()) {
      environment.publish(new PublishExecuteResult(number, value));
    }
  }

  private void remember(boolean counted, int number, String code, DisplayData value) {
    if (counted) {
      history.add(number, code, value == null ? null : String.valueOf(value.getData(MIMEType.TEXT_PLAIN)));
    }
  }

  private JsonObject done(ExecuteRequest request, int number) {
    JsonObject reply = reply("ok", number);
    reply.add("user_expressions", expressions(Optional.ofNullable(request.getUserExpr()).orElse(Map.of()), number));
    reply.add("payload", pages);
    return reply;
  }

  private JsonObject failed(RequestEnvironment environment, ExecuteRequest request, int number, CellError error) {
    if (!request.isSilent()) {
      environment.publish(new PublishError(error.name(), error.getMessage(), error.traceback()));
    }
    if (request.shouldStopOnError()) {
      queued.failed();
    }
    JsonObject reply = reply("error", number);
    describe(error).entrySet().forEach(entry -> reply.add(entry.getKey(), entry.getValue()));
    return reply;
  }

  private JsonObject expressions(Map<String, String> expressions, int number) {
    JsonObject values = new JsonObject();
    expressions.forEach((name, code) -> values.add(name, expression(code, number)));
    return values;
  }

  private JsonObject expression(String code, int number) {
    try {
      JsonObject value = (JsonObject) GSON.toJsonTree(DisplayData.emptyIfNull(body.run(code, number)));
      value.addProperty("status", "ok");
      return value;
    } catch (CellError error) {
      JsonObject value = describe(error);
      value.addProperty("status", "error");
      return value;
    }
  }

  private static JsonObject describe(CellError error) {
    JsonObject content = new JsonObject();
    content.addProperty("ename", error.name());
    content.addProperty("evalue", error.getMessage());
    content.add("traceback", GSON.toJsonTree(error.traceback()));
    return content;
  }

  private static JsonObject reply(String status, int number) {
    JsonObject content = new JsonObject();
    content.addProperty("status", status);
    content.addProperty("execution_count", number);
    return content;
  }

  /** Asks the front end to show this in its pager when the cell is done. */
  void page(DisplayData data) {
    JsonObject page = (JsonObject) GSON.toJsonTree(data);
    page.addProperty("source", "page");
    page.addProperty("start", 0);
    pages.add(page);
  }
}
