"use strict";
// The page of one State: for someone who prepares a meeting and has a minute.
UPR.state = (() => {
  const { html, Count, Waiting, useData } = UPR.elements;
  const { t, number, percent } = UPR.words;
  const { Bar } = UPR.marks;
  const F = UPR.stateFigures;

  function Cycles({ file, cycle, choose }) {
    const cycles = ["all", ...Object.keys(file.counts).filter((name) => name !== "all")];
    if (cycles.length < 3) return null;
    return html`<div class="switch" role="group" aria-label=${t("state.which_cycle")}>${cycles.map((name) => html`
      <button type="button" aria-pressed=${cycle === name} onClick=${() => choose(name)}>
        ${name === "all" ? t("state.all_cycles") : t("state.cycle", { cycle: name })}
        ${name === "all" ? null : html`<span class="unit">${file.counts[name].years.join(", ")}</span>`}</button>`)}</div>`;
  }

  // Supported shares of specific and general action side by side: the first thing that explains a rate of support.
  function Rates({ actions }) {
    const rate = (label) => {
      const found = actions[label] || {};
      const total = Object.values(found).reduce((sum, n) => sum + n, 0);
      return total ? html`<span><b>${percent(found.supported || 0, total)}</b> <span class="unit">${t(`state.rate_${label}`, { n: total })}</span></span>` : null;
    };
    return html`<div class="fact"><span class="unit">${t("state.rates")}</span>${rate("5")}${rate("4")}</div>`;
  }

  function FrameworkFact({ file }) {
    const repeated = file.asks.ask_id.map((_, at) => at).filter((at) => file.asks.n_recommendations[at] > 1 && file.asks.carried[at]);
    const none = repeated.filter((at) => file.asks.carried[at][0] === "none");
    return html`<div class="fact"><span class="unit">${t("facet.item")} ${file.frameworks && file.frameworks.length ? file.frameworks[0].years || "" : ""}</span>${repeated.length
      ? html`<span><b>${number(none.length)}</b> ${t("state.not_carried", { n: repeated.length })}</span>`
      : html`<span class="unit">${t(file.frameworks ? "framework.none_of_state" : "framework.none_given")}</span>`}</div>`;
  }

  function Headline({ file, counts }) {
    return html`<div class="headline">
      <div class="fact"><${Count} n=${counts.recommendations} unit="recommendation" />
        <span class="unit">${number(counts.pairs)} ${t("unit.pair", { n: counts.pairs })}</span>
        <span class="unit">${counts.paragraphs ? `${number(counts.paragraphs)} ${t("unit.paragraph", { n: counts.paragraphs })}` : ""}${
          counts.unnumbered ? `${counts.paragraphs ? "; " : ""}${t("search.unnumbered", { n: counts.unnumbered })}` : ""}</span></div>
      <div class="fact"><${Count} n=${counts.asks} unit="ask" /><span class="unit">${t("home.of_them_repeated", { n: counts.repeated_asks })}</span></div>
      <div class="fact"><${Count} n=${counts.askers.length} unit="asker" /><span class="unit">${t("state.from_regions", { n: counts.regions.filter(([name]) => name).length })}</span></div>
      <${Rates} actions=${counts.actions} /><${FrameworkFact} file=${file} />
      <div class="fact wide"><h2 class="small">${t("state.positions")}</h2><${Bar} positions=${counts.positions} label=${t("state.positions")} /></div>
    </div>`;
  }

  function State({ core, name, query }) {
    const known = core.stateAt.has(name);
    const read = useData(known ? `states/${name}` : null);
    if (!known) return html`<h1 tabindex="-1">${t("state.unknown")}</h1><p>${t("state.unknown_note")}</p>`;
    const [, title, region] = core.lists.states[core.stateAt.get(name)];
    const file = read.value;
    const wanted = UPR.address.values(query, "cycle")[0];
    const cycle = file && file.counts[wanted] ? wanted : "all";
    const choose = (next) => location.replace(UPR.address.write("state", name, { cycle: next === "all" ? [] : [next] }));
    const sections = ["asks", "who", "strength", "themes", "sdgs", "framework", "bodies"];
    return html`<p class="trail"><a href="#/">${t("nav.home")}</a></p>
      <div class="title-line"><h1 tabindex="-1" lang="en">${title || t("page.unknown_state")}</h1>
        <p class="unit">${region ? html`<span lang="en">${region}</span>` : null}</p>
        <a class="button" href=${UPR.address.write("search", "", { state: [name] })}>${t("state.search")}</a></div>
      ${!file ? html`<${Waiting} of=${read} />` : html`
        <${Cycles} ...${{ file, cycle, choose }} />
        <${Headline} file=${file} counts=${file.counts[cycle]} />
        <nav class="jump" aria-label=${t("state.parts")}>${sections.map((id) => html`<a href=${`#${id}`} onClick=${(event) => jump(event, id)}>${t(`state.jump_${id}`)}</a>`)}</nav>
        <div class="two"><${UPR.stateAsks.Asks} file=${file} cycle=${cycle} />
          <div><${F.WhoAsks} counts=${file.counts[cycle]} state=${name} cycle=${cycle} /><${F.Strength} counts=${file.counts[cycle]} /></div></div>
        <${F.Heatmap} counts=${file.counts[cycle]} state=${name} cycle=${cycle} />
        <${F.Goals} counts=${file.counts[cycle]} state=${name} cycle=${cycle} />
        <${UPR.frameworks.Frameworks} file=${file} />
        <${F.Bodies} bodies=${file.bodies} state=${name} /><${F.Files} core=${core} state=${name} />`}`;
  }

  // The address after # names the page, so places in it are reached by scrolling.
  function jump(event, id) {
    event.preventDefault();
    const target = document.getElementById(id);
    if (!target) return;
    target.scrollIntoView({ behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
    target.querySelector("h2").setAttribute("tabindex", "-1");
    target.querySelector("h2").focus({ preventScroll: true });
  }

  return { State, jump };
})();
