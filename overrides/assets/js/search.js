/* Search by substring in the page itself: it finds words in any script without knowing where words end. The texts come
   as scripts, first those of the reader's own module, so that it works from a memory stick as well. Why not an engine
   of others, and how good this is in figures: benchmarks/README.md. */
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
      site.titles = site.pages.map(([, title]) => fold(title));
      site.names = site.terms.map(([, term, forms]) => [term, ...forms].map(fold));
    }
    show();
    const part = async ([, file]) => { await load(`${root}search/${locale}/${file}`); soon ??= setTimeout(show, 100); };
    const own = [...site.open].filter(([group]) => group === here);
    await Promise.all(own.map(part));
    await Promise.all([...site.open].map(part)); // together: a slow line has long ways rather than narrow ones
  };

  /* Each word, or phrase in quotes, must be there, whatever its ending in the plural. Latin letters count where a word
     begins: who looks for "aid" does not mean "paid". What is nowhere so is looked for inside words, and Chinese in pairs
     of letters. */
  const ENDINGS = {
    en: [[/ies$/, ["y"]], [/([^aeiou])y$/, ["$1ies"]]],
    es: [[/^(.{2,}[dlnr])es$/, ["$1"]]],
    ur: [[/^(.{2,})(?:[\u06c1\u0627\u06d2]|\u0648\u06ba)$/, ["$1\u06c1", "$1\u0627", "$1\u06d2", "$1\u0648\u06ba"]], [/^(.{3,})[\u0648\u06cc]\u06ba$/, ["$1"]]],
  };
  const wordsOf = (query) => [...query.matchAll(/"([^"]+)"|[^\s"]+/g)].map((match) => (match[1] ?? match[0]).trim()).filter(Boolean);
  const formsOf = (word, locale) => {
    const forms = /^[a-z].{2,}s$/.test(word) ? [word, word.slice(0, -1)] : [word];
    for (const [ending, others] of ENDINGS[locale] || []) if (ending.test(word)) forms.push(...others.map((other) => word.replace(ending, other)));
    return [...new Set(forms)];
  };
  const pairsOf = (word) => (/^[\u3400-\u9fff]{4,}$/.test(word) ? [...word].slice(1).map((letter, at) => word[at] + letter) : [word]);
  const LATIN = /[a-z0-9\u00df-\u024f]/;
  const placeOf = (text, form, inside, from = 0) => {
    let at = text.indexOf(form, from);
    if (!inside && LATIN.test(form[0])) while (at > 0 && LATIN.test(text[at - 1])) at = text.indexOf(form, at + 1);
    return at;
  };
  const timesOf = (text, form, inside) => {
    let times = 0;
    for (let at = placeOf(text, form, inside); at >= 0 && times < 5; at = placeOf(text, form, inside, at + form.length)) times += 1;
    return times;
  };
  const begins = (text, form) => text.startsWith(form) || text.includes(` ${form}`);

  const find = (site, query, words, inside) => {
    const forms = words.map((word) => formsOf(word, site.locale)), whole = forms.length === 1 ? [query, ...forms[0]] : [query], results = [];
    const has = (text, one) => one.some((form) => placeOf(text, form, inside) >= 0);
    site.terms.forEach(([address, term, , definition], at) => {
      const names = site.names[at], all = (name) => forms.every((one) => has(name, one));
      const rank = names.some((name) => whole.includes(name)) ? 900 : all(names[0]) ? (whole.some((form) => begins(names[0], form)) ? 500 : 350) : names.some(all) ? 150 : 0;
      if (rank) results.push({ site, rank, address, title: term, place: site.words.glossary, text: definition, forms, inside });
    });
    const pages = new Map(), scattered = new Map();
    const add = (section, rank) => {
      const [address, name, place] = site.pages[section.page];
      results.push({ site, rank, address: address + (section.anchor && `#${section.anchor}`), title: section.heading || name, place: section.heading ? name : place, text: section.text, body: section.body, forms, inside });
    };
    for (const section of site.sections) {
      const title = site.titles[section.page], there = forms.map((one) => has(section.body, one) || has(section.head, one)), count = there.filter(Boolean).length;
      if (!there.every((yes, at) => yes || has(title, forms[at]))) {
        const best = scattered.get(section.page) || { count: 0, seen: new Set() };
        there.forEach((yes, at) => yes && best.seen.add(at));
        scattered.set(section.page, count > best.count ? { ...best, count, section } : best);
        continue;
      }
      let rank = whole.includes(title) ? 400 : has(title, whole) ? 160 : 0;
      rank += has(section.head, whole) ? 120 : 0;
      rank += has(section.body, whole) ? 40 : 0;
      forms.forEach((one, at) => {
        rank += has(title, one) ? 30 : 0;
        rank += has(section.head, one) ? 25 : 0;
        const form = one.find((each) => placeOf(section.body, each, inside) >= 0);
        if (form) rank += (begins(section.body, form) ? 6 : 0) + 2 * timesOf(section.body, form, inside);
        else if (!there[at]) rank -= 25; // only the page's title has it
      });
      if (section.anchor === "sources") rank -= 60;
      const before = pages.get(section.page) || 0;
      pages.set(section.page, before + 1);
      add(section, rank - 8 * before);
    }
    // Pages that have all words, but no section has: the section with most of them, after all others.
    for (const [page, { count, seen, section }] of scattered) {
      if (section && !pages.has(page) && forms.every((one, at) => seen.has(at) || has(site.titles[page], one))) add(section, 10 * count - 200);
    }
    return results;
  };

  /* Where each letter of a folded text came from, up to so many, to mark the words in the text as it is written. */
  const letters = new Map();
  const trace = (text, enough) => {
    let folded = "";
    const places = [];
    let at = 0;
    for (; at < text.length && folded.length < enough; at += 1) {
      if (!letters.has(text[at])) letters.set(text[at], fold(text[at]));
      let letter = letters.get(text[at]);
      if (letter === " " && folded.endsWith(" ")) letter = "";
      if (letter === "\u178a" && folded.endsWith("\u17d2")) letter = "\u178f";
      for (let count = letter.length; count; count -= 1) places.push(at);
      folded += letter;
    }
    return { folded, places: [...places, at] };
  };
  const cut = (text, at, step) => { // never inside a letter with its marks
    let place = Math.max(0, Math.min(at, text.length));
    while (place > 0 && place < text.length && (/[\p{M}\u17d2]/u.test(text[place]) || /[\u17d2\ud800-\udbff]/.test(text[place - 1]))) place += step;
    const blank = step > 0 ? text.indexOf(" ", place) : text.lastIndexOf(" ", place);
    return blank >= 0 && Math.abs(blank - place) < 16 ? blank : place;
  };
  const passage = ({ text, body = fold(text), forms, inside }) => {
    const all = forms.flat(), firsts = all.map((form) => placeOf(body, form, inside)).filter((at) => at >= 0);
    const { folded, places } = trace(text, (firsts.length ? Math.min(...firsts) : 0) + 300), marks = [];
    for (const form of all) for (let at = placeOf(folded, form, inside); at >= 0; at = placeOf(folded, form, inside, at + form.length)) marks.push([places[at], places[at + form.length]]);
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

  let soon, dialog, field, status, list, more, english, shown = PAGE, problem = false;
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
    clearTimeout(soon);
    soon = undefined;
    if (!dialog) return;
    const { words } = sites[own], query = fold(field.value).trim();
    const open = Object.values(sites).some((site) => site.open.size);
    const wanted = wordsOf(query), bare = wanted.join(" ");
    let results = [];
    if (bare) {
      const all = (words, inside) => Object.values(sites).flatMap((site) => find(site, bare, words, inside));
      results = all(wanted, false);
      if (!results.length) results = all(wanted.flatMap(pairsOf), true);
    }
    results.sort((a, b) => b.rank - a.rank);
    const held = list.contains(document.activeElement) && document.activeElement.getAttribute("href"); // texts may still come in
    list.replaceChildren(...results.slice(0, shown).map((result) => {
      const { site, address, title, place } = result;
      const link = make("a", { href: root + address }, make("span", { className: "search-title", textContent: title }), make("span", { className: "search-place", textContent: place }), passage(result));
      const item = make("li", {}, link);
      if (site.locale !== own) { item.lang = site.locale; item.dir = site.dir; }
      return item;
    }));
    if (held) [...list.querySelectorAll("a")].find((link) => link.getAttribute("href") === held)?.focus();
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
