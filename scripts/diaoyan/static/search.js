// Finds sections of the book that hold all the words asked for, and shows them with the words around them. The index is
// a script, for a page opened from disk may read no other file.
(() => {
  const HAN = "[\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff]";
  const BEFORE = 24;
  const LENGTH = 110;
  // A word in a title tells more than the same word in the text.
  const TITLE = 20;
  // One in a sentence tells more than one in a table, where words repeat.
  const SENTENCE = 3;
  const MOST_COUNTED = 3;
  // Between the characters of an abbreviation stand at most so many others: 科创院, 科技创新研究院.
  const LEFT_OUT = 3;

  // Of the same length as the text, so that places in the one are places in the other.
  const plain = (text) =>
    Array.from(text, (each) => {
      const code = each.charCodeAt(0);
      const narrow = code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xfee0) : each;
      const small = narrow.toLowerCase();
      return small.length === each.length ? small : each;
    }).join("");

  const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

  // Chinese is found anywhere, words in letters from where they begin; a plural finds the singular. What stands before
  // a word is the first group.
  const pattern = (term) => {
    if (!/^[a-z]/.test(term)) return new RegExp(`()${escaped(term)}`, "gu");
    const stem = term.length > 4 ? term.replace(/([^s])s$/, "$1").replace(/ie$/, "") : term;
    return new RegExp(`(^|[^\\p{Script=Latin}\\p{Number}])${escaped(stem)}[\\p{Script=Latin}]*`, "gu");
  };
  const termsOf = (query) => plain(query).split(/[\s、，。；：]+/).filter(Boolean);
  const abbreviation = (term) => {
    const isChinese = new RegExp(`^${HAN}{2,6}$`).test(term);
    return isChinese ? new RegExp(`()${Array.from(term).join(`${HAN}{0,${LEFT_OUT}}?`)}`, "gu") : pattern(term);
  };
  const pairsOf = (term) => {
    const runs = term.match(new RegExp(`${HAN}+`, "g")) || [];
    return runs.flatMap((run) => Array.from({ length: run.length - 1 }, (_, at) => run.slice(at, at + 2)));
  };
  const count = (text, expression) => (text.match(expression) || []).length;

  // Each section that holds every term, with how well it answers.
  const sectionsWith = (sections, expressions) =>
    sections
      .map((section, order) => {
        const title = plain(section.title);
        const text = plain(section.text);
        const tables = plain(section.tables);
        let weight = 0;
        for (const expression of expressions) {
          const inTitle = count(title, expression);
          const inText = count(text, expression);
          const inTables = count(tables, expression);
          if (!inTitle && !inText && !inTables) return null;
          weight += Math.min(inTitle, 1) * TITLE + Math.min(inText, MOST_COUNTED) * SENTENCE + Math.min(inTables, 1);
        }
        return { section, weight, order };
      })
      .filter(Boolean)
      .sort((one, other) => other.weight - one.weight || one.order - other.order)
      .map(({ section }) => section);

  const search = (sections, query) => {
    const terms = termsOf(query);
    if (!terms.length) return null;
    const whole = terms.map(pattern);
    const found = sectionsWith(sections, whole);
    if (found.length) return { found, expressions: whole, exact: true };
    // Nothing holds the words as they stand: they may be short for longer ones, else what holds all pairs of their
    // characters comes near.
    const short = terms.map(abbreviation);
    const meant = sectionsWith(sections, short);
    if (meant.length) return { found: meant, expressions: short, exact: false };
    const near = terms.flatMap((term) => (pairsOf(term).length ? pairsOf(term) : [term])).map(pattern);
    return { found: sectionsWith(sections, near), expressions: near, exact: false };
  };

  const placesIn = (text, expressions) =>
    expressions
      .flatMap((expression) => Array.from(plain(text).matchAll(expression)))
      .map((hit) => [hit.index + hit[1].length, hit.index + hit[0].length])
      .sort((one, other) => one[0] - other[0]);

  // Text with the words found in it marked; nothing in it is ever read as markup.
  const marked = (text, expressions) => {
    const pieces = document.createDocumentFragment();
    let end = 0;
    for (const [from, to] of placesIn(text, expressions)) {
      if (to <= end) continue;
      const start = Math.max(from, end);
      const mark = document.createElement("mark");
      mark.textContent = text.slice(start, to);
      pieces.append(text.slice(end, start), mark);
      end = to;
    }
    pieces.append(text.slice(end));
    return pieces;
  };

  const excerpt = (text, expressions) => {
    const [first] = placesIn(text, expressions);
    const isLatin = !new RegExp(HAN).test(text.slice(0, 200));
    const scale = isLatin ? 2 : 1;
    let start = first ? Math.max(0, first[0] - BEFORE * scale) : 0;
    if (start && isLatin) start = text.indexOf(" ", start) + 1;
    const end = Math.min(text.length, start + LENGTH * scale);
    return `${start ? "…" : ""}${text.slice(start, end).trim()}${end < text.length ? "…" : ""}`;
  };

  const result = (section, expressions) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = section.address;
    link.append(marked(section.title, expressions));
    const where = document.createElement("p");
    where.className = "search-where";
    where.textContent = section.path;
    const said = [section.text, section.tables].find((text) => placesIn(text, expressions).length);
    const words = document.createElement("p");
    words.append(marked(excerpt(said || section.text || section.tables, expressions), expressions));
    item.append(link, ...(section.path ? [where] : []), words);
    return item;
  };

  document.addEventListener("DOMContentLoaded", () => {
    const page = document.querySelector(".search-page");
    const field = page.querySelector("input[name=q]");
    const list = page.querySelector(".search-results");
    const status = page.querySelector(".search-count");

    const show = () => {
      const query = field.value.trim();
      const answer = search(window.diaoyanSections, query);
      list.replaceChildren();
      status.textContent = "";
      if (!answer) return;
      const { found, expressions, exact } = answer;
      const { nothing, nearly, foundOne, found: several } = page.dataset;
      const words = !found.length ? nothing : !exact ? nearly : found.length === 1 ? foundOne : several;
      // Both at once: a query may itself hold the name of a place to fill.
      status.textContent = words.replace(/\{count\}|\{query\}/g, (name) => (name === "{count}" ? found.length : query));
      list.append(...found.map((section) => result(section, expressions)));
    };

    field.value = new URLSearchParams(location.search).get("q") || "";
    field.addEventListener("input", show);
    page.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      history.replaceState(null, "", `?${new URLSearchParams({ q: field.value })}`);
      show();
      field.blur();
    });
    show();
    if (!field.value) field.focus();
  });
})();
