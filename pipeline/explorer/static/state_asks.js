"use strict";
// What a State was asked, the most repeated first: cycle by cycle with its answers, and what carries each request.
UPR.stateAsks = (() => {
  const { html, Words, Section } = UPR.elements;
  const { t, number } = UPR.words;
  const { Answers, Legend } = UPR.marks;
  const { useState } = preactHooks;
  const SHOWN = 12;

  // The asks of a State as records; `at` is the place in its file.
  function records(asks) {
    const names = Object.keys(asks);
    return asks.ask_id.map((_, at) => Object.fromEntries([["at", at], ...names.map((name) => [name, asks[name][at]])]));
  }

  const KINDS = {
    all: () => true,
    repeated: (ask) => ask.n_recommendations > 1,
    came_back: (ask) => Object.keys(ask.answers).length > 1,
    changed: (ask) => ask.position_change !== "none",
    noted: (ask) => ask.latest_position === "noted",
    pending: (ask) => ask.latest_position === "pending",
    pending_again: (ask) => ask.pending_again,
    others: (ask) => ask.treaty_body_items + ask.special_procedure_items > 0,
    not_carried: (ask) => ask.carried && ask.carried[0] === "none",
  };

  function Carried({ carried }) {
    if (!carried) return html`<span class="unit">–</span>`;
    const [item, code, text, decision] = carried;
    if (item === "none") return html`<span class="gap">${t("framework.nothing")}</span>`;
    const words = (text || "").length > 70 ? `${text.slice(0, 68)}…` : text;
    return html`<span class=${`carried ${decision}`} title=${text}>${code ? html`<b>${code}</b> ` : null}<bdi>${words}</bdi></span>`;
  }

  function Change({ change }) {
    if (!change || change === "none") return null;
    const [from, to] = change.split("_to_");
    return html`<span class="change">${t("ask.changed", { from: t(`position.${from}`), to: t(`position.${to}`) })}</span>`;
  }

  function Row({ ask, cycles, state, frameworks }) {
    const others = ask.treaty_body_items + ask.special_procedure_items;
    return html`<tr>
      <th scope="row"><a href=${UPR.address.write("ask", ask.ask_id)}><${Words} text=${ask.representative_text} /></a>
        <div class="meta">${ask.action ? html`<span>${t(`action.${ask.action}`)}</span>` : null}
          ${ask.groups ? html`<span lang="en">${ask.groups}</span>` : null}
          <${Change} change=${ask.position_change} />
          ${ask.pending_again ? html`<span class="change">${t("ask.pending_again")}</span>` : null}</div></th>
      ${cycles.map((cycle) => html`<td class="cycle" data-label=${t("state.cycle", { cycle })}>${ask.answers[cycle]
        ? html`<${Answers} answers=${ask.answers[cycle]} />` : html`<span class="zero" aria-hidden="true">·</span>`}</td>`)}
      <td class="number" data-label=${t("state.times")}><b>${number(ask.n_recommendations)}</b></td>
      <td class="number" data-label=${t("state.by_states")}>${number(ask.n_recommending_states)}</td>
      <td class="number" data-label=${t("state.other_bodies")}>${others ? number(others) : html`<span class="zero">·</span>`}</td>
      ${frameworks ? html`<td class="carries" data-label=${t("state.carried_by")}><${Carried} carried=${ask.carried} /></td>` : null}</tr>`;
  }

  function Asks({ file, cycle }) {
    const [kind, setKind] = useState("all");
    const [all, showAll] = useState(false);
    const every = records(file.asks).filter((ask) => cycle === "all" || ask.answers[cycle]);
    const kinds = Object.keys(KINDS).map((name) => [name, every.filter(KINDS[name]).length]).filter(([name, n]) => n || name === "all");
    const kept = every.filter(KINDS[kind] || KINDS.all);
    const shown = all ? kept : kept.slice(0, SHOWN);
    const cycles = Object.keys(file.counts).filter((name) => name !== "all");
    const withUnknown = every.some((ask) => ask.answers["0"]) ? ["0", ...cycles] : cycles;
    const carried = every.some((ask) => ask.carried);
    const years = (name) => (file.counts[name] ? file.counts[name].years.join(", ") : "");
    return html`<${Section} id="asks" title=${t("state.asks")} note=${t("state.asks_note")}>
      <div class="kinds" role="group" aria-label=${t("state.kinds")}>${kinds.map(([name, n]) => html`
        <button type="button" class="chip" aria-pressed=${kind === name} onClick=${() => setKind(name)}>${t(`kind.${name}`)} <span class="n">${number(n)}</span></button>`)}</div>
      <${Legend} />
      <table class="plain asks cards"><caption class="hidden">${t("state.asks")}</caption>
        <thead><tr><th scope="col">${t("state.request")}</th>${withUnknown.map((name) => html`<th scope="col" class="cycle">
          ${name === "0" ? t("cycle.unknown") : t("state.cycle", { cycle: name })}<span class="unit">${years(name)}</span></th>`)}
          <th scope="col" class="number">${t("state.times")}</th><th scope="col" class="number">${t("state.by_states")}</th>
          <th scope="col" class="number">${t("state.other_bodies")}</th>${carried ? html`<th scope="col">${t("state.carried_by")} <span class="unit">${file.frameworks[0].years || ""}</span></th>` : null}</tr></thead>
        <tbody>${shown.map((ask) => html`<${Row} key=${ask.ask_id} ask=${ask} cycles=${withUnknown} state=${file.state} frameworks=${carried} />`)}</tbody></table>
      ${kept.length > SHOWN ? html`<p><button type="button" class="link" aria-expanded=${all} onClick=${() => showAll(!all)}>
        ${all ? t("state.fewer_asks") : t("state.all_asks", { n: kept.length })}</button></p>` : null}<//>`;
  }

  return { Asks, records, Carried };
})();
