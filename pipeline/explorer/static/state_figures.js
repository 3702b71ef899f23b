"use strict";
// Figures of a State's page. Each is a table or a list that a person can read without seeing its colours.
UPR.stateFigures = (() => {
  const { html, Section } = UPR.elements;
  const { t, number, percent } = UPR.words;
  const { useState } = preactHooks;

  function link(state, cycle, query) {
    return UPR.address.write("search", "", { state: [state], cycle: cycle === "all" ? [] : [cycle], mechanism: ["upr"], ...query });
  }

  function Line({ label, n, most, href, note, lang }) {
    return html`<li><a class="bar-line" href=${href}>
      <span class="name" lang=${lang}>${label}</span>
      <span class="track" aria-hidden="true"><span style=${{ width: `${(100 * n) / most}%` }}></span></span>
      <span class="n">${number(n)}</span>${note ? html`<span class="unit note-cell">${note}</span>` : null}</a></li>`;
  }

  function WhoAsks({ counts, state, cycle }) {
    const [all, showAll] = useState(false);
    const most = Math.max(1, ...counts.regions.map(([, n]) => n));
    const first = Math.max(1, ...counts.askers.map(([, , n]) => n));
    const shown = all ? counts.askers : counts.askers.slice(0, 8);
    if (!counts.askers.length) return html`<${Section} id="who" title=${t("state.who")}><p>${t("state.who_none")}</p><//>`;
    return html`<${Section} id="who" title=${t("state.who")} note=${t("state.who_note", { n: counts.askers.length })}>
      <h3>${t("state.regions")} <span class="unit">${t("unit.pair", { n: 2 })}</span></h3>
      <ul class="bars">${counts.regions.map(([region, n]) => html`<${Line} label=${region || t("state.region_unknown")} lang="en"
        n=${n} most=${most} href=${link(state, cycle, { region: [region] })} note=${percent(n, counts.pairs)} />`)}</ul>
      <h3>${t("state.askers")} <span class="unit">${t("state.askers_unit")}</span></h3>
      <ul class="bars">${shown.map(([code, name, n, yes]) => html`<${Line} label=${name} lang="en" n=${n} most=${first}
        href=${link(state, cycle, { from: [code || name] })} note=${percent(yes, n)} />`)}</ul>
      ${counts.askers.length > 8 ? html`<button type="button" class="link" aria-expanded=${all} onClick=${() => showAll(!all)}>
        ${all ? t("facet.fewer") : t("state.all_askers", { n: counts.askers.length })}</button>` : null}<//>`;
  }

  // How strongly the State was asked, and how it answered: general requests are supported more often than specific ones.
  function Strength({ counts }) {
    const rows = ["5", "4", "3", "2", "1"].filter((label) => counts.actions[label]);
    if (!rows.length) return null;
    const sum = (label) => Object.values(counts.actions[label]).reduce((total, n) => total + n, 0);
    return html`<${Section} id="strength" title=${t("state.strength")} note=${t("state.strength_note")}>
      <table class="plain compact"><caption class="hidden">${t("state.strength")}</caption>
        <thead><tr><th scope="col">${t("facet.action")}</th><th scope="col" class="number">${t("unit.recommendation_label")}</th>
          <th scope="col">${t("state.supported_share")}</th></tr></thead>
        <tbody>${rows.map((label) => html`<tr><th scope="row">${t(`action.${label}`)}</th><td class="number">${number(sum(label))}</td>
          <td><span class="meter" aria-hidden="true"><span style=${{ width: percent(counts.actions[label].supported || 0, sum(label)).replace(/[\s\u00a0\u202f]/g, "") }}></span></span>
            ${percent(counts.actions[label].supported || 0, sum(label))}</td></tr>`)}</tbody></table><//>`;
  }

  function shade(n, most) {
    return n ? { "--depth": (0.08 + 0.92 * Math.sqrt(n / most)).toFixed(2) } : {};
  }

  function Heatmap({ counts, state, cycle }) {
    const { themes, groups, cells } = counts.heatmap;
    if (!themes.length) return html`<${Section} id="themes" title=${t("state.heatmap")}><p>${t("state.heatmap_none")}</p><//>`;
    const most = Math.max(1, ...cells.flat());
    const slug = (id) => id.replace(/^[a-z-]+:/, "");
    return html`<${Section} id="themes" title=${t("state.heatmap")} note=${t("state.heatmap_note")}>
      <div class="scroll" tabindex="0" role="group" aria-label=${t("state.heatmap")}>
      <table class="heat"><caption class="hidden">${t("state.heatmap")}</caption>
        <thead><tr><th scope="col">${t("facet.theme")}</th>${groups.map(([, label]) => html`<th scope="col" lang="en"><span>${label}</span></th>`)}
          <th scope="col"><span>${t("state.no_group")}</span></th><th scope="col"><span>${t("state.total")}</span></th></tr></thead>
        <tbody>${themes.map(([theme, label, total], at) => html`<tr><th scope="row" lang="en">
            <a href=${link(state, cycle, { theme: [slug(theme)] })}>${label}</a></th>
          ${cells[at].map((n, place) => html`<td class=${n / most > 0.3 ? "deep" : ""} style=${shade(n, most)}>${!n ? html`<span class="zero">·</span>`
            : place < groups.length ? html`<a href=${link(state, cycle, { theme: [slug(theme)], group: [slug(groups[place][0])] })}>${number(n)}</a>` : number(n)}</td>`)}
          <td class="total">${number(total)}</td></tr>`)}</tbody></table></div><//>`;
  }

  function Goals({ counts, state, cycle }) {
    const most = Math.max(1, ...Object.values(counts.goals).map(([n]) => n));
    return html`<${Section} id="sdgs" title=${t("state.sdgs")} note=${t("state.sdgs_note")}>
      <ol class="goals">${Array.from({ length: 17 }, (_, at) => String(at + 1)).map((goal) => {
        const [n, yes] = counts.goals[goal] || [0, 0];
        const inside = html`<span class="goal">${goal}</span><span class="goal-name">${t(`sdg.${goal}`)}</span>
          <span class="column" aria-hidden="true"><span style=${{ height: `${(100 * n) / most}%` }}></span></span>
          <b>${number(n)}</b><span class="unit">${n ? t("state.of_them_supported", { share: percent(yes, n) }) : " "}</span>`;
        return html`<li class=${n ? "" : "empty"}>${n ? html`<a href=${link(state, cycle, { sdg: [goal] })}>${inside}</a>` : html`<div>${inside}</div>`}</li>`;
      })}</ol><//>`;
  }

  function Bodies({ bodies, state }) {
    return html`<${Section} id="bodies" title=${t("state.bodies")} note=${t("state.bodies_note")}>
      ${bodies.length ? html`<table class="plain cards"><caption class="hidden">${t("state.bodies")}</caption><thead><tr>
        <th scope="col">${t("state.body")}</th><th scope="col">${t("facet.mechanism")}</th><th scope="col">${t("state.years")}</th>
        <th scope="col" class="number">${t("state.items")}</th><th scope="col" class="number">${t("unit.ask_label")}</th>
        <th scope="col" class="number">${t("state.also_upr")}</th></tr></thead>
        <tbody>${bodies.map(([mechanism, body, n, years, asks, shared]) => html`<tr><th scope="row" lang="en">${body}</th>
          <td data-label=${t("facet.mechanism")}>${t(`mechanism.${mechanism}`)}</td><td data-label=${t("state.years")}>${years.join(", ")}</td>
          <td class="number" data-label=${t("state.items")}><a href=${UPR.address.write("search", "", { state: [state], mechanism: [mechanism] })}>${number(n)}</a></td>
          <td class="number" data-label=${t("unit.ask_label")}>${number(asks)}</td><td class="number" data-label=${t("state.also_upr")}>${number(shared)}</td></tr>`)}</tbody></table>`
        : html`<p>${t("state.bodies_none")}</p>`}<//>`;
  }

  function Files({ core, state }) {
    const names = Object.keys(core.figures).filter((name) => name.startsWith(`${state}_`));
    if (!names.length) return null;
    const stems = [...new Set(names.map((name) => name.replace(/\.[a-z]+$/, "")))];
    return html`<${Section} id="files" title=${t("state.files")} note=${t("state.files_note")}>
      <ul class="files">${stems.map((stem) => html`<li>${t(`figure.${stem.slice(state.length + 1)}`)}:
        ${names.filter((name) => name.startsWith(`${stem}.`)).map((name) => html` <a href=${`${core.figures[name]}/${name}`}>${name.split(".").pop().toUpperCase()}</a>`)}</li>`)}</ul><//>`;
  }

  return { WhoAsks, Strength, Heatmap, Goals, Bodies, Files };
})();
