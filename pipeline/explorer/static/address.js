"use strict";
// The address after # says which page is shown and with which filters, so that a link brings others to the same view.
UPR.address = (() => {
  // "#/search?state=SVN,AUS&q=torture" -> {page: "search", name: "", query: {state: ["SVN", "AUS"], q: ["torture"]}}
  function read(hash = location.hash) {
    const [path, search = ""] = hash.replace(/^#\/?/, "").split(/\?(.*)/s);
    const [page = "", ...rest] = path.split("/");
    const query = {};
    for (const [key, value] of new URLSearchParams(search)) {
      query[key] = key === "q" ? [value] : value.split(",").filter(Boolean);
    }
    return { page: page || "home", name: safely(rest.join("/")), query };
  }

  function safely(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  }

  function write(page, name = "", query = {}) {
    const pairs = Object.entries(query)
      .map(([key, values]) => [key, [values].flat().filter((value) => value !== "" && value != null)])
      .filter(([, values]) => values.length)
      .map(([key, values]) => `${key}=${values.map((value) => encode(String(value), key)).join(",")}`);
    const path = page === "home" ? "#/" : `#/${page}${name ? `/${encodeURIComponent(name)}` : ""}`;
    return path + (pairs.length ? `?${pairs.join("&")}` : "");
  }

  // A comma parts values, so one inside a value is written as its code twice over.
  function encode(value, key) {
    return encodeURIComponent(key === "q" ? value : value.replace(/,/g, "%2C")).replace(/%3A/g, ":");
  }

  function values(query, key) {
    return (query[key] || []).map(safely);
  }

  return { read, write, values };
})();
