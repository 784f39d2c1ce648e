/* The preview's script: asks for news, patches the open page in place, shows what is wrong.

   `pristine` is the page as the server sent it, before other scripts changed anything; each of its nodes knows its live
   counterpart. New text is compared with `pristine`, so what scripts and the reader did to the live page stays:
   scroll, open disclosures, answers. Where a script has built on what changed, the page is loaded again and put back
   where it was. */
(() => {
  const source = document.getElementById("journey-preview");
  if (!source || window.journeyPreview) return;
  const state = JSON.parse(source.textContent), KEPT = "journey-preview-kept";
  const SCRIPTED = ".item, .quiz, .tool, [data-blank], .glossary, .lens, .facts-list, .progress, .offline, .cite, script, template";
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
    if (before.matches("script, template")) throw new Rebuild();
    attributes(before, now);
    live.set(now, live.get(before));
    children([...before.childNodes], [...now.childNodes], live.get(before));
  };
  const remember = (before, now) => {
    live.set(now, live.get(before));
    for (let one = before.firstChild, other = now.firstChild; one && other; one = one.nextSibling, other = other.nextSibling) remember(one, other);
  };
  /* The ends that are the same stay; what lies between is matched in order, by tag and id. */
  const children = (before, now, parent) => {
    while (before.length && now.length && same(before[0], now[0])) remember(before.shift(), now.shift());
    const after = [];
    while (before.length && now.length && same(before.at(-1), now.at(-1))) after.push([before.pop(), now.pop()]);
    const next = after.length ? live.get(after.at(-1)[0]) : null;
    let anchor = next;
    after.forEach(([one, other]) => remember(one, other));
    const olds = [...before], news = [...now];
    const kept = [];
    let from = 0;
    news.forEach((one, place) => {
      let found = olds.findIndex((old, number) => number >= from && same(old, one));
      if (found < 0) found = olds.findIndex((old, number) => number >= from && alike(old, one) && !news.slice(place + 1).some((later) => same(old, later)));
      if (found >= 0) { kept.push([found, place]); from = found + 1; }
    });
    const keptOld = new Map(kept), keptNew = new Map(kept.map(([one, other]) => [other, one]));
    olds.forEach((one, number) => { if (!keptOld.has(number)) { replaceable(one); const target = live.get(one); plan.push(() => target.remove()); } });
    [...news.keys()].reverse().forEach((place) => {
      const one = news[place];
      if (keptNew.has(place)) { const old = olds[keptNew.get(place)]; compare(old, one); anchor = live.get(old); return; }
      replaceable(one);
      const here = adopt(one), before_ = anchor;
      plan.push(() => parent.insertBefore(here, before_ && before_.parentNode === parent ? before_ : null));
      anchor = here;
    });
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
