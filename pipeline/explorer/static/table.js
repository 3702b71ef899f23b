"use strict";
// The table of a search: only the rows in view are in the page, however many there are.
UPR.table = (() => {
  const { html, Words, Doing, copy } = UPR.elements;
  const { t, number } = UPR.words;
  const { Position } = UPR.marks;
  const PRINTED = 400; // rows on paper; the CSV file has them all

  class Table extends preact.Component {
    constructor(props) {
      super(props);
      this.body = preact.createRef();
      this.virtual = new TanStackVirtual.Virtualizer(this.options());
      this.measure = (element) => element && this.virtual.measureElement(element);
      this.print = () => this.setState({ printing: true });
      this.printed = () => this.setState({ printing: false });
    }

    options() {
      const rows = this.props.rows;
      return {
        count: rows.length,
        getScrollElement: () => window,
        estimateSize: () => (window.innerWidth < 720 ? 190 : 96),
        overscan: 8,
        getItemKey: (at) => rows[at],
        scrollMargin: this.margin || 0,
        initialOffset: () => window.scrollY,
        observeElementRect: TanStackVirtual.observeWindowRect,
        observeElementOffset: TanStackVirtual.observeWindowOffset,
        scrollToFn: TanStackVirtual.windowScroll,
        onChange: () => this.setState({}),
      };
    }

    componentDidMount() {
      this.leave = this.virtual._didMount();
      this.virtual._willUpdate();
      this.place();
      addEventListener("beforeprint", this.print);
      addEventListener("afterprint", this.printed);
    }

    componentDidUpdate() {
      this.virtual._willUpdate();
      this.place();
    }

    componentWillUnmount() {
      this.leave();
      removeEventListener("beforeprint", this.print);
      removeEventListener("afterprint", this.printed);
    }

    // Where the first row begins on the page: it moves when facets open or the window changes.
    place() {
      const margin = Math.round(this.body.current.getBoundingClientRect().top + window.scrollY);
      if (margin !== this.margin) {
        this.margin = margin;
        this.setState({});
      }
    }

    render({ core, rows, asAsks }, { printing }) {
      this.virtual.setOptions(this.options());
      const heads = ["recommendation", "asked_by", "position", "asked"];
      const items = printing ? null : this.virtual.getVirtualItems();
      const height = this.virtual.getTotalSize();
      return html`<div class="table" role="table" aria-label=${t("search.results")} aria-rowcount=${rows.length + 1}>
        <div role="rowgroup"><div class="row head" role="row" aria-rowindex="1">
          ${heads.map((name) => html`<div role="columnheader">${t(`column.${name}`)}</div>`)}</div></div>
        <div role="rowgroup" class="rows" ref=${this.body} style=${printing ? {} : { height: `${height}px` }}>
          ${printing
            ? rows.slice(0, PRINTED).map((row, at) => html`<${Row} key=${row} ...${{ core, row, at, asAsks }} />`)
            : items.map((item) => html`<${Row} key=${item.key} measure=${this.measure} at=${item.index}
                top=${item.start - (this.margin || 0)} ...${{ core, row: rows[item.index], asAsks }} />`)}
        </div>
        ${printing && rows.length > PRINTED ? html`<p>${t("search.printed", { shown: PRINTED, n: rows.length })}</p>` : null}
      </div>`;
    }
  }

  function Row({ core, row, at, top, measure, asAsks }) {
    const { columns, lists } = core;
    const text = core.texts[row];
    const ask = columns.ask[row];
    const link = ask < 0 ? null : UPR.address.write("ask", core.asks.id[ask], asAsks ? {} : { rec: columns.id[row] });
    const upr = lists.mechanisms[columns.mechanism[row]] === "upr";
    const words = text == null ? html`<span class="waiting">…</span>`
      : html`<${Words} text=${text} language=${lists.languages[columns.language[row]]} />`;
    return html`<div class="row" role="row" aria-rowindex=${at + 2} data-index=${at} ref=${measure}
        style=${top == null ? {} : { transform: `translateY(${top}px)`, position: "absolute" }}>
      <div role="cell" class="what">${link ? html`<a href=${link}>${words}</a>` : words}
        <div class="meta"><a href=${UPR.address.write("state", lists.states[columns.state[row]][0])} lang="en">${
          lists.states[columns.state[row]][1] || t("page.unknown_state")}</a>
          <span>${UPR.citation.place(core, row)}</span>${columns.year[row] ? html`<span>${columns.year[row]}</span>` : null}
          ${columns.pledge[row] ? html`<span class="tag">${t("unit.pledge")}</span>` : null}
          <${Doing} label=${t("citation.copy")} done=${t("citation.copied")} className="link"
            act=${() => copy(UPR.citation.cite(core, row, text))} /></div></div>
      <div role="cell" class="who" lang="en">${who(core, row, upr)}</div>
      <div role="cell" class="answer-cell">${upr && !columns.pledge[row]
        ? html`<${Position} position=${lists.positions[columns.position[row]]} />` : html`<span class="unit">${t("position.not_asked")}</span>`}
        ${columns.action[row] ? html`<div class="unit">${t(`action.${columns.action[row]}`)}</div>` : null}</div>
      <div role="cell" class="times">${ask < 0 ? "–" : html`<b>${number(core.asks.n[ask])}</b>${" "}<span class="unit">${t("unit.time", { n: core.asks.n[ask] })}</span>`}</div>
    </div>`;
  }

  function who(core, row, upr) {
    if (!upr) return core.lists.bodies[core.columns.body[row]] || "";
    const names = UPR.citation.askers(core, row);
    return names.length > 4 ? `${names.slice(0, 3).join(", ")} +${names.length - 3}` : names.join(", ");
  }

  return { Table };
})();
