/* The page of what is saved: sizes first, then one file after another, each checked against its hash; a set counts as
   saved when its last file is there, in one step. What an interruption leaves is used when the reader goes on. */
(() => {
  const place = document.getElementById("offline");
  if (!place) return;
  const words = JSON.parse(document.getElementById("offline-words").textContent), root = new URL(place.dataset.root, location.href).href, own = document.documentElement.lang;
  const CACHE = `journey ${new URL(root).pathname}`, LIST = `${root}offline/saved.json`;
  const make = (tag, properties = {}, ...children) => { const one = Object.assign(document.createElement(tag), properties); one.append(...children); return one; };
  const say = (key, values = {}) => Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), words[key]);
  const numbers = new Intl.NumberFormat(`${own}-u-nu-latn`, { maximumFractionDigits: 1 });
  const size = (bytes) => `\u2068${bytes < 95e4 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${numbers.format(bytes / 1e6)} MB`}\u2069`;
  const status = place.querySelector("[role=status]"), note = (text) => { status.textContent = text; };

  document.getElementById("offline-needs-script").hidden = true;
  place.hidden = false;
  if (location.hash === "#missing") document.getElementById("offline-missing").hidden = false;
  if (!("serviceWorker" in navigator) || !("caches" in window) || !isSecureContext || !location.protocol.startsWith("http")) { note(words.unsupported); return; }

  const readList = async () => { const found = await caches.match(LIST, { cacheName: CACHE }); return found ? found.json() : {}; };
  const writeList = async (list) => {
    const cache = await caches.open(CACHE);
    await cache.put(LIST, new Response(JSON.stringify(list), { headers: { "Content-Type": "application/json" } }));
    (await navigator.serviceWorker.getRegistration(root))?.active?.postMessage("changed");
    const kept = new Set([LIST, ...Object.values(list).flatMap((set) => Object.entries(set.files).map(([path, hash]) => keyOf(path, hash)))]);
    for (const request of await cache.keys()) if (!kept.has(request.url)) await cache.delete(request);
  };
  const keyOf = (path, hash) => new URL(`offline/saved/${hash}/${path}`, root).href;
  const hashOf = async (data) => [...new Uint8Array(await crypto.subtle.digest("SHA-256", data))].slice(0, 8).map((byte) => byte.toString(16).padStart(2, "0")).join("");

  const save = async (pack, files, progress) => {
    await navigator.serviceWorker.register(`${root}sw.js`, { updateViaCache: "none" });
    await navigator.serviceWorker.ready;
    navigator.storage?.persist?.();
    const cache = await caches.open(CACHE), wanted = pack.files.map((number) => files[number]);
    const missing = [];
    for (const [path, hash] of wanted) if (!(await cache.match(keyOf(path, hash)))) missing.push([path, hash]);
    const room = await navigator.storage?.estimate?.();
    if (room?.quota && room.quota - room.usage < pack.bytes * missing.length / wanted.length) throw new Error("full");
    progress.max = wanted.length;
    progress.value = wanted.length - missing.length;
    for (const [path, hash] of missing) {
      const answer = await fetch(root + path, { cache: "reload" });
      const data = answer.ok ? await answer.arrayBuffer() : null;
      if (!data || (await hashOf(data)) !== hash) throw new Error(path);
      await cache.put(keyOf(path, hash), new Response(data, { headers: { "Content-Type": answer.headers.get("Content-Type") || "" } }));
      progress.value += 1;
      note(say("progress", { done: progress.value, count: wanted.length }));
    }
    const list = await readList();
    list[pack.id] = { version: pack.version, title: nameOf(pack), locale: pack.locale, bytes: pack.bytes, files: Object.fromEntries(wanted) };
    await writeList(list);
  };
  const remove = async (id) => {
    const list = await readList();
    delete list[id];
    if (Object.keys(list).length) return writeList(list);
    await caches.delete(CACHE);
    await (await navigator.serviceWorker.getRegistration(root))?.unregister();
  };

  const languages = JSON.parse(place.dataset.languages);
  const nameOf = (pack) => pack.title || say("whole", { language: languages[pack.locale].name });
  let busy = false;
  const row = (pack, files, list) => {
    const kept = list[pack.id], old = kept && files && kept.version !== pack.version;
    const title = make("strong", { textContent: nameOf(pack) });
    if (pack.title) { title.lang = pack.locale; title.dir = languages[pack.locale].dir; }
    const facts = make("span", { className: "offline-facts", textContent: kept ? `${old ? words.outdated : words.saved} · ${size(kept.bytes)}` : say("size", { size: size(pack.wire) }) });
    const progress = make("progress", { hidden: true, value: 0, max: 1, ariaLabel: nameOf(pack) });
    const act = (work) => async () => {
      if (busy) return;
      busy = true;
      progress.hidden = false;
      try { await work(); note(words.done); } catch (error) { note(error.message === "full" || error.name === "QuotaExceededError" ? words.full : words.failed); }
      busy = false;
      await show();
      document.querySelector(`[data-pack="${CSS.escape(pack.id)}"] button`)?.focus();
    };
    const button = (text, work) => make("button", { type: "button", className: "button", textContent: text, ariaLabel: `${text}: ${nameOf(pack)}`, onclick: act(work) });
    const buttons = [];
    if (files && (!kept || old)) buttons.push(button(old ? words.update : words.save, () => save(pack, files, progress)));
    if (kept) buttons.push(button(words.delete, () => remove(pack.id)));
    const one = make("li", {}, make("div", {}, title, facts, progress), make("div", { className: "offline-buttons" }, ...buttons));
    one.dataset.pack = pack.id;
    return one;
  };
  const show = async () => {
    const list = await readList();
    let data = null;
    try { const answer = await fetch(`${root}offline/packs.json`, { cache: "no-cache" }); data = answer.ok ? await answer.json() : null; } catch { /* no connection */ }
    if (!data) note(Object.keys(list).length ? words.no_connection : words.unavailable);
    const packs = data ? data.packs : Object.entries(list).map(([id, set]) => ({ id, ...set }));
    const kinds = { texts: (pack) => pack.locale === own && !pack.id.startsWith("downloads/"), books: (pack) => pack.locale === own && pack.id.startsWith("downloads/"), others: (pack) => pack.locale !== own && (list[pack.id] || !pack.id.startsWith("downloads/")) };
    for (const [kind, belongs] of Object.entries(kinds)) {
      const rows = packs.filter(belongs).map((pack) => row(pack, data?.files, list)), part = document.getElementById(`offline-${kind}`);
      part.hidden = !rows.length;
      part.querySelector("ul").replaceChildren(...rows);
    }
    document.getElementById("offline-all").hidden = !Object.keys(list).length;
  };
  document.querySelector("#offline-all button").addEventListener("click", async () => { for (const id of Object.keys(await readList())) await remove(id); note(words.done); show(); });
  show();
})();
