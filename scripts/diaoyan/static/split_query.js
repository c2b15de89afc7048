// Cuts a query as diaoyan/search.py cuts the pages; Sphinx calls a function of this name if it exists.
var splitQuery = (query) => {
  const han = "[\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}]";
  const isHan = new RegExp(`^${han}`, "u");
  const runs = query.match(new RegExp(`${han}+|(?:(?!${han})[\\p{Letter}\\p{Number}&])+`, "gu")) || [];
  const terms = runs.flatMap((run) => {
    const characters = Array.from(run);
    if (!isHan.test(run) || characters.length === 1) return [run];
    return characters.slice(1).map((character, index) => characters[index] + character);
  });
  // A lone character (the 家 of 303家) is not in the index: it must not make the others miss.
  const longer = terms.filter((term) => Array.from(term).length > 1);
  return longer.length ? longer : terms;
};
