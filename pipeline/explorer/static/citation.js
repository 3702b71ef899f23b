"use strict";
// How a recommendation is cited, and the rows of a search as a CSV file.
UPR.citation = (() => {
  const { t } = UPR.words;

  // "A/HRC/43/15, para. 121.3" or, without a symbol, "UPR session 13".
  function place(core, row) {
    const { symbol, paragraph, session, mechanism, body } = core.columns;
    const document = core.lists.symbols[symbol[row]]
      || (core.lists.mechanisms[mechanism[row]] === "upr" && session[row] ? t("citation.session", { session: String(session[row]) })
        : core.lists.bodies[body[row]]) || t("citation.no_document");
    return paragraph[row] ? t("citation.paragraph", { document, paragraph: paragraph[row] }) : document;
  }

  function askers(core, row) {
    return [...UPR.several(core, "from", row)].map((at) => core.lists.from[at][1]);
  }

  // The sentence for a footnote: State, document, paragraph, who asked, the words, the position and its source.
  function cite(core, row, text, quote) {
    const state = core.lists.states[core.columns.state[row]][1] || t("page.unknown_state");
    const who = askers(core, row);
    const position = core.lists.positions[core.columns.position[row]];
    const head = `${state}, ${place(core, row)}${who.length ? ` (${who.join(", ")})` : ""}`;
    if (core.lists.mechanisms[core.columns.mechanism[row]] !== "upr") return `${head}: “${text}”.`;
    return `${head}: “${text}”. ${t("citation.position", { position: t(`position.${position}`) })}${quote ? ` (“${quote}”)` : ""}.`;
  }

  // A text that a spreadsheet could take for a formula gets an apostrophe before it (OWASP, "CSV injection").
  function cell(value) {
    const text = value == null ? "" : String(value);
    const safe = typeof value !== "number" && /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
  }

  const HEAD = [
    "recommendation_id", "state_under_review", "state_name", "mechanism", "body", "document_symbol", "paragraph", "clause",
    "session", "cycle", "year", "text", "recommending_states", "position", "action", "themes", "uhri_themes", "groups",
    "sdgs", "ask_id", "times_asked",
  ];

  // Names of columns are those of the tables, so that the file can be joined to them.
  function csv(core, rows) {
    const { columns, lists } = core;
    const labels = (name, row) => [...UPR.several(core, name, row)].map((at) => lists[name][at][1]).join("; ");
    const goals = (row) => [...UPR.several(core, "sdgs", row)].map((at) => lists.sdgs[at][0].replace("sdg:", "")).join("; ");
    const known = (list, code) => (code < 0 ? null : list[code]);
    const lines = rows.map((row) => [
      columns.id[row], lists.states[columns.state[row]][0], lists.states[columns.state[row]][1],
      lists.mechanisms[columns.mechanism[row]], known(lists.bodies, columns.body[row]), known(lists.symbols, columns.symbol[row]),
      columns.paragraph[row] == null ? null : String(columns.paragraph[row]), columns.clause[row] || null,
      columns.session[row] || null, columns.cycle[row] || null, columns.year[row] || null, core.texts[row],
      askers(core, row).join("; "), lists.positions[columns.position[row]], columns.action[row] || null,
      labels("themes", row), labels("uhri_themes", row), labels("groups", row), goals(row),
      columns.ask[row] < 0 ? null : core.asks.id[columns.ask[row]], columns.ask[row] < 0 ? null : core.asks.n[columns.ask[row]],
    ].map(cell).join(","));
    return `\ufeff${[HEAD.join(","), ...lines].join("\r\n")}\r\n`;
  }

  return { place, askers, cite, csv, cell };
})();
