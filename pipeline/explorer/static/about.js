"use strict";
// What the words and units mean, what a figure may not be used for, and whose libraries are in the page.
UPR.about = (() => {
  const { html, Section } = UPR.elements;
  const { t } = UPR.words;
  const UNITS = ["recommendation", "paragraph", "pair", "ask", "family"];
  const LIBRARIES = [
    ["Preact", "MIT", "preact"], ["htm", "Apache-2.0", "htm"], ["TanStack Virtual", "MIT", "tanstack-virtual-core"],
    ["MiniSearch", "MIT", "minisearch"], ["fflate", "MIT", "fflate"], ["Source Sans 3", "OFL-1.1", "source-sans-3"],
    ["Source Serif 4", "OFL-1.1", "source-serif-4"],
  ];

  function About({ core }) {
    const { Position, Tag } = UPR.marks;
    return html`<h1 tabindex="-1">${t("about.title")}</h1>
      <${Section} id="units" title=${t("about.units")}><dl>${UNITS.map((unit) => html`<dt>${t(`unit.${unit}_label`)}</dt><dd>${t(`about.${unit}`)}</dd>`)}</dl><//>
      <${Section} id="positions" title=${t("facet.position")}><dl>${UPR.marks.ORDER.map((name) => html`<dt><${Position} position=${name} /></dt><dd>${t(`about.${name}`)}</dd>`)}</dl><//>
      <${Section} id="origins" title=${t("ask.who_says")}><dl>${["human", "auto", "review"].map((name) => html`<dt><${Tag} status=${name} score=${name === "human" ? null : 0.9} label=${t(`origin.${name}`)} lang=${null} /></dt><dd>${t(`about.${name}`)}</dd>`)}</dl><//>
      <${Section} id="strengths" title=${t("facet.action")}><dl>${["5", "4", "3", "2", "1"].map((name) => html`<dt>${t(`action.${name}`)}</dt><dd>${t(`about.action_${name}`)}</dd>`)}</dl><//>
      <${Section} id="searching" title=${t("nav.search")}><p>${t("about.searching")}</p><//>
      <${Section} id="made" title=${t("about.made")}><p>${t("about.run", { version: core.run.version || "–", day: core.run.written ? UPR.words.day(core.run.written) : "–", commit: (core.run.commit || "–").slice(0, 10) })}</p>
        <p>${t("about.offline")}</p>
        <ul>${LIBRARIES.map(([name, licence, file]) => html`<li>${name}: <a href=${`${UPR.folder}/vendor/licences/${file}.txt`}>${licence}</a></li>`)}</ul><//>`;
  }

  return { About };
})();
