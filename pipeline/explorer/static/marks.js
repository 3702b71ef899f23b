"use strict";
// Positions and origins of tags: shape and word say what the colour says, so that no one depends on colour.
UPR.marks = (() => {
  const { html } = UPR.elements;
  const { t, number, percent } = UPR.words;
  const ORDER = ["supported", "partially_supported", "noted", "pending", "unknown"];

  const SHAPES = {
    supported: () => html`<circle cx="8" cy="8" r="6" />`,
    partially_supported: () => html`<path class="half" d="M8 1.5 14.5 8 8 14.5 1.5 8Z" /><path d="M8 1.5 8 14.5 1.5 8Z" />`,
    noted: () => html`<rect x="2.5" y="2.5" width="11" height="11" />`,
    pending: () => html`<path class="hollow" d="M8 2 14.5 13.5 1.5 13.5Z" />`,
    unknown: () => html`<path class="stroke" d="M3 3 13 13M13 3 3 13" />`,
  };

  function Mark({ position }) {
    return html`<svg class=${`mark ${position}`} viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
      ${SHAPES[position]()}</svg>`;
  }

  function Position({ position }) {
    return html`<span class=${`position ${position}`}><${Mark} position=${position} /> ${t(`position.${position}`)}</span>`;
  }

  // The answers of one cycle: a mark for each position, with its number.
  function Answers({ answers }) {
    return html`<span class="answers">${ORDER.filter((name) => answers[name]).map((name) => html`
      <span class="answer" title=${t(`position.${name}`)}><${Mark} position=${name} /><span>${number(answers[name])}</span>
      <span class="hidden"> ${t(`position.${name}`)}</span></span>`)}</span>`;
  }

  function Bar({ positions, label }) {
    const total = Object.values(positions).reduce((sum, n) => sum + n, 0);
    if (!total) return html`<p class="note">${t("position.none")}</p>`;
    const shown = ORDER.filter((name) => positions[name]);
    return html`<figure class="bar" aria-label=${label}>
      <div class="stack" aria-hidden="true">${shown.map((name) => html`
        <span class=${`piece ${name}`} style=${{ flexGrow: positions[name] }}></span>`)}</div>
      <figcaption>${shown.map((name) => html`<span class="key"><${Mark} position=${name} />
        <b>${number(positions[name])}</b> ${t(`position.${name}`)} <span class="unit">${percent(positions[name], total)}</span>
      </span>`)}</figcaption>
    </figure>`;
  }

  // Who stands behind a tag: a person (solid, tick) or a machine (dashed outline, with its score).
  function Tag({ label, status, score, href, lang = "en" }) {
    const told = status === "human" ? t("origin.human") : t(`origin.${status}`);
    const inside = html`<span lang=${lang}>${label}</span>${status !== "human" && score != null
      ? html` <span class="score">${percent(score, 1)}</span>` : null}<span class="hidden"> ${told}</span>`;
    return href ? html`<a class=${`tag ${status}`} href=${href} title=${told}>${inside}</a>`
      : html`<span class=${`tag ${status}`} title=${told}>${inside}</span>`;
  }

  function Legend({ positions = ORDER }) {
    return html`<p class="legend">${positions.map((name) => html`<span class="key"><${Mark} position=${name} />
      ${t(`position.${name}`)}</span>`)}</p>`;
  }

  return { Mark, Position, Answers, Bar, Tag, Legend, ORDER };
})();
