"use strict";
// First page: one line a State, to be found by name and sorted by any number.
UPR.home = (() => {
  const { html, Count } = UPR.elements;
  const { t, number, percent } = UPR.words;
  const { Bar } = UPR.marks;
  const { useState } = preactHooks;
  const COLUMNS = {
    name: (line) => line.name,
    recommendations: (line) => line.recommendations,
    latest: (line) => line.latest_year || 0,
    supported: (line) => (line.answered ? (line.positions.supported || 0) / line.answered : -1),
    asks: (line) => line.asks,
    repeated: (line) => line.repeated,
    others: (line) => line.treaty_body + line.special_procedure,
  };

  function lines(core) {
    return core.summaries.map((line) => {
      const [code, name, region] = core.lists.states[core.stateAt.get(line.state)];
      const answered = Object.values(line.positions).reduce((sum, n) => sum + n, 0);
      return { ...line, code, name: name || "", region, answered };
    });
  }

  function Head({ name, sort, set }) {
    const active = sort.by === name;
    return html`<th scope="col" class=${name === "name" ? "" : "number"}
        aria-sort=${active ? (sort.down ? "descending" : "ascending") : "none"}>
      <button type="button" onClick=${() => set({ by: name, down: active ? !sort.down : name !== "name" })}>
        ${t(`home.${name}`)}<span aria-hidden="true">${active ? (sort.down ? " ↓" : " ↑") : ""}</span></button></th>`;
  }

  function Line({ line }) {
    return html`<tr>
      <th scope="row"><a href=${UPR.address.write("state", line.state)} lang="en">${line.name || t("page.unknown_state")}</a>
        <span class="unit" lang="en"> ${line.region || ""}</span></th>
      <td class="number" data-label=${t("home.recommendations")}>${number(line.recommendations)}</td>
      <td class="number" data-label=${t("home.latest")}>${line.cycles.length ? html`${line.latest_year} <span class="unit">${t("home.cycle", { cycle: String(line.cycles.at(-1)) })}</span>` : "–"}</td>
      <td class="number" data-label=${t("home.supported")}>${line.answered
        ? percent(line.positions.supported || 0, line.answered) : "–"}</td>
      <td class="number" data-label=${t("home.asks")}>${number(line.asks)}</td>
      <td class="number" data-label=${t("home.repeated")}>${number(line.repeated)}</td>
      <td class="number" data-label=${t("home.others")}>${number(line.treaty_body + line.special_procedure)}</td></tr>`;
  }

  function total(all, key) {
    return all.reduce((sum, line) => sum + line[key], 0);
  }

  function Home({ core }) {
    const [sort, set] = useState({ by: "name", down: false });
    const [part, setPart] = useState("");
    const all = lines(core);
    const wanted = UPR.filter.fold(part);
    const key = COLUMNS[sort.by];
    const shown = all.filter((line) => UPR.filter.fold(`${line.name} ${line.code}`).includes(wanted))
      .sort((one, other) => (sort.by === "name" ? one.name.localeCompare(other.name) : key(one) - key(other)) * (sort.down ? -1 : 1));
    const positions = {};
    for (const line of all) {
      for (const [name, n] of Object.entries(line.positions)) positions[name] = (positions[name] || 0) + n;
    }
    const search = (event) => {
      event.preventDefault();
      location.hash = UPR.address.write("search", "", { q: event.target.q.value });
    };
    return html`<h1 tabindex="-1">${t("home.title")}</h1>
      <p class="lead">${t("home.lead")}</p>
      <div class="headline">
        <div class="fact"><${Count} n=${total(all, "recommendations")} unit="recommendation" /><span class="unit">${t("home.to_states", { n: all.filter((line) => line.recommendations).length })}</span></div>
        <div class="fact"><${Count} n=${total(all, "asks")} unit="ask" /><span class="unit">${t("home.of_them_repeated", { n: total(all, "repeated") })}</span></div>
        <div class="fact"><${Count} n=${total(all, "treaty_body") + total(all, "special_procedure")} unit="other_item" /><span class="unit">${t("home.other_bodies")}</span></div>
        <div class="fact wide"><h2 class="small">${t("home.latest_positions")}</h2><${Bar} positions=${positions} label=${t("home.latest_positions")} /></div>
      </div>
      <form role="search" class="box" onSubmit=${search}><label for="home-q">${t("search.words")}</label>
        <span class="joined"><input id="home-q" name="q" type="search" autocomplete="off" /><button class="button">${t("search.go")}</button></span></form>
      <section class="block" aria-labelledby="states-title"><h2 id="states-title">${t("home.states")}</h2>
        <p><label>${t("home.find")}${" "}<input type="search" value=${part} onInput=${(event) => setPart(event.target.value)} /></label></p>
        <table class="plain cards"><caption class="hidden">${t("home.states")}</caption>
          <thead><tr>${Object.keys(COLUMNS).map((name) => html`<${Head} ...${{ name, sort, set }} />`)}</tr></thead>
          <tbody>${shown.map((line) => html`<${Line} key=${line.state} line=${line} />`)}</tbody></table>
        <p class="note">${t("home.units")}</p></section>`;
  }

  return { Home };
})();
