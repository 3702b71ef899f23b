"use strict";
// Reads the data files beside the page. A page opened from a disk may not fetch files, but it may run scripts:
// each data file is a script that calls UPR.receive(name, packed), packed being base64 of gzipped JSON.
window.UPR = (() => {
  const folder = document.documentElement.dataset.folder;
  const packed = new Map();
  const promises = new Map();

  function bytes(base64) {
    const text = atob(base64);
    const found = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i++) found[i] = text.charCodeAt(i);
    return found;
  }

  function unpack(base64) {
    return JSON.parse(new TextDecoder().decode(fflate.gunzipSync(bytes(base64))));
  }

  function receive(name, base64) {
    packed.set(name, base64);
  }

  // Returns a promise of the content of a data file; each file is read once.
  function load(name) {
    if (!promises.has(name)) promises.set(name, packed.has(name) ? Promise.resolve(take(name)) : fetchScript(name));
    return promises.get(name);
  }

  function take(name) {
    const content = unpack(packed.get(name));
    packed.delete(name);
    return content;
  }

  function fetchScript(name) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = `${folder}/data/${name}.js`;
      script.onload = () => {
        script.remove();
        packed.has(name) ? resolve(take(name)) : reject(new Error(name));
      };
      script.onerror = () => reject(new Error(name));
      document.head.append(script);
    });
  }

  // Where the values of each row begin in a column that holds several a row.
  function starts(counts) {
    const found = new Int32Array(counts.length + 1);
    for (let i = 0; i < counts.length; i++) found[i + 1] = found[i] + counts[i];
    return found;
  }

  // Makes the columns of all recommendations ready for quick passes.
  function prepare(core) {
    for (const name of ["state", "mechanism", "position", "action", "cycle", "year", "ask", "pledge"]) {
      core.columns[name] = Int32Array.from(core.columns[name]);
    }
    for (const column of Object.values(core.several)) {
      column.start = starts(column.n);
      column.v = Int32Array.from(column.v);
    }
    core.stateAt = new Map(core.lists.states.map(([code], at) => [code, at]));
    core.askAt = new Map(core.asks.id.map((id, at) => [id, at]));
    core.texts = new Array(core.n).fill(null);
    core.textsRead = 0;
    return core;
  }

  // Reads the texts of all recommendations, file by file; calls `step` after each.
  async function loadTexts(core, step) {
    const files = Math.ceil(core.n / core.rows_per_file);
    for (let file = 0; file < files; file++) {
      const texts = await load(`texts/${file}`);
      if (core.textsRead <= file * core.rows_per_file) {
        texts.forEach((text, at) => (core.texts[file * core.rows_per_file + at] = text));
        core.textsRead = file * core.rows_per_file + texts.length;
      }
      if (step) step(core.textsRead);
    }
    return core.texts;
  }

  function several(core, name, row) {
    const column = core.several[name];
    return column.v.subarray(column.start[row], column.start[row + 1]);
  }

  return { receive, load, prepare, loadTexts, several, folder };
})();
