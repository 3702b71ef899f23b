"use strict";
// The facets beside a search: each value with the number it would keep; several values of one facet are alternatives.
UPR.facets = (() => {
  const { html } = UPR.elements;
  const { t, number } = UPR.words;
  const { useState } = preactHooks;
  const SHOWN = 7;
  const OPEN = new Set(["state", "cycle", "position", "theme", "group"]);
  const BY_COUNT = new Set(["state", "theme", "uhri", "group", "from", "item"]);

  function Facet({ facet, counts, chosen, toggle }) {
    const [all, showAll] = useState(false);
    const [part, setPart] = useState("");
    const picked = new Set(chosen);
    const [open, setOpen] = useState(OPEN.has(facet.key) || picked.size > 0);
    let entries = facet.values.map((value, at) => ({ ...value, n: counts[at] }))
      .filter((value) => value.n || picked.has(value.id));
    const total = entries.length;
    if (!facet.values.length) return null;
    if (BY_COUNT.has(facet.key)) entries.sort((one, other) => other.n - one.n || one.label.localeCompare(other.label));
    if (part) entries = entries.filter((value) => UPR.filter.fold(value.label).includes(UPR.filter.fold(part)));
    const first = entries.filter((value, at) => at < SHOWN || picked.has(value.id));
    const shown = all || part ? entries.slice(0, 400) : first;
    return html`<details class="facet" open=${open} onToggle=${(event) => setOpen(event.target.open)}>
      <summary><span>${t(`facet.${facet.key}`)}</span>${picked.size ? html`<span class="badge">${number(picked.size)}</span>` : null}</summary>
      ${total > 12 ? html`<input type="search" value=${part} onInput=${(event) => setPart(event.target.value)}
        placeholder=${t("facet.find")} aria-label=${`${t("facet.find")}: ${t(`facet.${facet.key}`)}`} />` : null}
      ${total ? null : html`<p class="note">${t("facet.none")}</p>`}
      <ul>${shown.map((value) => html`<li key=${value.id}><label title=${value.label}>
        <input type="checkbox" checked=${picked.has(value.id)} onChange=${() => toggle(facet.key, value.id)} />
        <span class="name" lang=${value.lang}>${value.label}</span><span class="n">${number(value.n)}</span></label></li>`)}</ul>
      ${!part && total > first.length ? html`<button type="button" class="link" aria-expanded=${all} onClick=${() => showAll(!all)}>
        ${all ? t("facet.fewer") : t("facet.all", { n: total })}</button>` : null}
    </details>`;
  }

  function Facets({ facets, found, query, toggle }) {
    return html`<div class="facets">${facets.map((facet, at) => html`<${Facet} key=${facet.key} facet=${facet}
      counts=${found.counts[at]} chosen=${UPR.address.values(query, facet.key)} toggle=${toggle} />`)}</div>`;
  }

  // What is chosen, to be read at a glance and taken back one by one.
  function Chosen({ facets, query, toggle, clear }) {
    const chips = facets.flatMap((facet) => UPR.address.values(query, facet.key).map((id) => {
      const value = facet.values.find((one) => one.id === id);
      return { key: facet.key, id, label: value ? value.label : id, lang: value && value.lang };
    }));
    if (!chips.length) return null;
    return html`<p class="chosen"><span class="unit">${t("search.chosen")}</span> ${chips.map((chip) => html`
      <button type="button" class="chip" onClick=${() => toggle(chip.key, chip.id)}>
        <span class="unit">${t(`facet.${chip.key}`)}</span> <span lang=${chip.lang}>${chip.label}</span>${" "}<span aria-hidden="true">×</span><span class="hidden">${t("search.remove")}</span></button>`)}
      <button type="button" class="link" onClick=${clear}>${t("search.clear")}</button></p>`;
  }

  return { Facets, Chosen };
})();
