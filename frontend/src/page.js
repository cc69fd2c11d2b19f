/*
 * The first script of every page, /page.js; scripts/stable-names.ts fills in the names. It asks for the entry, and runs it
 * when what the HTML says has been painted: before that it would only keep people waiting.
 */
(() => {
  const ENTRY = "__ENTRY__";
  const NEEDED = ["__NEEDED__"];
  const NEEDED_BY_AN_ANNOUNCEMENT = ["__NEEDED_BY_AN_ANNOUNCEMENT__"];
  const LANGUAGES = ["en", "pl"];
  const NOT_STARTED = [
    ["en", "This page could not start. Please load it again, or open it in a newer browser."],
    ["pl", "Ta strona nie mogła się uruchomić. Wczytaj ją ponownie albo otwórz w nowszej przeglądarce."],
  ];
  const PATIENCE = 1_000; // milliseconds: a page in the background is not painted
  const page = document.documentElement;

  /** The same choice as in lib/language.ts, for the first words of index.html, which have both languages. */
  function language() {
    const wanted = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase());
    return [chosen(), ...wanted].find((code) => LANGUAGES.includes(code)) ?? "en";
  }

  function chosen() {
    try {
      return localStorage.getItem("language");
    } catch {
      return null; // a browser that keeps nothing
    }
  }

  async function start() {
    const pictures = [...document.querySelectorAll("main img")].map((picture) =>
      picture.decode().catch(() => undefined),
    );
    const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
    await Promise.race([late, Promise.all(pictures).then(nextPaint)]);
    await import(ENTRY).catch(sayThatItFailed);
  }

  /** Instead of staying mute: the browser is too old for it, or the line broke. */
  function sayThatItFailed(reason) {
    const said = NOT_STARTED.map(([lang, text]) =>
      Object.assign(document.createElement("p"), { lang, className: "notice", textContent: text }),
    );
    const place = document.createElement("div");
    place.setAttribute("role", "alert");
    place.append(...said);
    document.body.prepend(place);
    console.error(reason);
  }

  const nextPaint = () =>
    new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));

  if (page.dataset.page !== undefined) {
    page.lang = language();
    page.dataset.page = location.pathname === "/" ? "map" : "other";
  }
  for (const href of location.pathname.startsWith("/a/") ? NEEDED_BY_AN_ANNOUNCEMENT : NEEDED)
    document.head.append(Object.assign(document.createElement("link"), { rel: "modulepreload", href }));
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", start);
  else start();
})();
