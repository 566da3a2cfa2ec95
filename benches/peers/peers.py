"""SQLite FTS5 and Xapian as peers for `cargo xtask bench --peers`, with the commands of tantivy.rs beside it.

peers.py sqlite|xapian index ARTICLES INDEX | bench INDEX QUERIES PASSES | search INDEX WORDS
Xapian is asked by its Python interface of Debian; `check` says whether an engine is there.
"""

import glob
import json
import os
import statistics
import sys
import time

BEST = 10


def articles(path):
    paths = [path] if os.path.isfile(path) else sorted(glob.glob(os.path.join(path, "*.jsonl")))
    for one in paths:
        with open(one, encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def text(article):
    return article.get("title", "") + "\n" + (article.get("body") or article.get("text") or "")


class Sqlite:
    """One table of words without the texts, one of days, one of names."""

    @staticmethod
    def check():
        import sqlite3

        sqlite3.connect(":memory:").execute("CREATE VIRTUAL TABLE words USING fts5(text)")

    @staticmethod
    def index(source, path):
        import sqlite3

        os.makedirs(path)
        base = sqlite3.connect(os.path.join(path, "base"))
        base.executescript(
            "PRAGMA journal_mode=off; PRAGMA synchronous=off; PRAGMA cache_size=-262144;"
            "CREATE TABLE article(number INTEGER PRIMARY KEY, id TEXT, day TEXT);"
            "CREATE TABLE name(kind TEXT, name TEXT, number INTEGER);"
            "CREATE VIRTUAL TABLE words USING fts5(text, content='', tokenize='unicode61');"
        )
        count = 0
        for count, article in enumerate(articles(source), 1):
            base.execute("INSERT INTO article VALUES(?, ?, ?)", (count, article["id"], article.get("date")))
            base.execute("INSERT INTO words(rowid, text) VALUES(?, ?)", (count, text(article)))
            names = [(kind, name, count) for kind in ("people", "places") for name in article.get(kind, ())]
            base.executemany("INSERT INTO name VALUES(?, ?, ?)", names)
        base.execute("CREATE INDEX names ON name(kind, name, number)")
        base.execute("CREATE INDEX days ON article(day)")
        base.execute("INSERT INTO words(words) VALUES('optimize')")
        base.commit()
        return count

    def __init__(self, path):
        import sqlite3

        self.base = sqlite3.connect(f"file:{path}/base?mode=ro", uri=True)
        self.base.execute("PRAGMA mmap_size=4000000000")

    def query(self, line):
        kind, rest, values = line["class"], "", []
        quoted = ['"%s"' % word for word in line.get("terms", ())]
        match = (" OR " if kind == "or" else " ").join(quoted)
        if kind == "fuzzy":
            return None
        if kind == "prefix":
            match = line["prefix"] + "*"
        elif kind == "phrase":
            match = '"%s"' % " ".join(line["terms"])
        elif kind == "date":
            rest = " AND rowid IN (SELECT number FROM article WHERE day BETWEEN ? AND ?)"
            values = [line["from"], line["to"]]
        elif kind == "field":
            rest = " AND rowid IN (SELECT number FROM name WHERE kind = ? AND name = ?)"
            values = [line["field"], line["value"]]
        return f"SELECT rowid FROM words WHERE words MATCH ?{rest} ORDER BY rank LIMIT {BEST}", [match, *values]

    def run(self, query):
        return len(self.base.execute(*query).fetchall())

    def search(self, words):
        match = " ".join('"%s"' % word for word in words.split())
        of = f"SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank LIMIT {BEST}"
        numbers = [number for (number,) in self.base.execute(of, [match])]
        return [self.base.execute("SELECT id FROM article WHERE number = ?", [one]).fetchone()[0] for one in numbers]


class Xapian:
    """Words with positions; days as a value, names as terms of their own."""

    @staticmethod
    def check():
        import xapian  # noqa: F401

    @staticmethod
    def index(source, path):
        import xapian

        os.environ["XAPIAN_FLUSH_THRESHOLD"] = "20000"
        base = xapian.WritableDatabase(path, xapian.DB_CREATE_OR_OVERWRITE)
        words, count = xapian.TermGenerator(), 0
        for count, article in enumerate(articles(source), 1):
            document = xapian.Document()
            words.set_document(document)
            words.set_termpos(0)
            words.index_text(text(article))
            document.set_data(article["id"])
            document.add_value(0, article.get("date", ""))
            for kind in ("people", "places"):
                for name in article.get(kind, ()):
                    document.add_boolean_term(f"X{kind}:{name}")
            base.add_document(document)
        base.commit()
        return count

    def __init__(self, path):
        import xapian

        self.xapian, self.base = xapian, xapian.Database(path)

    def query(self, line):
        query, kind = self.xapian.Query, line["class"]
        if kind == "fuzzy":
            return None
        if kind == "prefix":
            # The interface to Python cannot make this query but by the parser.
            parser = self.xapian.QueryParser()
            parser.set_database(self.base)
            return parser.parse_query(line["prefix"] + "*", parser.FLAG_WILDCARD)
        join = {"or": query.OP_OR, "phrase": query.OP_PHRASE}.get(kind, query.OP_AND)
        words = query(join, line["terms"])
        if kind == "date":
            return query(query.OP_FILTER, words, query(query.OP_VALUE_RANGE, 0, line["from"], line["to"]))
        if kind == "field":
            return query(query.OP_FILTER, words, query(f"X{line['field']}:{line['value']}"))
        return words

    def best(self, query):
        asked = self.xapian.Enquire(self.base)
        asked.set_query(query)
        return asked.get_mset(0, BEST)

    def run(self, query):
        return len(self.best(query))

    def search(self, words):
        query = self.xapian.Query(self.xapian.Query.OP_AND, words.split())
        return [match.document.get_data().decode() for match in self.best(query)]


def bench(engine, queries, passes):
    with open(queries, encoding="utf-8") as lines:
        lines = [json.loads(line) for line in lines]
    times, shown = [[] for _ in lines], [0] * len(lines)
    # None to warm up: a pass takes minutes, and the median over the rounds leaves the first out.
    for _ in range(passes):
        for number, line in enumerate(lines):
            begun = time.perf_counter()
            query = engine.query(line)
            if query is None:
                continue
            shown[number] = engine.run(query)
            times[number].append((time.perf_counter() - begun) * 1e6)
    for number, line in enumerate(lines):
        if times[number]:
            row = {"query": number, "class": line["class"], "us": statistics.median(times[number]), "shown": shown[number]}
            print(json.dumps(row))


def main():
    kind, command, *rest = sys.argv[1:]
    engine = {"sqlite": Sqlite, "xapian": Xapian}[kind]
    if command == "check":
        engine.check()
    elif command == "index":
        print(json.dumps({"articles": engine.index(*rest[:2])}))
    elif command == "bench":
        bench(engine(rest[0]), rest[1], int(rest[2]))
    elif command == "search":
        print("\n".join(engine(rest[0]).search(rest[1])))


main()
