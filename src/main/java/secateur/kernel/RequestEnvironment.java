package secateur.kernel;

import com.google.gson.JsonObject;
import org.dflib.jjava.jupyter.channels.IOPubChannel;
import org.dflib.jjava.jupyter.channels.ShellChannel;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.channels.StdinChannel;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageContext;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.dflib.jjava.jupyter.messages.publish.PublishStream;

/** Where the replies to one request go. Text printed before a message is sent before it. */
final class RequestEnvironment extends ShellReplyEnvironment {

  private final CellOutput output;

  RequestEnvironment(ShellChannel shell, StdinChannel stdin, IOPubChannel iopub, MessageContext context,
      CellOutput output) {
    super(shell, stdin, iopub, context);
    this.output = output;
  }

  @Override
  public void publish(Message<?> message) {
    output.flush();
    super.publish(message);
  }

  @Override
  public String readFromStdIn(String prompt, boolean isPassword) {
    output.flush();
    return super.readFromStdIn(prompt, isPassword);
  }

  /** Sends printed text at once. */
  void stream(PublishStream.StreamType type, String text) {
    getIopub().sendMessage(new Message<>(getContext(), PublishStream.MESSAGE_TYPE, new PublishStream(type, text)));
  }

  /** Replies with content of our own: the library's reply types lack fields that the protocol wants. */
  @SuppressWarnings("unchecked")
  void reply(MessageType<?> type, JsonObject content) {
    reply(new Message<>(getContext(), (MessageType<JsonObject>) type, content));
  }
}
