"use strict";
// Search and filter: free text and facets; the address holds the whole search, the file all rows kept.
UPR.search = (() => {
  const { html, Doing, save, copy } = UPR.elements;
  const { t, number } = UPR.words;
  const { useState, useEffect, useMemo, useRef } = preactHooks;
  const UNITS = ["recommendation", "pair", "ask"];
  const SORTS = ["place", "asked", "latest", "earliest"];

  function sorted(core, rows, by) {
    const { ask, year } = core.columns;
    const size = (row) => (ask[row] < 0 ? 0 : core.asks.n[ask[row]]);
    const keys = { asked: (row) => -size(row), latest: (row) => -year[row], earliest: (row) => year[row] || 9999 };
    if (!keys[by]) return rows;
    const key = Float64Array.from(rows, (row) => keys[by](row) * core.n * 4 + row);
    return Array.from(key.sort(), (value) => ((value % (core.n * 4)) + core.n * 4) % (core.n * 4));
  }

  // One row an ask: the one that represents it where the search keeps it, else the first kept.
  function oneAnAsk(core, rows) {
    const first = new Map();
    for (const row of rows) {
      const ask = core.columns.ask[row];
      if (ask < 0) continue;
      if (!first.has(ask) || core.asks.representative[ask] === row) first.set(ask, row);
    }
    return [...first.values()];
  }

  function useTexts(core) {
    const [read, step] = useState(core.textsRead);
    useEffect(() => {
      if (core.textsRead < core.n) UPR.loadTexts(core, step).then(() => {
        UPR.tally.ready(core);
        UPR.filter.foldAhead(core);
      });
    }, [core]);
    return read;
  }

  function Box({ value, change }) {
    const [typed, type] = useState(value);
    const timer = useRef(0);
    useEffect(() => type(value), [value]);
    const input = (event) => {
      type(event.target.value);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => change(event.target.value), 180);
    };
    const submit = (event) => {
      event.preventDefault();
      clearTimeout(timer.current);
      change(typed);
    };
    return html`<form role="search" class="box" onSubmit=${submit}>
      <label for="q">${t("search.words")}</label>
      <input id="q" type="search" value=${typed} onInput=${input} aria-describedby="q-help" autocomplete="off" />
      <p id="q-help" class="note">${t("search.help")}</p></form>`;
  }

  function Totals({ totals, waiting }) {
    return html`<p class="totals" role="status">
      <b>${number(totals.recommendation)}</b> ${t("unit.recommendation", { n: totals.recommendation })}
      <span class="unit">${["paragraph", "pair", "ask"].map((unit) => ` · ${number(totals[unit])} ${t(`unit.${unit}`, { n: totals[unit] })}`)}${
        totals.unnumbered ? ` · ${t("search.unnumbered", { n: totals.unnumbered })}` : ""}</span>
      ${waiting ? html` <span class="waiting">${t("search.reading")}</span>` : null}</p>`;
  }

  function Choice({ name, options, value, change, label }) {
    return html`<label class="choice">${t(`search.${name}`)} <select value=${value} onChange=${(event) => change(event.target.value)}>
      ${options.map((option) => html`<option value=${option}>${label(option)}</option>`)}</select></label>`;
  }

  function Search({ core, facets, query }) {
    const read = useTexts(core);
    const words = UPR.address.values(query, "q").join(" ");
    const found = useMemo(() => {
      const begin = performance.now();
      const result = UPR.filter.apply(core, facets, query);
      UPR.lastFilter = performance.now() - begin;
      return result;
    }, [core, facets, JSON.stringify(query), words ? read : 0]);
    const sort = UPR.address.values(query, "sort")[0] || "place";
    const rows = useMemo(
      () => sorted(core, found.unit === "ask" ? oneAnAsk(core, found.rows) : found.rows, sort), [found, sort]);
    const go = (changes) => {
      location.replace(UPR.address.write("search", "", { ...decoded(query), ...changes }));
    };
    const toggle = (key, id) => {
      const ids = UPR.address.values(query, key);
      go({ [key]: ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id] });
    };
    const clear = () => location.replace(UPR.address.write("search", "", words ? { q: words } : {}));
    const exportRows = async () => {
      await UPR.loadTexts(core);
      save("recommendations.csv", [UPR.citation.csv(core, rows)], "text/csv;charset=utf-8");
    };
    const narrow = window.innerWidth < 900;
    const withPledges = UPR.address.values(query, "pledges")[0] === "1";
    return html`<h1 tabindex="-1">${t("search.title")}</h1>
      <${Box} value=${words} change=${(q) => go({ q })} />
      <${UPR.suggest.Suggestions} core=${core} words=${words} few=${rows.length < 12 && read === core.n} go=${go} />
      <div class="searching">
        <details class="side" open=${!narrow}><summary>${t("search.filters")}</summary>
          <${UPR.facets.Facets} ...${{ facets, found, query, toggle }} /></details>
        <div class="found">
          <${Totals} totals=${found.totals} waiting=${read < core.n} />
          <${UPR.facets.Chosen} ...${{ facets, query, toggle, clear }} />
          <div class="tools">
            <${Choice} name="unit" options=${UNITS} value=${found.unit} change=${(unit) => go({ unit })} label=${(one) => t(`search.unit_${one}`)} />
            <${Choice} name="sort" options=${SORTS} value=${sort} change=${(by) => go({ sort: by === "place" ? "" : by })} label=${(one) => t(`sort.${one}`)} />
            <label class="choice"><input type="checkbox" checked=${withPledges} onChange=${() => go({ pledges: withPledges ? "" : "1" })} /> ${t("search.pledges")}</label>
            <span class="grow"></span>
            <${Doing} label=${t("search.export")} done=${t("search.exported")} act=${exportRows} className="button" />
            <${Doing} label=${t("search.link")} done=${t("search.linked")} act=${() => copy(location.href)} />
          </div>
          ${rows.length ? html`<${UPR.table.Table} core=${core} rows=${rows} asAsks=${found.unit === "ask"} read=${read} />`
            : html`<p class="notice">${read < core.n && words ? t("page.reading") : t("search.nothing")}</p>`}
        </div>
      </div>`;
  }

  function decoded(query) {
    return Object.fromEntries(Object.keys(query).map((key) => [key, UPR.address.values(query, key)]));
  }

  return { Search };
})();
