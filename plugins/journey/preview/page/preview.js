/* The preview's script: asks for news, patches the open page in place, shows what is wrong.

   `pristine` is the page as the server sent it, before other scripts changed anything; each of its nodes knows its live
   counterpart. New text is compared with `pristine`, so what scripts and the reader did to the live page stays:
   scroll, open disclosures, answers. Where a script has built on what changed, the page is loaded again and put back
   where it was. */
(() => {
  const source = document.getElementById("journey-preview");
  if (!source || window.journeyPreview) return;
  const state = JSON.parse(source.textContent), KEPT = "journey-preview-kept";
  const RUN = 'script:not([type="application/ld+json"])'; // what is told to search engines alone runs nothing
  const SCRIPTED = ".item, .quiz, .tool, [data-blank], .glossary, .lens, .facts-list, .progress, .offline, .cite, template, " + RUN;
  const style = document.getElementById("journey-preview-style").content.textContent;
  const live = new Map();
  const pair = (copy, node) => {
    live.set(copy, node);
    for (let one = copy.firstChild, other = node.firstChild; one && other; one = one.nextSibling, other = other.nextSibling) pair(one, other);
  };
  const strip = (root) => root.querySelectorAll("#journey-preview, #journey-preview-style, #journey-preview-style + script, journey-problems").forEach((one) => one.remove());
  let pristine = document.documentElement.cloneNode(true);
  pair(pristine, document.documentElement);
  pristine.removeAttribute("data-theme"); // the reader's choice of colours, set before this script
  strip(pristine);

  /* --- what is wrong --- */
  let overlay = null;
  const make = (name, text, kind) => { const one = document.createElement(name); one.textContent = text; if (kind) one.className = kind; return one; };
  const show = (problems) => {
    overlay?.remove();
    overlay = null;
    if (!problems.length) return;
    overlay = document.createElement("journey-problems");
    const root = overlay.attachShadow({ mode: "open" }), box = document.createElement("section"), list = document.createElement("ul");
    box.setAttribute("role", "alert");
    for (const one of problems) {
      const item = document.createElement("li");
      item.append(make("code", one.line ? `${one.file}:${one.line}` : one.file), " ", one.what);
      if (one.hint) item.append(document.createElement("br"), make("span", one.hint, "hint"));
      list.append(item);
    }
    box.append(list);
    root.append(make("style", style), box);
    document.body.append(overlay);
  };

  /* --- patching --- */
  class Rebuild extends Error {}
  const isScripted = (node) => node.nodeType === 1 && (node.matches(SCRIPTED) || node.querySelector(SCRIPTED));
  const same = (one, other) => one.isEqualNode(other);
  const alike = (one, other) => one.nodeType === other.nodeType && (one.nodeType !== 1 || (one.localName === other.localName && one.id === other.id));
  const within = (node) => node.closest?.(SCRIPTED);
  const replaceable = (node) => { if (isScripted(node) || (node.nodeType !== 1 && node.parentElement && within(node.parentElement))) throw new Rebuild(); };
  const adopt = (node) => { const here = document.importNode(node, true); pair(node, here); return here; };
  const plan = [];
  const attributes = (before, now) => {
    if (within(now) && !now.matches("script")) throw new Rebuild();
    for (const { name } of [...before.attributes]) if (!now.hasAttribute(name)) plan.push(() => live.get(before).removeAttribute(name));
    for (const { name, value } of [...now.attributes]) if (before.getAttribute(name) !== value) plan.push(() => live.get(before).setAttribute(name, value));
  };
  const compare = (before, now) => {
    if (same(before, now)) { remember(before, now); return; }
    if (before.nodeType !== 1) { replaceable(now); const target = live.get(before); plan.push(() => { target.data = now.data; live.set(now, target); }); return; }
    if (before.matches(`${RUN}, template`)) throw new Rebuild();
    attributes(before, now);
    live.set(now, live.get(before));
    children([...before.childNodes], [...now.childNodes], live.get(before));
  };
  const remember = (before, now) => {
    live.set(now, live.get(before));
    for (let one = before.firstChild, other = now.firstChild; one && other; one = one.nextSibling, other = other.nextSibling) remember(one, other);
  };
  /* The longest row of children that are the same stays; what lies between is matched in order, by tag and id. */
  const common = (before, now) => {
    const keys = new Map(), number = (node) => { const text = node.nodeType === 1 ? node.outerHTML : `\0${node.nodeType}${node.data}`; if (!keys.has(text)) keys.set(text, keys.size); return keys.get(text); };
    const olds = before.map(number), news = now.map(number), width = news.length + 1;
    if (olds.length * news.length > 4e6) throw new Rebuild();
    const length = new Uint32Array((olds.length + 1) * width);
    for (let i = olds.length - 1; i >= 0; i--) for (let j = news.length - 1; j >= 0; j--) length[i * width + j] = olds[i] === news[j] ? length[(i + 1) * width + j + 1] + 1 : Math.max(length[(i + 1) * width + j], length[i * width + j + 1]);
    const pairs = [];
    for (let i = 0, j = 0; i < olds.length && j < news.length;) {
      if (olds[i] === news[j]) pairs.push([i++, j++]);
      else if (length[(i + 1) * width + j] >= length[i * width + j + 1]) i++;
      else j++;
    }
    return pairs;
  };
  const children = (before, now, parent) => {
    const partner = new Map(); // place among the new ones: place among the old ones
    let i = 0, j = 0;
    for (const [one, other] of [...common(before, now), [before.length, now.length]]) {
      for (; j < other; j++) {
        const found = before.slice(i, one).findIndex((old) => alike(old, now[j]));
        if (found >= 0) { partner.set(j, i + found); i += found + 1; }
      }
      if (other < now.length) partner.set(other, one);
      i = one + 1;
      j = other + 1;
    }
    const kept = new Set(partner.values());
    before.forEach((one, place) => { if (!kept.has(place)) { replaceable(one); const target = live.get(one); plan.push(() => target.remove()); } });
    let next = null; // the live node that follows; null at the end, where scripts may have added their own
    for (let place = now.length - 1; place >= 0; place--) {
      const one = now[place];
      if (partner.has(place)) {
        const old = before[partner.get(place)];
        compare(old, one);
        next = live.get(old);
        continue;
      }
      replaceable(one);
      const here = adopt(one), follower = next, leader = place > 0 && partner.has(place - 1) ? live.get(before[partner.get(place - 1)]) : null;
      plan.push(() => { if (follower) parent.insertBefore(here, follower); else if (leader) leader.after(here); else parent.append(here); });
      next = here;
    }
  };

  /* --- loading again, and back to where it was --- */
  const disclosures = () => [...document.querySelectorAll("details")].map((one) => one.open);
  const reload = () => {
    try { sessionStorage.setItem(KEPT, JSON.stringify({ href: location.href, x: scrollX, y: scrollY, open: disclosures(), focus: document.activeElement?.id || "" })); } catch { /* only the place is lost */ }
    location.reload();
  };
  const putBack = () => {
    let kept = null;
    try { kept = JSON.parse(sessionStorage.getItem(KEPT)); sessionStorage.removeItem(KEPT); } catch { return; }
    if (!kept || kept.href !== location.href) return;
    const all = [...document.querySelectorAll("details")];
    if (all.length === kept.open.length) all.forEach((one, number) => { one.open = kept.open[number]; });
    if (kept.focus) document.getElementById(kept.focus)?.focus({ preventScroll: true });
    history.scrollRestoration = "manual";
    scrollTo({ left: kept.x, top: kept.y, behavior: "instant" });
    requestAnimationFrame(() => scrollTo({ left: kept.x, top: kept.y, behavior: "instant" }));
  };

  /* --- news --- */
  const base = new URL(document.querySelector('link[rel="icon"]')?.getAttribute("href")?.replace(/assets\/.*/, "") || "./", location.href);
  const renew = (files) => { // style sheets and pictures are fetched again where they stand
    const changed = files.map((name) => new URL(name, base).pathname);
    const isChanged = (url) => changed.includes(new URL(url, location.href).pathname);
    const fresh = (url) => { const to = new URL(url, location.href); to.searchParams.set("preview", state.revision); return to.href; };
    if ([...document.scripts].some((one) => one.src && isChanged(one.src))) throw new Rebuild();
    document.querySelectorAll('link[rel="stylesheet"]').forEach((one) => {
      if (!isChanged(one.href)) return;
      const next = one.cloneNode();
      next.href = fresh(one.href);
      next.addEventListener("load", () => one.remove(), { once: true });
      for (const [copy, node] of live) if (node === one) live.set(copy, next);
      one.after(next);
    });
    document.querySelectorAll("img").forEach((one) => { if (isChanged(one.src)) one.src = fresh(one.src); });
  };
  const update = async (news) => {
    const answer = await fetch(location.href, { cache: "no-store" });
    const next = new DOMParser().parseFromString(await answer.text(), "text/html").documentElement;
    const given = next.querySelector("#journey-preview");
    if (!given) throw new Rebuild();
    const problems = JSON.parse(given.textContent).problems;
    strip(next);
    plan.length = 0;
    compare(pristine, next);
    plan.forEach((step) => step());
    pristine = next;
    renew(news.files);
    show(problems);
    document.dispatchEvent(new CustomEvent("journey:patched", { detail: news.revision }));
  };
  const listen = async () => {
    for (;;) {
      try {
        const answer = await fetch(`${state.news}?since=${state.revision}`, { cache: "no-store" });
        const news = await answer.json();
        if (news.revision === state.revision) continue;
        state.revision = news.revision;
        await update(news);
      } catch (error) {
        if (error instanceof Rebuild) { reload(); return; }
        await new Promise((done) => setTimeout(done, 1000)); // the server is away
      }
    }
  };
  window.journeyPreview = true;
  show(state.problems);
  addEventListener("load", () => { putBack(); listen(); });
})();
