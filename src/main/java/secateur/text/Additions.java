package secateur.text;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * Tokens that the {@code post_processor} of a {@code tokenizer.json} puts round a text.
 *
 * @param before text of the token before it, null for none
 * @param after text of the token after it, null for none
 */
record Additions(String before, String after) {

  /** @throws IllegalArgumentException if it puts more than one token on a side, or does something else */
  static Additions of(JsonElement processor) {
    var templates = PreTokenizer.steps(processor, "processors").filter(step -> !type(step).equals("ByteLevel")).toList();
    if (templates.isEmpty()) {
      return new Additions(null, null);
    }
    JsonObject template = templates.get(0);
    if (templates.size() > 1 || !type(template).equals("TemplateProcessing")) {
      throw new IllegalArgumentException("the post-processor " + processor + " has no place in GGUF; a template of one token "
          + "before and one after the text has");
    }
    return of(template.getAsJsonArray("single"));
  }

  private static Additions of(JsonArray template) {
    List<String> before = new ArrayList<>();
    List<String> after = new ArrayList<>();
    List<String> side = before;
    for (JsonElement part : template) {
      if (part.getAsJsonObject().has("Sequence")) {
        side = after;
      } else {
        side.add(part.getAsJsonObject().getAsJsonObject("SpecialToken").get("id").getAsString());
      }
    }
    if (before.size() > 1 || after.size() > 1) {
      throw new IllegalArgumentException("a text is put between " + before + " and " + after + "; GGUF has one token on each side");
    }
    return new Additions(before.isEmpty() ? null : before.get(0), after.isEmpty() ? null : after.get(0));
  }

  private static String type(JsonObject step) {
    return step.get("type").getAsString();
  }

  /** As a {@code post_processor}; ids are those of {@code tokens}. */
  JsonElement json(List<String> tokens) {
    JsonObject json = PreTokenizer.typed("TemplateProcessing");
    json.add("single", template("A"));
    JsonArray pair = template("A");
    template("B").forEach(pair::add);
    json.add("pair", pair);
    JsonObject special = new JsonObject();
    for (String token : new String[] {before, after}) {
      if (token != null) {
        special.add(token, token(token, tokens.indexOf(token)));
      }
    }
    json.add("special_tokens", special);
    return json;
  }

  private JsonArray template(String text) {
    JsonArray parts = new JsonArray();
    if (before != null) {
      parts.add(part("SpecialToken", before));
    }
    parts.add(part("Sequence", text));
    if (after != null) {
      parts.add(part("SpecialToken", after));
    }
    return parts;
  }

  private static JsonObject part(String kind, String id) {
    JsonObject named = new JsonObject();
    named.addProperty("id", id);
    named.addProperty("type_id", 0);
    JsonObject part = new JsonObject();
    part.add(kind, named);
    return part;
  }

  private static JsonObject token(String text, int id) {
    JsonArray ids = new JsonArray();
    ids.add(id);
    JsonArray texts = new JsonArray();
    texts.add(text);
    JsonObject token = new JsonObject();
    token.addProperty("id", text);
    token.add("ids", ids);
    token.add("tokens", texts);
    return token;
  }
}
