// What a session of Secateur begins with. The Jupyter kernel reads it, and so does
//   jshell --class-path … --startup secateur.jsh
import java.io.*;
import java.math.*;
import java.net.*;
import java.nio.file.*;
import java.util.*;
import java.util.concurrent.*;
import java.util.function.*;
import java.util.prefs.*;
import java.util.regex.*;
import java.util.stream.*;

import ai.djl.Device;
import ai.djl.ndarray.*;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.QuickChart;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import tech.tablesaw.api.Table;

import secateur.calibrate.*;
import secateur.course.Check;
import secateur.distill.*;
import secateur.export.*;
import secateur.gguf.GgmlType;
import secateur.kernel.Notebook;
import secateur.lab.*;
import secateur.measure.*;
import secateur.measure.Histogram;
import secateur.method.*;
import secateur.model.*;
import secateur.prune.*;
import secateur.quantize.*;
import secateur.spec.Part;
import secateur.spec.Role;
import secateur.text.*;
import secateur.train.*;

import static secateur.kernel.Notebook.display;

// Progress in the terminal; the kernel, which reads only the imports, shows it in the cell.
secateur.cli.Terminal.attach();
