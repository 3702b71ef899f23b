"use strict";
// Where a search finds little: words of these texts that are spelt almost as those searched for.
UPR.suggest = (() => {
  const { html } = UPR.elements;
  const { t } = UPR.words;
  const { useMemo } = preactHooks;

  // An index of the distinct words of all texts, made at its first use.
  function wordIndex(core) {
    if (core.wordIndex) return core.wordIndex;
    const counts = new Map();
    for (const text of core.folded || []) {
      for (const word of new Set((text || "").split(" "))) {
        if (word.length > 3) counts.set(word, (counts.get(word) || 0) + 1);
      }
    }
    const index = new MiniSearch({ fields: ["word"], storeFields: ["word", "n"] });
    index.addAll([...counts].map(([word, n], id) => ({ id, word, n })));
    return (core.wordIndex = index);
  }

  function near(core, words) {
    const wanted = UPR.filter.fold(words.replace(/["-]/g, " ")).split(" ").filter((word) => word.length > 3);
    const found = new Map();
    for (const word of wanted) {
      for (const hit of wordIndex(core).search(word, { fuzzy: 0.25, prefix: false }).slice(0, 12)) {
        if (hit.word !== word && !hit.word.startsWith(word)) found.set(hit.word, words.replace(word, hit.word));
      }
    }
    return [...found].slice(0, 6);
  }

  function Suggestions({ core, words, few, go }) {
    const found = useMemo(() => (words && few ? near(core, words.toLowerCase()) : []), [core, words, few]);
    if (!found.length) return null;
    return html`<p class="suggestions">${t("search.near")} ${found.map(([word, query]) => html`
      <button type="button" class="chip" onClick=${() => go({ q: query })}><bdi>${word}</bdi></button>`)}</p>`;
  }

  return { Suggestions };
})();
