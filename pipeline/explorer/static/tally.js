"use strict";
// Counts of a search in the unit chosen: recommendation, recommendation x recommending State, or ask.
UPR.tally = (() => {
  // Rows by ask, so that distinct asks are counted by comparing neighbours.
  function askOrder(core) {
    return (core.askOrder ||= Int32Array.from({ length: core.n }, (_, row) => row)
      .sort((one, other) => core.columns.ask[one] - core.columns.ask[other] || one - other));
  }

  function begin(core, facets, unit) {
    const counts = facets.map((facet) => new Int32Array(facet.values.length));
    return {
      counts,
      count(fails, which) {
        facets.forEach((facet, number) => countFacet(core, facet, number, unit, fails, which, counts[number]));
      },
    };
  }

  // A row counts for a facet if all other facets keep it: so the numbers say what a further choice would bring.
  function countFacet(core, facet, number, unit, fails, which, counts) {
    const kept = (row) => fails[row] === 0 || (fails[row] === 1 && which[row] === number);
    if (unit === "ask") return countAsks(core, facet, kept, counts);
    const column = core.columns[facet.column];
    const { start, v } = facet.several ? core.several[facet.several] : {};
    const askers = unit === "pair" ? core.several.from.start : null;
    for (let row = 0; row < core.n; row++) {
      if (!kept(row)) continue;
      const weight = askers ? askers[row + 1] - askers[row] : 1;
      if (!column) for (let at = start[row]; at < start[row + 1]; at++) counts[v[at]] += weight;
      else if (column[row] >= 0) counts[column[row]] += weight;
    }
  }

  // An ask counts once for a value, however many of its recommendations have it.
  function countAsks(core, facet, kept, counts) {
    const { ask } = core.columns;
    const column = core.columns[facet.column];
    const { start, v } = facet.several ? core.several[facet.several] : {};
    const last = new Int32Array(counts.length).fill(-1);
    const add = (code, row) => {
      if (last[code] === ask[row]) return;
      last[code] = ask[row];
      counts[code]++;
    };
    for (const row of askOrder(core)) {
      if (ask[row] < 0 || !kept(row)) continue;
      if (!column) for (let at = start[row]; at < start[row + 1]; at++) add(v[at], row);
      else if (column[row] >= 0) add(column[row], row);
    }
  }

  // The number of each row's paragraph: rows of one compound paragraph share it; -1 where no source names one.
  function paragraphs(core) {
    if (!core.paragraphOf) {
      const known = new Map();
      const { state, symbol, session, paragraph } = core.columns;
      core.paragraphOf = Int32Array.from({ length: core.n }, (_, row) => {
        if (paragraph[row] == null) return -1;
        const key = `${state[row]} ${symbol[row]} ${session[row]} ${paragraph[row]}`;
        if (!known.has(key)) known.set(key, known.size);
        return known.get(key);
      });
    }
    return core.paragraphOf;
  }

  function totals(core, rows) {
    const paragraphOf = paragraphs(core);
    const askers = core.several.from.start;
    const seenAsks = new Uint8Array(core.asks.id.length);
    const seenParagraphs = new Uint8Array(core.n);
    const found = { recommendation: rows.length, paragraph: 0, pair: 0, ask: 0, unnumbered: 0 };
    for (const row of rows) {
      const ask = core.columns.ask[row];
      if (ask >= 0 && !seenAsks[ask]) { seenAsks[ask] = 1; found.ask++; }
      if (paragraphOf[row] < 0) found.unnumbered++;
      else if (!seenParagraphs[paragraphOf[row]]) { seenParagraphs[paragraphOf[row]] = 1; found.paragraph++; }
      found.pair += askers[row + 1] - askers[row];
    }
    return found;
  }

  // Makes ahead of the first choice what every choice needs.
  function ready(core) {
    paragraphs(core);
    askOrder(core);
  }

  return { begin, totals, ready };
})();
