"use strict";
// The Cooperation Framework beside the requests: what each outcome carries, what nothing carries, who is left behind.
UPR.frameworks = (() => {
  const { html, Section, Words } = UPR.elements;
  const { t, number } = UPR.words;
  const SHOWN = 12;

  function Coverage({ plan }) {
    const words = new Map(plan.items.map((item) => [item.item_id, item]));
    const rows = plan.coverage.filter((line) => (words.get(line.item_id) || {}).level === "outcome" || line.item_id === "none");
    if (!rows.length) return html`<p>${t("framework.no_coverage")}</p>`;
    const most = Math.max(1, ...rows.map((line) => line.n_recommendations));
    const label = (line) => words.get(line.item_id) || {};
    return html`<table class="plain cards"><caption>${t("framework.coverage")}</caption><thead><tr><th scope="col">${t("framework.outcome")}</th>
      <th scope="col">${t("unit.recommendation_label")}</th><th scope="col" class="number">${t("position.supported")}</th>
      <th scope="col" class="number">${t("position.noted")}</th><th scope="col" class="number">${t("unit.ask_label")}</th>
      <th scope="col" class="number">${t("kind.repeated")}</th><th scope="col">${t("framework.groups")}</th></tr></thead>
      <tbody>${rows.map((line) => html`<tr class=${line.item_id === "none" ? "none" : ""}><th scope="row">${line.item_id === "none" ? t("framework.nothing")
        : html`<b>${label(line).code || ""}</b> <${Words} text=${label(line).text || ""} />`}</th>
        <td class="measure" data-label=${t("unit.recommendation_label")}><span class="meter" aria-hidden="true"><span style=${{ width: `${(100 * line.n_recommendations) / most}%` }}></span></span> ${number(line.n_recommendations)}</td>
        <td class="number" data-label=${t("position.supported")}>${number(line.n_supported)}</td><td class="number" data-label=${t("position.noted")}>${number(line.n_noted)}</td>
        <td class="number" data-label=${t("unit.ask_label")}>${number(line.n_asks)}</td><td class="number" data-label=${t("kind.repeated")}>${number(line.n_repeated_asks)}</td>
        <td lang="en" data-label=${t("framework.groups")} title=${line.groups}>${(line.groups || "").split("; ").slice(0, 3).join("; ")}</td></tr>`)}</tbody></table>`;
  }

  function Gaps({ plan }) {
    const asks = plan.gaps.filter((gap) => gap.ask_id || gap.kind === "ask_without_outcome");
    const outcomes = plan.gaps.filter((gap) => !gap.ask_id && gap.kind !== "ask_without_outcome");
    return html`<div class="two even"><div><h3>${t("framework.asks_without")} <span class="unit">${number(asks.length)} ${t("unit.ask", { n: asks.length })}</span></h3>
      ${asks.length ? html`<ol class="gaps">${asks.slice(0, SHOWN).map((gap) => html`<li><a href=${UPR.address.write("ask", gap.ask_id)}><${Words} text=${gap.text} /></a>
        <span class="unit"> ${number(gap.n_recommendations)} ${t("unit.recommendation", { n: gap.n_recommendations })}${gap.latest_position ? ` · ${t(`position.${gap.latest_position}`)}` : ""}</span></li>`)}</ol>`
        : html`<p>${t("framework.no_gaps")}</p>`}</div>
      <div><h3>${t("framework.outcomes_without")} <span class="unit">${number(outcomes.length)}</span></h3>
      ${outcomes.length ? html`<ul class="gaps">${outcomes.map((gap) => html`<li><b>${gap.code || ""}</b> <${Words} text=${gap.text} /></li>`)}</ul>`
        : html`<p>${t("framework.no_gaps")}</p>`}</div></div>`;
  }

  function LeftBehind({ plan }) {
    const nothing = plan.left_behind.filter((cell) => cell.item_id === "none");
    if (!nothing.length) return null;
    return html`<h3>${t("framework.left_behind")}</h3><ul class="gaps">${nothing.map((cell) => html`<li><b lang="en">${cell.group}</b>
      <span class="unit"> ${number(cell.n_recommendations)} ${t("unit.recommendation", { n: cell.n_recommendations })} · ${number(cell.n_asks)} ${t("unit.ask", { n: cell.n_asks })}</span>
      ${cell.example ? html`<br /><${Words} text=${cell.example} />` : null}</li>`)}</ul>`;
  }

  function Frameworks({ file }) {
    const plans = file.frameworks;
    return html`<${Section} id="framework" title=${t("framework.title")} note=${plans && plans.length ? t("framework.note") : null}>
      ${!plans ? html`<p class="notice">${t("framework.none_given")} ${t("framework.how")}</p>`
        : !plans.length ? html`<p class="notice">${t("framework.none_of_state")} ${t("framework.how")}</p>`
        : plans.map((plan, at) => html`<details class="plan" open=${at === 0}><summary><h3><bdi>${plan.plan}</bdi></h3>${plan.years ? html` <span class="unit">${plan.years}</span>` : null}</summary>
          <${Coverage} plan=${plan} /><${Gaps} plan=${plan} /><${LeftBehind} plan=${plan} /></details>`)}<//>`;
  }

  const WORTH_TELLING = 0.05; // probability below which a second or third choice is left to the table

  // The items proposed for one recommendation: the first choice of each level, and others that are not unlikely.
  function Mapped({ file, at }) {
    const found = (file.frameworks || []).flatMap((plan) => (plan.mapped[at] || [])
      .filter(([, , rank, score]) => rank === 1 || score >= WORTH_TELLING).map((line) => ({ line, plan })));
    if (!found.length) return null;
    return html`<h4>${t("framework.related")}</h4><ul class="mapped">${found.map(({ line: [item, level, rank, score, decision, evidence], plan }) => {
      const words = plan.items.find((one) => one.item_id === item) || {};
      return html`<li><${UPR.marks.Tag} status=${decision} score=${score} lang=${null} label=${item === "none" ? t("framework.nothing") : `${words.code || ""} ${words.text || ""}`.trim()} />
${" "}<span class="unit">${plan.years ? `${plan.years} · ` : ""}${t(`framework.${level}`)} · ${t("framework.rank", { rank })}${evidence ? html` · <bdi>“${evidence}”</bdi>` : null}</span></li>`;
    })}</ul>`;
  }

  return { Frameworks, Mapped };
})();
