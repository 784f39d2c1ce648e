/* Search by substring in the page itself: it finds words in any script without knowing where words end. The texts come
   as scripts, first those of the reader's own module, so that it works from a memory stick as well. */
(() => {
  const button = document.querySelector(".search-button"), root = button.dataset.root, own = document.documentElement.lang;
  const fold = window.journeyFold, sites = {}, PAGE = 20;
  const make = (tag, properties = {}, ...children) => { const one = Object.assign(document.createElement(tag), properties); one.append(...children); return one; };

  window.journeySearch = {
    index: (locale, data) => { sites[locale] = { ...data, locale, sections: [], open: new Map(data.parts) }; },
    part: (locale, group, rows) => {
      const site = sites[locale];
      if (!site.open.delete(group)) return;
      for (const [page, anchor, heading, text] of rows) site.sections.push({ site, page, anchor, heading, text, head: fold(heading), body: fold(text) });
    },
  };

  const load = (address) => new Promise((done, failed) => {
    const script = make("script", { src: address, onload: done, onerror: () => { script.remove(); failed(new Error(address)); } });
    document.head.append(script);
  });
  const fetchSite = async (locale) => {
    if (!sites[locale]) await load(`${root}search/${locale}/index.js`);
    const site = sites[locale], here = button.dataset.group;
    if (!site.titles) {
      site.titles = site.pages.map(([, title, , description]) => ({ title: fold(title), description: fold(description) }));
      site.names = site.terms.map(([, term, forms]) => [term, ...forms].map(fold));
    }
    show();
    for (const [group, file] of [...site.open].sort(([a], [b]) => (b === here) - (a === here))) { await load(`${root}search/${locale}/${file}`); show(); }
  };

  /* Each word, or phrase in quotes, must be there. A plural s may be missing or too many; Chinese that is nowhere as a
     whole is looked for in pairs of letters. */
  const wordsOf = (query) => [...query.matchAll(/"([^"]+)"|[^\s"]+/g)].map((match) => (match[1] ?? match[0]).trim()).filter(Boolean);
  const formsOf = (word) => (/^[a-z].{2,}s$/.test(word) ? [word, word.slice(0, -1)] : [word]);
  const pairsOf = (word) => (/^[\u3400-\u9fff]{4,}$/.test(word) ? [...word].slice(1).map((letter, at) => word[at] + letter) : [word]);
  const has = (text, forms) => forms.some((form) => text.includes(form));
  const begins = (text, form) => text === form || text.startsWith(form) || text.includes(` ${form}`);

  const find = (site, query, words) => {
    const forms = words.map(formsOf), results = [];
    site.terms.forEach(([address, term, , definition], at) => {
      const names = site.names[at];
      const rank = names.some((name) => name === query) ? 900 : names.some((name) => forms.every((one) => has(name, one))) ? (begins(names[0], query) ? 500 : 350) : 0;
      if (rank) results.push({ site, rank, address, title: term, place: site.words.glossary, text: definition, words: forms });
    });
    const pages = new Map();
    for (const section of site.sections) {
      const { title, description } = site.titles[section.page];
      if (!forms.every((one) => has(section.body, one) || has(section.head, one) || has(title, one))) continue;
      let rank = title === query ? 400 : title.includes(query) ? 160 : 0;
      rank += section.head.includes(query) ? 120 : 0;
      rank += section.body.includes(query) ? 40 : 0;
      for (const one of forms) {
        rank += has(title, one) ? 30 : 0;
        rank += has(section.head, one) ? 25 : 0;
        const form = one.find((each) => section.body.includes(each));
        if (form) rank += (begins(section.body, form) ? 6 : 0) + 2 * Math.min(section.body.split(form).length - 1, 5);
        else if (!has(section.head, one)) rank -= 25; // only the page's title has it
      }
      if (section.anchor === "sources") rank -= 60;
      const before = pages.get(section.page) || 0;
      pages.set(section.page, before + 1);
      const [address, name, place] = site.pages[section.page];
      results.push({ site, rank: rank - 8 * before, address: address + (section.anchor && `#${section.anchor}`), title: section.heading || name, place: section.heading ? name : place, text: section.text, words: forms, description });
    }
    return results;
  };

  /* Where each letter of a folded text came from, to mark the words in the text as it is written. */
  const trace = (text) => {
    let folded = "";
    const places = [];
    for (let at = 0; at < text.length; at += 1) {
      let letter = fold(text[at]);
      if (letter === " " && folded.endsWith(" ")) letter = "";
      if (letter === "\u178a" && folded.endsWith("\u17d2")) letter = "\u178f";
      for (let count = letter.length; count; count -= 1) places.push(at);
      folded += letter;
    }
    return { folded, places: [...places, text.length] };
  };
  const cut = (text, at, step) => { // never inside a letter with its marks
    let place = Math.max(0, Math.min(at, text.length));
    while (place > 0 && place < text.length && (/[\p{M}\u17d2]/u.test(text[place]) || /[\u17d2\ud800-\udbff]/.test(text[place - 1]))) place += step;
    const blank = step > 0 ? text.indexOf(" ", place) : text.lastIndexOf(" ", place);
    return blank >= 0 && Math.abs(blank - place) < 16 ? blank : place;
  };
  const passage = (text, words) => {
    const { folded, places } = trace(text), marks = [];
    for (const form of words.flat()) for (let at = folded.indexOf(form); at >= 0; at = folded.indexOf(form, at + form.length)) marks.push([places[at], places[at + form.length]]);
    marks.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
    const first = marks.length ? marks[0][0] : 0, from = first > 70 ? cut(text, first - 50, 1) : 0, to = cut(text, from + 190, 1);
    const out = make("span", { className: "search-passage" }, from ? "… " : "");
    let end = from;
    for (const [start, stop] of marks) {
      if (start < end || stop > to) continue;
      out.append(text.slice(end, start), make("mark", { textContent: text.slice(start, stop) }));
      end = stop;
    }
    out.append(text.slice(end, to), to < text.length ? " …" : "");
    return out;
  };

  let dialog, field, status, list, more, english, shown = PAGE, problem = false;
  const build = (words) => {
    field = make("input", { type: "search", id: "search-field", autocomplete: "off", spellcheck: false });
    field.setAttribute("aria-describedby", "search-hint");
    status = make("p", { className: "search-status", role: "status" });
    list = make("ol", { className: "search-results" });
    more = make("button", { type: "button", className: "button", textContent: words.more, hidden: true, onclick: () => { const next = shown; shown += PAGE; show(); list.children[next]?.querySelector("a").focus(); } });
    english = make("button", { type: "button", className: "button", textContent: words.english, hidden: own === button.dataset.source, onclick: () => { english.hidden = true; field.focus(); run(button.dataset.source); } });
    const close = make("button", { type: "button", className: "button", textContent: words.close, onclick: () => dialog.close() });
    dialog = make("dialog", { className: "search" },
      make("div", { className: "search-head" }, make("label", { htmlFor: "search-field", textContent: words.title }), close),
      field, make("p", { id: "search-hint", className: "search-hint", textContent: words.hint }), status, list, make("p", { className: "search-more" }, more, english));
    dialog.setAttribute("aria-label", words.title);
    document.body.append(dialog);
    let timer;
    field.addEventListener("input", () => { clearTimeout(timer); shown = PAGE; timer = setTimeout(show, 120); });
    dialog.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target === field) { event.preventDefault(); clearTimeout(timer); show(); list.querySelector("a")?.click(); }
      if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
      const stops = [field, ...list.querySelectorAll("a")], at = stops.indexOf(document.activeElement);
      if (at < 0) return;
      event.preventDefault();
      stops[Math.max(0, Math.min(stops.length - 1, at + (event.key === "ArrowDown" ? 1 : -1)))].focus();
    });
    dialog.addEventListener("click", (event) => { if (event.target === dialog || event.target.closest(".search-results a")) dialog.close(); });
  };

  const show = () => {
    if (!dialog) return;
    const { words } = sites[own], query = fold(field.value).trim();
    const open = Object.values(sites).some((site) => site.open.size);
    const wanted = wordsOf(query), bare = wanted.join(" ");
    let results = [];
    if (bare) {
      results = Object.values(sites).flatMap((site) => find(site, bare, wanted));
      if (!results.length) results = Object.values(sites).flatMap((site) => find(site, bare, wanted.flatMap(pairsOf)));
    }
    results.sort((a, b) => b.rank - a.rank);
    list.replaceChildren(...results.slice(0, shown).map(({ site, address, title, place, text, words: marked }) => {
      const link = make("a", { href: root + address }, make("span", { className: "search-title", textContent: title }), make("span", { className: "search-place", textContent: place }), passage(text, marked));
      const item = make("li", {}, link);
      if (site.locale !== own) { item.lang = site.locale; item.dir = site.dir; }
      return item;
    }));
    more.hidden = results.length <= shown;
    const count = words.found.replace("{count}", results.length);
    status.textContent = problem ? words.failed : open ? words.loading : !bare ? "" : results.length ? count : words.none;
  };
  const run = async (locale) => {
    problem = false;
    try { await fetchSite(locale); } catch { problem = true; }
    show();
  };
  const openPanel = () => { if (!dialog.open) dialog.showModal(); field.focus(); field.select(); show(); };
  window.journeyOpenSearch = async () => {
    if (dialog) { openPanel(); if (problem) run(own); return; }
    await load(`${root}search/${own}/index.js`);
    build(sites[own].words);
    openPanel();
    run(own);
  };
})();
