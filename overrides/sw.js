/* Serves what the reader saved; registered only when the reader saves something. A page that belongs to a saved set comes
   from it, and so does all that the page asks for; everything else comes from the network. So no page ever meets files of
   another version. Sets are changed by offline.js alone, each in one step. */
const SCOPE = self.registration.scope, CACHE = `journey ${new URL(SCOPE).pathname}`, LIST = `${SCOPE}offline/saved.json`;
let sets; // known while the worker lives; offline.js says when they change

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => { if (event.data === "changed") sets = undefined; });

const known = async () => {
  if (!sets) {
    const list = await caches.match(LIST, { cacheName: CACHE });
    sets = list ? Object.values(await list.json()) : [];
  }
  return sets;
};
const pathOf = (address) => {
  const path = new URL(address).pathname.slice(new URL(SCOPE).pathname.length);
  return decodeURI(path.endsWith("index.html") ? path.slice(0, -10) : path);
};
const stored = async (set, path) => {
  const hash = set.files[path];
  return hash && caches.match(`${SCOPE}offline/saved/${hash}/${path}`, { cacheName: CACHE });
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(SCOPE)) return;
  if (request.mode !== "navigate" && request.cache === "reload") return; // offline.js fetches what it saves
  event.respondWith((async () => {
    const path = pathOf(request.url), all = await known(), opens = request.mode === "navigate";
    const client = opens ? null : await self.clients.get(event.clientId);
    const page = opens ? path : client && client.url.startsWith(SCOPE) ? pathOf(client.url) : "";
    for (const set of all.filter((one) => one.files[page])) {
      const copy = await stored(set, path);
      if (copy) return copy;
    }
    try { return await fetch(request); } catch (error) {
      for (const set of all) {
        const copy = await stored(set, path);
        if (copy) return copy;
      }
      if (!opens) throw error;
      const ways = all.flatMap((set) => Object.keys(set.files).filter((one) => /^(?:[a-z]{2}\/)?saved\/$/.test(one)));
      const language = /^(?:[a-z]{2}\/)?/.exec(path)[0];
      const way = ways.find((one) => one === `${language}saved/`) || ways[0];
      if (!way) throw error;
      return Response.redirect(`${SCOPE}${way}#missing`);
    }
  })());
});
