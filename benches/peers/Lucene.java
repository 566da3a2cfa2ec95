import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.IndexOrDocValuesQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.MMapDirectory;

/**
 * Lucene as a peer for `cargo xtask bench --peers`, with the commands of tantivy.rs beside it: `index ARTICLES INDEX plain|article`, `bench INDEX QUERIES
 * PASSES`, `search INDEX WORDS`. One thread, no cache of queries; the virtual machine's compiler warms up before times count.
 */
public class Lucene {
  private static final int BEST = 10;
  /** Passes before those that count: the compiler needs more than a program that is compiled already. */
  private static final int WARM_UP = 20;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Analyzer ANALYZER = new StandardAnalyzer();

  public static void main(String[] words) throws Exception {
    switch (words.length > 0 ? words[0] : "") {
      case "index" -> index(Path.of(words[1]), Path.of(words[2]), words[3].equals("article"));
      case "bench" -> bench(Path.of(words[1]), Path.of(words[2]), Integer.parseInt(words[3]));
      case "search" -> search(Path.of(words[1]), words[2]);
      default -> throw new IllegalArgumentException("usage: index | bench | search");
    }
  }

  private static void index(Path articles, Path directory, boolean whole) throws Exception {
    var config = new IndexWriterConfig(ANALYZER).setRAMBufferSizeMB(256);
    config.setMergeScheduler(new SerialMergeScheduler());
    var stored = whole ? Field.Store.YES : Field.Store.NO;
    long count = 0;
    try (var writer = new IndexWriter(FSDirectory.open(directory), config)) {
      for (Path file : files(articles)) {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
          for (String line; (line = lines.readLine()) != null; count++) {
            JsonNode article = JSON.readTree(line);
            var document = new Document();
            document.add(new StringField("id", of(article, "id"), Field.Store.YES));
            String body = article.has("body") ? of(article, "body") : of(article, "text");
            document.add(new TextField("text", of(article, "title") + "\n" + body, stored));
            if (whole) {
              for (String key : List.of("source", "section", "byline"))
                document.add(new TextField(key, of(article, key), stored));
              for (String key : List.of("people", "places"))
                for (JsonNode name : article.path(key))
                  document.add(new StringField(key, name.asText(), Field.Store.NO));
              long day = LocalDate.parse(of(article, "date")).toEpochDay();
              document.add(new LongPoint("date", day));
              document.add(new NumericDocValuesField("date", day));
            }
            writer.addDocument(document);
          }
        }
      }
      writer.commit();
    }
    System.out.println("{\"articles\":" + count + "}");
  }

  private static List<Path> files(Path articles) throws IOException {
    if (Files.isRegularFile(articles)) return List.of(articles);
    try (Stream<Path> all = Files.list(articles)) {
      return all.filter(path -> path.toString().endsWith(".jsonl")).sorted().toList();
    }
  }

  private static String of(JsonNode article, String key) {
    return article.path(key).asText("");
  }

  private static List<Term> terms(String words) throws IOException {
    var terms = new ArrayList<Term>();
    try (TokenStream tokens = ANALYZER.tokenStream("text", words)) {
      var text = tokens.addAttribute(CharTermAttribute.class);
      tokens.reset();
      while (tokens.incrementToken()) terms.add(new Term("text", text.toString()));
    }
    return terms;
  }

  private static Query query(JsonNode line) throws IOException {
    String kind = of(line, "class");
    var joined = new StringBuilder();
    for (JsonNode word : line.path("terms")) joined.append(word.asText()).append(' ');
    List<Term> terms = terms(joined.toString());
    if (kind.equals("prefix")) return new PrefixQuery(new Term("text", of(line, "prefix")));
    if (kind.equals("fuzzy")) return new FuzzyQuery(new Term("text", of(line, "fuzzy")), 1);
    if (kind.equals("phrase")) {
      var phrase = new PhraseQuery.Builder();
      terms.forEach(phrase::add);
      return phrase.build();
    }
    if (kind.startsWith("term")) return new TermQuery(terms.get(0));
    var all = new BooleanQuery.Builder();
    for (Term term : terms) all.add(new TermQuery(term), kind.equals("or") ? Occur.SHOULD : Occur.MUST);
    if (kind.equals("date")) {
      long from = LocalDate.parse(of(line, "from")).toEpochDay(), to = LocalDate.parse(of(line, "to")).toEpochDay();
      Query points = LongPoint.newRangeQuery("date", from, to);
      Query column = NumericDocValuesField.newSlowRangeQuery("date", from, to);
      all.add(new IndexOrDocValuesQuery(points, column), Occur.FILTER);
    }
    if (kind.equals("field")) all.add(new TermQuery(new Term(of(line, "field"), of(line, "value"))), Occur.FILTER);
    return all.build();
  }

  private static void bench(Path directory, Path queries, int passes) throws Exception {
    var searcher = new IndexSearcher(DirectoryReader.open(MMapDirectory.open(directory)));
    searcher.setQueryCache(null);
    var lines = new ArrayList<JsonNode>();
    for (String line : Files.readAllLines(queries)) lines.add(JSON.readTree(line));
    double[][] times = new double[lines.size()][passes];
    int[] shown = new int[lines.size()];
    for (int pass = -WARM_UP; pass < passes; pass++) {
      for (int number = 0; number < lines.size(); number++) {
        long begun = System.nanoTime();
        shown[number] = searcher.search(query(lines.get(number)), BEST).scoreDocs.length;
        if (pass >= 0) times[number][pass] = (System.nanoTime() - begun) / 1e3;
      }
    }
    for (int number = 0; number < lines.size(); number++) {
      Arrays.sort(times[number]);
      System.out.printf(Locale.ROOT, "{\"query\":%d,\"class\":\"%s\",\"us\":%.3f,\"shown\":%d}%n", number, of(lines.get(number), "class"), times[number][passes / 2], shown[number]);
    }
  }

  private static void search(Path directory, String words) throws Exception {
    var searcher = new IndexSearcher(DirectoryReader.open(MMapDirectory.open(directory)));
    var all = new BooleanQuery.Builder();
    for (Term term : terms(words)) all.add(new TermQuery(term), Occur.MUST);
    for (ScoreDoc hit : searcher.search(all.build(), BEST).scoreDocs)
      System.out.println(searcher.storedFields().document(hit.doc).get("id"));
  }
}
