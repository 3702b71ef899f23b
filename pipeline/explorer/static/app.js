"use strict";
// The frame of all pages: what the address names is shown; a change of page moves focus to its heading.
(() => {
  const { html, Waiting } = UPR.elements;
  const { t, NAMES } = UPR.words;
  const { useState, useEffect, useMemo, useRef } = preactHooks;
  const PAGES = {
    home: UPR.home.Home, state: UPR.state.State, ask: UPR.ask.Ask, search: UPR.search.Search,
    quality: UPR.quality.Quality, about: UPR.about.About,
  };

  function Languages({ language, choose }) {
    return html`<label class="languages"><span class="hidden">${t("nav.language")}</span>
      <select value=${language} onChange=${(event) => choose(event.target.value)}>
        ${Object.entries(NAMES).map(([code, name]) => html`<option value=${code} lang=${code}>${name}</option>`)}</select></label>`;
  }

  function Frame({ page, language, choose, children }) {
    const current = (name) => (page === name ? "page" : undefined);
    return html`<a class="skip" href="#main" onClick=${skip}>${t("nav.skip")}</a>
      <header class="top"><div class="inside"><a class="brand" href="#/">${t("page.name")}</a>
        <nav aria-label=${t("nav.pages")}>${["home", "search", "quality", "about"].map((name) => html`
          <a href=${UPR.address.write(name)} aria-current=${current(name)}>${t(`nav.${name}`)}</a>`)}</nav>
        <${Languages} language=${language} choose=${choose} /></div></header>
      <main id="main" tabindex="-1" class="inside">${children}</main>
      <footer class="inside"><p class="note">${t("page.footer")}</p></footer>`;
  }

  function skip(event) {
    event.preventDefault();
    document.getElementById("main").focus();
  }

  function App({ core }) {
    const [address, go] = useState(UPR.address.read());
    const [language, setLanguage] = useState(UPR.words.language);
    const before = useRef(null);
    useEffect(() => {
      const moved = () => go(UPR.address.read());
      addEventListener("hashchange", moved);
      return () => removeEventListener("hashchange", moved);
    }, []);
    const known = PAGES[address.page] ? address.page : "home";
    const place = `${known}/${address.name}`;
    useEffect(() => {
      const heading = document.querySelector("main h1");
      if (heading) document.title = `${heading.textContent} · ${t("page.name")}`;
      if (before.current !== null && before.current !== place) {
        if (!address.query.rec) scrollTo(0, 0);
        if (heading) heading.focus({ preventScroll: true });
      }
      before.current = place;
    });
    const facets = useMemo(() => UPR.filter.makeFacets(core), [core, language]);
    const choose = (wanted) => setLanguage(UPR.words.choose(wanted));
    const Page = PAGES[known];
    return html`<${Frame} page=${known} language=${language} choose=${choose}>
      <${Page} key=${`${place} ${language}`} core=${core} facets=${facets} name=${address.name} query=${address.query} /><//>`;
  }

  async function begin() {
    const root = document.getElementById("app");
    try {
      UPR.words.begin(await UPR.load("strings"));
      const core = UPR.prepare(await UPR.load("core"));
      root.replaceChildren();
      preact.render(html`<${App} core=${core} />`, root);
      UPR.core = core;
    } catch (error) {
      root.replaceChildren();
      preact.render(html`<main class="inside"><${Waiting} of=${{ error }} /></main>`, root);
      throw error;
    }
  }

  begin();
})();
