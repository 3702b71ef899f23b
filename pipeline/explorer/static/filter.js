"use strict";
// Which recommendations a search keeps, and how many each value of each facet would keep: one pass over columns of codes.
UPR.filter = (() => {
  const FACETS = [
    { key: "state", column: "state" },
    { key: "cycle", column: "cycle" },
    { key: "mechanism", column: "mechanism" },
    { key: "position", column: "position" },
    { key: "theme", several: "themes" },
    { key: "group", several: "groups" },
    { key: "sdg", several: "sdgs" },
    { key: "action", column: "action" },
    { key: "from", several: "from" },
    { key: "region", several: "region" },
    { key: "decision", several: "status" },
    { key: "item", several: "item" },
    { key: "uhri", several: "uhri_themes" },
  ];

  // The values of a facet: `id` stands in the address, `label` on the page.
  function values(core, key) {
    const { t } = UPR.words;
    const lists = core.lists;
    const digits = (last, name) => Array.from({ length: last + 1 }, (_, n) => ({ id: String(n), label: t(name(n)) }));
    const named = (list, name) => list.map((id) => ({ id, label: t(`${name}.${id}`) }));
    const concepts = (list) => list.map(([id, label]) => ({ id: id.replace(/^[a-z-]+:/, ""), label, lang: "en" }));
    switch (key) {
      case "state": return lists.states.map(([id, name]) => ({ id, label: name || t("page.unknown_state"), lang: "en" }));
      case "cycle": return digits(9, (n) => (n ? `cycle.${n}` : "cycle.unknown"));
      case "mechanism": return named(lists.mechanisms, "mechanism");
      case "position": return named(lists.positions, "position");
      case "action": return digits(5, (n) => `action.${n}`);
      case "from": return lists.from.map(([code, name]) => ({ id: code || name, label: name, lang: "en" }));
      case "region": return lists.regions.map((id) => ({ id, label: id, lang: "en" }));
      case "decision": return named(lists.statuses, "origin");
      case "item": return lists.items.map(([id, , level, code, text]) => ({
        id, label: level === "none" ? t("framework.nothing") : [code, text].filter(Boolean).join(" "),
      }));
      case "theme": return concepts(lists.themes);
      case "uhri": return concepts(lists.uhri_themes);
      case "group": return concepts(lists.groups);
      default: return concepts(lists.sdgs);
    }
  }

  function makeFacets(core) {
    return FACETS.map((facet) => ({ ...facet, values: values(core, facet.key) }));
  }

  // Lower case without accents, words parted by single blanks: what a search compares.
  function fold(text) {
    return text.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  }

  // "torture "death penalty" -abolish" -> the words and phrases that must begin a word, and those that must not.
  function terms(query) {
    const found = { with: [], without: [] };
    for (const [, minus, phrase, word] of query.matchAll(/(-?)(?:"([^"]*)"?|(\S+))/gu)) {
      const folded = fold(phrase ?? word);
      if (folded) found[minus && query !== "-" ? "without" : "with"].push(` ${folded}`);
    }
    return found;
  }

  function haystack(core, row) {
    const { symbol, paragraph, state } = core.columns;
    const place = `${core.lists.symbols[symbol[row]] || ""} ${paragraph[row] || ""} ${core.lists.states[state[row]][1] || ""}`;
    return ` ${fold(core.texts[row])} | ${fold(place)} `;
  }

  // Returns 1 for each row whose text holds the words; rows whose texts are not read yet are left out.
  function matching(core, query) {
    const wanted = terms(query);
    if (!wanted.with.length && !wanted.without.length) return null;
    core.folded ||= new Array(core.n).fill(null);
    const kept = new Uint8Array(core.n);
    for (let row = 0; row < core.n; row++) {
      if (core.texts[row] == null) continue;
      const text = (core.folded[row] ??= haystack(core, row));
      kept[row] = wanted.with.every((word) => text.includes(word)) && !wanted.without.some((word) => text.includes(word));
    }
    return kept;
  }

  // Prepares texts for search ahead of the first one, a slice at a time.
  function foldAhead(core, from = 0) {
    core.folded ||= new Array(core.n).fill(null);
    const end = Math.min(core.n, from + 1500);
    for (let row = from; row < end; row++) if (core.texts[row] != null) core.folded[row] ??= haystack(core, row);
    if (end < core.n) setTimeout(() => foldAhead(core, end), 0);
  }

  function chosen(facet, ids) {
    const wanted = new Set(ids);
    const allowed = new Uint8Array(facet.values.length);
    facet.values.forEach((value, at) => (allowed[at] = wanted.has(value.id) ? 1 : 0));
    return allowed;
  }

  // Counts for each row the facets that refuse it; `which` is the last that does.
  function refusals(core, facets, query, fails, which) {
    facets.forEach((facet, number) => {
      const ids = UPR.address.values(query, facet.key);
      if (!ids.length) return;
      const allowed = chosen(facet, ids);
      const column = core.columns[facet.column];
      const { start, v } = facet.several ? core.several[facet.several] : {};
      for (let row = 0; row < core.n; row++) {
        let kept = 0;
        if (column) kept = allowed[column[row]];
        else for (let at = start[row]; at < start[row + 1] && !kept; at++) kept = allowed[v[at]];
        if (!kept) { fails[row]++; which[row] = number; }
      }
    });
  }

  // Returns the rows kept, the counts of each facet's values and the totals in each unit.
  function apply(core, facets, query) {
    const text = matching(core, UPR.address.values(query, "q").join(" "));
    const pledges = UPR.address.values(query, "pledges")[0] === "1";
    const fails = new Uint8Array(core.n);
    const which = new Uint8Array(core.n);
    refusals(core, facets, query, fails, which);
    const unit = UPR.address.values(query, "unit")[0] || "recommendation";
    const tally = UPR.tally.begin(core, facets, unit);
    const rows = [];
    for (let row = 0; row < core.n; row++) {
      if (fails[row] > 1 || (text && !text[row]) || (core.columns.pledge[row] && !pledges)) { fails[row] = 9; continue; }
      if (fails[row] === 0) rows.push(row);
    }
    tally.count(fails, which);
    return { rows, counts: tally.counts, totals: UPR.tally.totals(core, rows), unit };
  }

  return { makeFacets, apply, fold, terms, foldAhead, FACETS };
})();
