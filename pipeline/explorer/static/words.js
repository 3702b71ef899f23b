"use strict";
// Words, numbers and plurals in the language chosen; all texts come from data/strings.js.
UPR.words = (() => {
  const NAMES = { en: "English", fr: "Français", es: "Español" };
  let strings = { en: {} };
  let language = "en";

  function remembered() {
    try {
      return localStorage.getItem("upr-language");
    } catch {
      return null; // some browsers keep nothing for pages opened from a disk
    }
  }

  function choose(wanted) {
    language = strings[wanted] ? wanted : "en";
    document.documentElement.lang = language;
    try {
      localStorage.setItem("upr-language", language);
    } catch {
      // nothing to remember it with: the choice holds until the page is closed
    }
    return language;
  }

  function begin(all) {
    strings = all;
    const known = [remembered(), ...(navigator.languages || [])].filter(Boolean).map((tag) => tag.slice(0, 2));
    return choose(known.find((tag) => strings[tag]) || "en");
  }

  function number(value) {
    return new Intl.NumberFormat(language).format(value);
  }

  function percent(part, whole) {
    if (!whole) return "–";
    return new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 }).format(part / whole);
  }

  function share(value, digits = 0) {
    return new Intl.NumberFormat(language, {
      style: "percent", minimumFractionDigits: digits, maximumFractionDigits: digits,
    }).format(value);
  }

  // The text of a key with {names} filled in; with `n`, the form of the plural that the language asks for.
  function t(key, values = {}) {
    const own = strings[language];
    const form = "n" in values ? new Intl.PluralRules(language).select(values.n) : null;
    const text = (form && (own[`${key}_${form}`] ?? own[`${key}_other`])) ?? own[key] ?? strings.en[key] ?? key;
    return text.replace(/\{(\w+)\}/g, (whole, name) =>
      name in values ? (typeof values[name] === "number" && name !== "year" ? number(values[name]) : values[name]) : whole);
  }

  function list(items) {
    return new Intl.ListFormat(language, { type: "conjunction" }).format(items);
  }

  function day(iso) {
    const date = new Date(iso);
    return Number.isNaN(date.getTime()) ? iso : new Intl.DateTimeFormat(language, { dateStyle: "long" }).format(date);
  }

  return { t, number, percent, share, list, day, begin, choose, NAMES, get language() { return language; } };
})();
