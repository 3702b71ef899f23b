"use strict";
// The page of one ask: its whole history, its family, what looks alike and was kept apart.
UPR.ask = (() => {
  const { html, Words, Waiting, Section, Doing, useData, copy } = UPR.elements;
  const { t, number, list } = UPR.words;
  const { Answers, Position } = UPR.marks;
  const { useEffect } = preactHooks;
  const { Recommendation } = UPR.recommendation;

  function Facts({ ask, file }) {
    const cycles = Object.keys(ask.answers).filter((cycle) => cycle !== "0");
    const others = [["treaty_body", ask.treaty_body_items], ["special_procedure", ask.special_procedure_items]].filter(([, n]) => n);
    return html`<div class="headline">
      <div class="fact"><span class="count"><b>${number(ask.n_recommendations)}</b> <span class="unit">${t("unit.recommendation", { n: ask.n_recommendations })}</span></span>
        <span class="unit">${ask.first_year ? `${ask.first_year}–${ask.last_year}` : ""}${ask.n_linked ? ` · ${t("ask.linked", { n: ask.n_linked })}` : ""}</span></div>
      <div class="fact"><span class="count"><b>${number(ask.n_recommending_states)}</b> <span class="unit">${t("unit.asker", { n: ask.n_recommending_states })}</span></span>
        ${ask.new_recommending_states && cycles.length > 1 ? html`<span class="unit">${t("ask.joined")} <span lang="en">${ask.new_recommending_states}</span></span>` : null}</div>
      <div class="fact"><span class="unit">${t("ask.latest")}</span>${ask.latest_position && ask.latest_position !== "mixed" ? html`<${Position} position=${ask.latest_position} />`
        : html`<span>${ask.latest_position ? t("position.mixed") : t("position.not_asked")}</span>`}
        ${ask.position_change !== "none" ? html`<span class="change">${t("ask.changed", { from: t(`position.${ask.position_change.split("_to_")[0]}`), to: t(`position.${ask.position_change.split("_to_")[1]}`) })}</span>` : null}</div>
      <div class="fact"><span class="unit">${t("state.carried_by")}</span>${ask.carried ? html`<${UPR.stateAsks.Carried} carried=${ask.carried} />`
        : html`<span class="unit">${t(file.frameworks ? "framework.none_of_state" : "framework.none_given")}</span>`}</div>
      <div class="fact"><span class="unit">${t("ask.other_mechanisms")}</span>${others.length ? others.map(([name, n]) => html`<span><b>${number(n)}</b> ${t(`mechanism.${name}`)}</span>`) : html`<span class="unit">${t("ask.none_found")}</span>`}</div>
    </div>`;
  }

  // Recommendations under the cycle or, for other mechanisms, the year in which they were made; the latest first.
  function periods(core, ask, file) {
    const found = new Map();
    for (const place of ask.members) {
      const row = file.first + place;
      const upr = core.lists.mechanisms[core.columns.mechanism[row]] === "upr";
      const key = upr ? `u${core.columns.cycle[row]}` : `o${core.columns.year[row]}`;
      if (!found.has(key)) found.set(key, { upr, cycle: core.columns.cycle[row], year: core.columns.year[row], rows: [] });
      found.get(key).rows.push(row);
    }
    return [...found.values()].sort((one, other) => other.year - one.year);
  }

  function History({ core, ask, file, marked }) {
    return html`<${Section} id="history" title=${t("ask.history")} note=${t("ask.history_note")}>
      <ol class="history">${periods(core, ask, file).map((period) => html`<li><div class="period">
        <h3>${period.upr ? (period.cycle ? t("state.cycle", { cycle: period.cycle }) : t("cycle.unknown")) : t(`mechanism.${core.lists.mechanisms[core.columns.mechanism[period.rows[0]]]}`)}</h3>
        <span class="unit">${period.year || ""}</span>${period.upr && ask.answers[String(period.cycle)] ? html`<${Answers} answers=${ask.answers[String(period.cycle)]} />` : null}</div>
        <div>${period.rows.map((row) => html`<${Recommendation} key=${row} marked=${core.columns.id[row] === marked} ...${{ core, file, row }} />`)}</div></li>`)}</ol>
      ${ask.links.length ? html`<h3>${t("ask.clauses")}</h3><p class="note">${t("ask.clauses_note")}</p>
        ${ask.links.map((link) => html`<${Recommendation} clause=${link} row=${file.first + link[0]} ...${{ core, file }} />`)}` : null}<//>`;
  }

  function Others({ asks, title, note, id }) {
    if (!asks.length) return null;
    return html`<${Section} id=${id} title=${title} note=${note}><ul class="gaps">${asks.map(({ ask, why, score }) => html`<li>
      <a href=${UPR.address.write("ask", ask.ask_id)}><${Words} text=${ask.representative_text} /></a>
      <span class="unit"> ${number(ask.n_recommendations)} ${t("unit.recommendation", { n: ask.n_recommendations })}${ask.latest_position ? ` · ${t(`position.${ask.latest_position}`)}` : ""}</span>
      ${why ? html`<br /><span class="unit">${t("ask.apart_score", { share: UPR.words.percent(score, 1) })} · <bdi>${why}</bdi></span>` : null}</li>`)}</ul><//>`;
  }

  function Ask({ core, name, query }) {
    const place = core.askAt.get(name);
    const state = place == null ? null : core.lists.states[core.columns.state[core.asks.representative[place]]];
    const read = useData(state ? `states/${state[0]}` : null);
    const marked = UPR.address.values(query, "rec")[0];
    useEffect(() => {
      const target = read.value && marked && document.getElementById(`rec-${marked}`);
      if (target) target.scrollIntoView({ block: "center" });
    }, [read.value, marked]);
    if (!state) return html`<h1 tabindex="-1">${t("ask.unknown")}</h1><p>${t("ask.unknown_note", { name })}</p>`;
    const trail = html`<p class="trail"><a href="#/">${t("nav.home")}</a> <a lang="en" href=${UPR.address.write("state", state[0])}>${state[1] || t("page.unknown_state")}</a></p>`;
    if (!read.value) return html`${trail}<h1 tabindex="-1">${t("unit.ask_label")}</h1><${Waiting} of=${read} />`;
    const file = read.value;
    const all = UPR.stateAsks.records(file.asks);
    const byId = new Map(all.map((ask) => [ask.ask_id, ask]));
    const ask = byId.get(name);
    const family = all.filter((other) => other.family_id === ask.family_id && other !== ask).map((other) => ({ ask: other }));
    const apart = ask.apart.map(([id, score, why]) => ({ ask: byId.get(id), score, why }))
      .filter(({ ask: other }) => other && other.family_id !== ask.family_id);
    const cites = () => copy(ask.members.map((at) => UPR.citation.cite(core, file.first + at, file.recommendations.text[at], file.recommendations.quote[at])).join("\n"));
    return html`${trail}<p class="kicker">${t("ask.kicker", { n: ask.n_recommendations })}</p>
      <h1 tabindex="-1" class="quoted"><${Words} text=${ask.representative_text} /></h1>
      <${Facts} ask=${ask} file=${file} />
      <p class="tools"><${Doing} label=${t("ask.cite_all")} done=${t("citation.copied")} act=${cites} />
        <${Doing} label=${t("search.link")} done=${t("search.linked")} act=${() => copy(location.href)} /></p>
      <${History} ...${{ core, ask, file, marked }} />
      <${Others} id="family" asks=${family} title=${t("ask.family")} note=${t("ask.family_note")} />
      <${Others} id="apart" asks=${apart} title=${t("ask.apart")} note=${t("ask.apart_note")} />
      <p class="unit">${t("ask.identifier")} <code>${ask.ask_id}</code></p>`;
  }

  return { Ask };
})();
