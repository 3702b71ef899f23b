"use strict";
// One recommendation with all that is known of it: who asked, which answer and where it is written, tags with reasons.
UPR.recommendation = (() => {
  const { html, Words, Doing, copy } = UPR.elements;
  const { t } = UPR.words;
  const { Position, Tag } = UPR.marks;
  const DIMENSIONS = { themes: "theme", uhri_themes: "uhri", groups: "group", sdgs: "sdg", action: "action" };

  function Answer({ core, row, detail }) {
    const mechanism = core.lists.mechanisms[core.columns.mechanism[row]];
    if (mechanism !== "upr") return html`<p class="unit">${t("position.not_asked")}</p>`;
    const position = core.lists.positions[core.columns.position[row]];
    return html`<div class="answer-line"><${Position} position=${position} />
      ${core.columns.action[row] ? html`<span class="unit">${t(`action.${core.columns.action[row]}`)}</span>` : null}
      ${detail.quote ? html`<blockquote><${Words} text=${detail.quote} /></blockquote>` : html`<span class="unit">${t(position === "unknown" ? "position.no_source" : "position.no_quote")}</span>`}
      ${detail.position_source ? html`<span class="unit">${t("position.read_from", { source: t(`source.${detail.position_source}`) })}</span>` : null}
      ${detail.changes.map(([symbol, paragraph, old, now, quote]) => html`<p class="change">${t("ask.changed_by", {
        from: t(`position.${old}`), to: t(`position.${now}`), symbol: paragraph ? t("citation.paragraph", { document: symbol, paragraph }) : symbol,
      })}${quote && !(detail.quote || "").includes(quote) ? html` <${Words} text=${`“${quote}”`} />` : null}</p>`)}
      ${detail.provisional ? html`<p class="change">${t("ask.provisional")}</p>` : null}</div>`;
  }

  function Tags({ tags }) {
    const shown = Object.entries(DIMENSIONS).map(([dimension, key]) => [key, tags.filter((tag) => tag[0] === dimension)]).filter(([, found]) => found.length);
    if (!shown.length) return html`<p class="unit">${t("ask.no_tags")}</p>`;
    return html`<table class="plain compact tags cards"><caption class="hidden">${t("ask.tags")}</caption>
      <thead><tr><th scope="col">${t("ask.question")}</th><th scope="col">${t("ask.tag")}</th><th scope="col">${t("ask.who_says")}</th><th scope="col">${t("ask.why")}</th></tr></thead>
      <tbody>${shown.flatMap(([key, found]) => found.map(([, id, label, score, second, status, method, evidence, reviewer, date], at) => html`<tr>
        ${at ? null : html`<th scope="row" rowspan=${found.length}>${t(`facet.${key}`)}</th>`}
        <td data-label=${t(`facet.${key}`)}><${Tag} status=${status} score=${score} label=${key === "action" ? t(`action.${label}`) : label} lang=${key === "action" ? null : "en"}
          href=${UPR.address.write("search", "", { [key]: [id.replace(/^[a-z-]+:/, "")] })} /></td>
        <td data-label=${t("ask.who_says")}>${status === "human" ? t("ask.judged", { reviewer: reviewer || t("ask.a_person"), date: date ? UPR.words.day(date) : "" })
          : html`${t(`origin.${status}`)}<span class="unit"> ${method ? t(`method.${method}`) : ""}${second != null ? ` · ${t("ask.second", { share: UPR.words.percent(second, 1) })}` : ""}</span>`}</td>
        <td data-label=${t("ask.why")}>${evidence ? html`<${Words} text=${`“${evidence}”`} />` : html`<span class="unit">–</span>`}</td></tr>`))}</tbody></table>`;
  }

  function Sources({ detail }) {
    return html`<details class="more"><summary>${t("ask.sources", { n: detail.sources.length })}</summary>
      <ul>${detail.sources.map(([source, file, row]) => html`<li>${t(`source.${source}`)}: <bdi>${file}</bdi>, ${t("ask.row", { row: String(row) })}</li>`)}</ul>
      ${detail.source_tags.length ? html`<p>${t("ask.source_tags")} <span lang="en">${detail.source_tags.map(([scheme, label]) => `${label} (${scheme})`).join("; ")}</span></p>` : null}
      ${detail.conflicts.map(([field, one, left, other, right, chosen, rule]) => html`<p class="change">${t("ask.conflict", { field, one: t(`source.${one}`), left: left ?? "–", other: t(`source.${other}`), right: right ?? "–", chosen: chosen ?? "–", rule })}</p>`)}
      ${detail.original ? html`<h4>${t("ask.original")}</h4><${Words} tag="p" text=${detail.original} />` : null}</details>`;
  }

  function at(file, row) {
    const place = row - file.first;
    return Object.fromEntries(Object.entries(file.recommendations).map(([name, column]) => [name, column[place]]));
  }

  function Recommendation({ core, file, row, clause, marked }) {
    const detail = at(file, row);
    const who = UPR.citation.askers(core, row);
    const language = core.lists.languages[core.columns.language[row]];
    return html`<article class=${`recommendation ${marked ? "marked" : ""}`} id=${`rec-${core.columns.id[row]}`}>
      <header><h3 class="place">${UPR.citation.place(core, row)}</h3>
        ${who.length ? html`<span class="who" lang="en">${who.map((name, i) => html`${i ? ", " : ""}<a href=${UPR.address.write("search", "", { from: [codeOf(core, name)], state: [file.state] })}>${name}</a>`)}</span>`
          : html`<span class="who" lang="en">${core.lists.bodies[core.columns.body[row]] || ""}</span>`}
        <${Doing} className="link" label=${t("citation.copy")} done=${t("citation.copied")} act=${() => copy(UPR.citation.cite(core, row, detail.text, detail.quote))} /></header>
      <${Words} tag="p" className="text" text=${detail.text} language=${language} />
      ${detail.translations.map(([language, text, kind, translator]) => html`<p class="translation"><span class="unit">${t(`translation.${kind}`, { language: languageName(language), translator })}</span>${" "}<${Words} text=${text} language=${language} /></p>`)}
      ${clause ? html`<p class="unit">${t("ask.in_clause")} <${Words} text=${`“${clause[1]}”`} /> ${UPR.words.percent(clause[2], 1)} · <bdi>${clause[3]}</bdi></p>` : null}
      <${Answer} core=${core} row=${row} detail=${detail} />
      <details class="more" open=${marked}><summary>${t("ask.tags_of", { n: detail.tags.length })}</summary><${Tags} tags=${detail.tags} /></details>
      <${UPR.frameworks.Mapped} file=${file} at=${row - file.first} />
      ${!clause && detail.reason ? html`<p class="unit">${t("ask.reason")} <bdi>${told(core, file, detail.reason)}</bdi></p>` : null}
      <${Sources} detail=${detail} /></article>`;
  }

  // The pipeline names the recommendation that a text joins by its id: a person wants its paragraph.
  function told(core, file, reason) {
    const text = reason.replace(/; differs: -$/, "");
    const [, id, rest] = text.match(/^as ([0-9a-f]{12}): (.*)$/s) || [];
    if (!id) return text;
    const end = file.first + file.recommendations.text.length;
    for (let row = file.first; row < end; row++) {
      if (core.columns.id[row] === id) return `${t("state.same_as", { place: UPR.citation.place(core, row) })} ${rest}`;
    }
    return text;
  }

  function languageName(code) {
    return new Intl.DisplayNames(UPR.words.language, { type: "language" }).of(code);
  }

  function codeOf(core, name) {
    const found = core.lists.from.find((one) => one[1] === name);
    return (found && found[0]) || name;
  }

  return { Recommendation };
})();
