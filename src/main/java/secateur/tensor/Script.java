package secateur.tensor;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One topic of operators, written in TorchScript's serialized dialect under the resources of this package and
 * called by name. Arguments and results are arrays; results belong to the first argument's manager.
 */
final class Script {

  private static final ParameterStore NO_PARAMETERS = null;

  /** The last line of a traceback: {@code RuntimeError: index 7 is out of bounds}. */
  private static final Pattern REASON = Pattern.compile("(?sm).*^(?:[\\w.]*Error|[\\w.]*Exception): (.+)");

  /** Always: the other mode makes tensors that autograd refuses later. Nothing is recorded outside a gradient collector. */
  private static final boolean TRAINING = true;

  private final Block block;
  private final Model model;
  private final Map<String, NDArray> methods = new ConcurrentHashMap<>();

  private Script(Model model) {
    this.model = model;
    this.block = model.getBlock();
    block.initialize(model.getNDManager(), DataType.FLOAT32, new Shape(1)); // DJL asks for it before a training forward
  }

  /** Loads {@code <topic>.py}, once a process for each holder. */
  static Script of(String topic) {
    try {
      Path folder = Files.createTempDirectory("secateur-" + topic);
      Path file = folder.resolve(topic + ".pt");
      Files.write(file, TorchArchive.of(source(topic)));
      Model model = Model.newInstance(topic, Devices.host());
      model.load(folder, topic);
      Files.delete(file);
      Files.delete(folder);
      return new Script(model);
    } catch (IOException | MalformedModelException e) {
      throw new UncheckedIOException(new IOException("operators '" + topic + "' do not load: " + e.getMessage(), e));
    }
  }

  /** The one result of {@code method}. */
  NDArray call(String method, NDArray... arguments) {
    return all(method, arguments).get(0);
  }

  /** All results of {@code method}, in order. */
  NDList all(String method, NDArray... arguments) {
    NDList inputs = new NDList(arguments.length + 1);
    for (NDArray argument : arguments) {
      inputs.add(argument);
    }
    inputs.add(methods.computeIfAbsent(method, this::tag));
    try {
      return block.forward(NO_PARAMETERS, inputs, TRAINING);
    } catch (EngineException e) {
      throw new EngineException(sentence(method, arguments, String.valueOf(e.getMessage())), e);
    }
  }

  /** What PyTorch says without its traceback, and for which arrays. */
  private String sentence(String method, NDArray[] arguments, String message) {
    Matcher reason = REASON.matcher(message);
    String shapes = Arrays.stream(arguments).map(argument -> argument.getShape() + " " + argument.getDataType()).collect(Collectors.joining(", "));
    return (reason.find() ? reason.group(1).strip() : message) + " (in " + model.getName() + "." + method + " of " + shapes + ")";
  }

  private NDArray tag(String method) {
    NDArray tag = Scope.outside(() -> model.getNDManager().create(0f));
    tag.setName("module_method:" + method);
    return tag;
  }

  private static String source(String topic) throws IOException {
    try (InputStream in = Script.class.getResourceAsStream(topic + ".py")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
