"use strict";
// How far the figures can be trusted: models, files, tags, sources at odds.
UPR.quality = (() => {
  const { html, Section, Waiting, Words, useData } = UPR.elements;
  const { t, number, percent, share } = UPR.words;
  const FIGURES = ["micro_f1", "macro_f1", "auto_precision", "auto_recall", "calibration_error"];

  // A figure with its 95% interval.
  function Figure({ value }) {
    if (!value) return html`<span class="unit">–</span>`;
    const [middle, low, high] = value;
    return html`<b>${share(middle, 1)}</b>${low != null ? html` <span class="unit">${share(low, 1)}–${share(high, 1)}</span>` : null}`;
  }

  function Models({ models }) {
    const taggers = Object.entries(models).filter(([, model]) => Object.keys(model.figures).length);
    const comparing = Object.entries(models).flatMap(([, model]) => Object.entries(model.tasks));
    return html`<${Section} id="models" title=${t("quality.models")} note=${t("quality.models_note")}>
      <table class="plain cards"><caption>${t("quality.taggers")}</caption><thead><tr><th scope="col">${t("quality.model")}</th><th scope="col" class="number">${t("quality.texts")}</th>
        ${FIGURES.map((name) => html`<th scope="col" class="number">${t(`quality.${name}`)}</th>`)}</tr></thead>
        <tbody>${taggers.map(([name, model]) => html`<tr><th scope="row">${t(`dimension.${name}`)}</th><td class="number" data-label=${t("quality.texts")}>${number(model.texts)}</td>
          ${FIGURES.map((figure) => html`<td class="number" data-label=${t(`quality.${figure}`)}><${Figure} value=${model.figures[figure]} /></td>`)}</tr>`)}</tbody></table>
      ${comparing.length ? html`<table class="plain cards"><caption>${t("quality.comparing")}</caption><thead><tr><th scope="col">${t("quality.task")}</th><th scope="col" class="number">F1</th>
        <th scope="col" class="number">${t("quality.precision")}</th><th scope="col" class="number">${t("quality.recall")}</th><th scope="col">${t("quality.measured_on")}</th></tr></thead>
        <tbody>${comparing.map(([task, found]) => html`<tr><th scope="row" lang="en">${task}</th><td class="number" data-label="F1"><${Figure} value=${[found.f1, ...(found.f1_95 || [])]} /></td>
          <td class="number" data-label=${t("quality.precision")}>${share(found.precision, 1)}</td><td class="number" data-label=${t("quality.recall")}>${share(found.recall, 1)}</td>
          <td lang="en" data-label=${t("quality.measured_on")}>${found.measured_on || ""}</td></tr>`)}</tbody></table>` : null}<//>`;
  }

  function Tags({ tags, untagged, queue }) {
    return html`<${Section} id="tags" title=${t("quality.tags")} note=${t("quality.tags_note")}>
      <table class="plain cards"><caption class="hidden">${t("quality.tags")}</caption><thead><tr><th scope="col">${t("ask.question")}</th><th scope="col">${t("quality.shares")}</th>
        ${["human", "auto", "review"].map((name) => html`<th scope="col" class="number">${t(`origin.${name}`)}</th>`)}
        <th scope="col" class="number">${t("quality.untagged")}</th><th scope="col" class="number">${t("quality.queue")}</th></tr></thead>
        <tbody>${Object.entries(tags).map(([name, counts]) => {
          const total = counts.human + counts.auto + counts.review;
          return html`<tr><th scope="row">${t(`dimension.${name}`)}</th><td class="wide-cell"><span class="stack" aria-hidden="true">${["human", "auto", "review"].filter((one) => counts[one]).map((one) => html`
            <span class=${`piece ${one}`} style=${{ flexGrow: counts[one] }}></span>`)}</span></td>
            ${["human", "auto", "review"].map((one) => html`<td class="number" data-label=${t(`origin.${one}`)}>${number(counts[one])} <span class="unit">${percent(counts[one], total)}</span></td>`)}
            <td class="number" data-label=${t("quality.untagged")}>${number(untagged[name])}</td><td class="number" data-label=${t("quality.queue")}>${number(queue[name] || 0)}</td></tr>`;
        })}</tbody></table><//>`;
  }

  function Files({ files }) {
    const heads = ["records_read", "recommendations", "skipped", "number_gaps", "duplicate_numbers", "unknown_states"];
    const bad = files.filter((file) => file[9] !== "ok").length;
    return html`<${Section} id="files" title=${t("quality.files")} note=${t("quality.files_note", { n: files.length, bad })}>
      <div class="scroll" tabindex="0" role="group" aria-label=${t("quality.files")}><table class="plain cards"><caption class="hidden">${t("quality.files")}</caption><thead><tr><th scope="col">${t("quality.file")}</th><th scope="col">${t("quality.status")}</th>
        ${heads.map((name) => html`<th scope="col" class="number">${t(`quality.${name}`)}</th>`)}<th scope="col">${t("quality.message")}</th></tr></thead>
        <tbody>${[...files].sort((one, other) => (one[9] === "ok") - (other[9] === "ok") || one[0].localeCompare(other[0])).map((file) => html`<tr><th scope="row"><bdi>${file[0]}</bdi>
            <span class="unit"> ${file[1] ? t(`source.${file[1]}`) : ""}${file[2] ? ` · ${file[2]}` : ""}</span></th>
          <td data-label=${t("quality.status")}><span class=${`status ${file[9]}`}>${t(`status.${file[9]}`)}</span></td>
          ${heads.map((name, at) => html`<td class="number" data-label=${t(`quality.${name}`)}>${number(file[3 + at])}</td>`)}<td lang="en" data-label=${t("quality.message")}>${file[10] || ""}</td></tr>`)}</tbody></table></div><//>`;
  }

  function Conflicts({ core, conflicts }) {
    const fields = Object.entries(conflicts);
    const at = new Map(fields.length ? core.columns.id.map((id, row) => [id, row]) : []);
    return html`<${Section} id="conflicts" title=${t("quality.conflicts")} note=${t("quality.conflicts_note")}>
      ${fields.length ? fields.map(([field, found]) => html`<h3>${field} <span class="unit">${number(found.n)}</span></h3>
        <ul class="gaps">${found.examples.map(([id, one, left, other, right, chosen, rule]) => {
          const ask = core.columns.ask[at.get(id)];
          return html`<li>${ask >= 0 ? html`<a href=${UPR.address.write("ask", core.asks.id[ask], { rec: id })}>${UPR.citation.place(core, at.get(id))}</a>` : id}:
            ${t("ask.conflict", { field, one: t(`source.${one}`), left: left ?? "–", other: t(`source.${other}`), right: right ?? "–", chosen: chosen ?? "–", rule })}</li>`;
        })}</ul>`) : html`<p>${t("quality.no_conflicts")}</p>`}<//>`;
  }

  function Pairs({ title, rows, left, right, id }) {
    return html`<${Section} id=${id} title=${title}><table class="plain compact"><caption class="hidden">${title}</caption>
      <tbody>${rows.map(([one, other, n]) => html`<tr><th scope="row">${one ? left(one) : "–"}</th><td>${right(other)}</td><td class="number">${number(n)}</td></tr>`)}</tbody></table><//>`;
  }

  function Words2({ title, rows, note, none, id }) {
    return html`<${Section} id=${id} title=${title} note=${note}>${rows.length ? html`<ul class="gaps">${rows.map(([text, n]) => html`<li><${Words} text=${text} /> <span class="unit">${number(n)}×</span></li>`)}</ul>`
      : html`<p>${none}</p>`}<//>`;
  }

  function Quality({ core }) {
    const read = useData("quality");
    const q = read.value;
    const languages = new Intl.DisplayNames(UPR.words.language, { type: "language" });
    return html`<h1 tabindex="-1">${t("quality.title")}</h1><p class="lead">${t("quality.lead")}</p>
      ${!q ? html`<${Waiting} of=${read} />` : html`<${Models} models=${q.models} />
        <${Tags} ...${q} /><${Files} files=${q.files} /><${Conflicts} core=${core} conflicts=${q.conflicts} />
        <div class="two even"><${Pairs} id="read-from" title=${t("quality.positions")} rows=${q.positions} left=${(name) => t(`source.${name}`)} right=${(name) => t(`position.${name}`)} />
          <${Pairs} id="languages" title=${t("quality.languages")} rows=${q.languages} left=${(code) => languages.of(code)} right=${(name) => t(`mechanism.${name}`)} /></div>
        <div class="two even"><${Words2} id="skipped" title=${t("quality.why_skipped")} rows=${q.skipped} none=${t("quality.none_skipped")} />
          <${Words2} id="unknown" title=${t("quality.unknown_names")} rows=${q.unknown_states} note=${t("quality.unknown_note")} none=${t("quality.no_unknown")} /></div>`}`;
  }

  return { Quality };
})();
