package secateur.grade;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** Messages between a parent and its child: their length, then JSON. */
final class Wire {

  private static final Gson GSON = new GsonBuilder().serializeNulls().disableHtmlEscaping().create();
  private static final int LONGEST = 1 << 26;

  private final DataInputStream in;
  private final DataOutputStream out;

  Wire(SocketChannel channel) {
    in = new DataInputStream(Channels.newInputStream(channel));
    out = new DataOutputStream(Channels.newOutputStream(channel));
  }

  void send(JsonObject message) throws IOException {
    byte[] bytes = GSON.toJson(message).getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
    out.flush();
  }

  /** @throws IOException if the other end has gone, or sends what is no message */
  JsonObject receive() throws IOException {
    int length = in.readInt();
    if (length < 0 || length > LONGEST) {
      throw new IOException("a message of " + length + " bytes; at most " + LONGEST + " are allowed");
    }
    try {
      return GSON.fromJson(new String(in.readNBytes(length), StandardCharsets.UTF_8), JsonObject.class);
    } catch (JsonParseException e) {
      throw new IOException("a message that is not JSON", e);
    }
  }
}
