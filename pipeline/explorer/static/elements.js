"use strict";
// Small parts that every page uses. Preact writes all values as text: nothing from a document is ever markup.
UPR.elements = (() => {
  const html = htm.bind(preact.h);
  const { useState, useEffect } = preactHooks;
  const { t, number } = UPR.words;

  // Words of a document: in their own direction and, where known, language.
  function Words({ text, language, tag = "span", className = "" }) {
    return preact.h(tag, { dir: "auto", lang: language || undefined, class: `words ${className}` }, text);
  }

  // Content of a data file: {value} once read, {error} if it cannot be.
  function useData(name) {
    const [state, set] = useState({});
    useEffect(() => {
      let wanted = true;
      set({});
      if (name) {
        UPR.load(name).then((value) => wanted && set({ value }), (error) => wanted && set({ error }));
      }
      return () => { wanted = false; };
    }, [name]);
    return state;
  }

  function Waiting({ of }) {
    if (of.error) return html`<p class="notice" role="alert">${t("page.unreadable", { name: of.error.message })}</p>`;
    return html`<p class="waiting" role="status">${t("page.reading")}</p>`;
  }

  function Section({ id, title, note, children, className = "" }) {
    return html`<section id=${id} class=${`block ${className}`} aria-labelledby=${`${id}-title`}>
      <h2 id=${`${id}-title`}>${title}</h2>
      ${note && html`<p class="note">${note}</p>`}
      ${children}
    </section>`;
  }

  function Count({ n, unit }) {
    return html`<span class="count"><b>${number(n)}</b> <span class="unit">${t(`unit.${unit}`, { n })}</span></span>`;
  }

  // A button that says for a moment that it has done what it does.
  function Doing({ label, done, act, className = "quiet" }) {
    const [said, say] = useState(false);
    const click = async () => {
      await act();
      say(true);
      setTimeout(() => say(false), 1800);
    };
    return html`<button type="button" class=${className} onClick=${click}>
      <span aria-live="polite">${said ? done : label}</span></button>`;
  }

  function save(name, parts, type) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(parts, { type }));
    link.download = name;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = document.createElement("textarea"); // where the page may not use the clipboard itself
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
  }

  return { html, Words, Waiting, Section, Count, Doing, useData, save, copy };
})();
