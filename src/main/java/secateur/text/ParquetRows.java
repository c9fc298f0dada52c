package secateur.text;

import blue.strategic.parquet.ParquetReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.DummyRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** One column of a Parquet file; of the others no byte is read, and of this one a row group is in memory at a time. */
final class ParquetRows {

  /** What parquet-floor decompresses: its GZIP and BROTLI need Hadoop. */
  private static final Set<CompressionCodecName> READ = EnumSet.of(CompressionCodecName.UNCOMPRESSED, CompressionCodecName.SNAPPY,
      CompressionCodecName.ZSTD, CompressionCodecName.LZ4_RAW);

  private ParquetRows() {}

  /** Gives the column {@code wanted} of each row that has it. */
  static void read(Path file, String wanted, Consumer<String> row) throws IOException {
    try (ParquetFileReader in = new ParquetFileReader(ParquetReader.makeInputFile(file.toFile()), ParquetReadOptions.builder().build())) {
      MessageType schema = in.getFileMetaData().getSchema();
      String name = Column.of(file.getFileName().toString(), columns(schema), wanted);
      ColumnDescriptor column = schema.getColumnDescription(new String[] {name});
      checkCompression(file, in);
      in.setRequestedSchema(List.of(column));
      MessageType only = new MessageType(schema.getName(), schema.getType(name));
      for (PageReadStore group = in.readNextRowGroup(); group != null; group = in.readNextRowGroup()) {
        values(store(in, group, only), group.getRowCount(), column, row);
      }
    } catch (RuntimeException e) {
      throw e instanceof IllegalArgumentException ? e : new IllegalArgumentException(file + " is not a Parquet file that can be read: " + e.getMessage(), e);
    }
  }

  private static void checkCompression(Path file, ParquetFileReader in) {
    Set<CompressionCodecName> used = in.getRowGroups().stream().flatMap(group -> group.getColumns().stream())
        .map(ColumnChunkMetaData::getCodec).collect(Collectors.toSet());
    if (!READ.containsAll(used)) {
      throw new IllegalArgumentException(file + " is compressed with " + used + "; allowed are " + READ);
    }
  }

  private static ColumnReadStoreImpl store(ParquetFileReader in, PageReadStore group, MessageType schema) {
    return new ColumnReadStoreImpl(group, new DummyRecordConverter(schema).getRootConverter(), schema, in.getFileMetaData().getCreatedBy());
  }

  private static void values(ColumnReadStoreImpl store, long rows, ColumnDescriptor column, Consumer<String> row) {
    ColumnReader reader = store.getColumnReader(column);
    for (long i = 0; i < rows; i++) {
      if (reader.getCurrentDefinitionLevel() == column.getMaxDefinitionLevel()) {
        row.accept(reader.getBinary().toStringUsingUTF8());
      }
      reader.consume();
    }
  }

  private static Map<String, Boolean> columns(MessageType schema) {
    Map<String, Boolean> columns = new LinkedHashMap<>();
    for (Type field : schema.getFields()) {
      boolean strings = field.isPrimitive() && !field.isRepetition(Type.Repetition.REPEATED)
          && field.getLogicalTypeAnnotation() instanceof LogicalTypeAnnotation.StringLogicalTypeAnnotation;
      columns.put(field.getName(), strings);
    }
    return columns;
  }
}
