/* What script adds to the page: colours by choice, a menu panel on phones, menus that close, a list of sections
   that follows. Everything here has a plain counterpart without it. */
(() => {
  const root = document.documentElement, all = (selector) => document.querySelectorAll(selector);
  root.classList.add("script");

  const theme = document.querySelector(".theme-button");
  if (theme) {
    theme.hidden = false;
    theme.addEventListener("click", () => {
      const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.theme = dark ? "light" : "dark";
      try { localStorage.setItem("journey-theme", root.dataset.theme); } catch { /* the choice holds for this page */ }
    });
  }

  /* Opened from a disk, a folder is a list of files: links that scripts make are led to the page in it. */
  if (location.protocol === "file:") document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (link && link.protocol === "file:" && link.pathname.endsWith("/")) link.pathname += "index.html";
  }, true);

  /* The search is fetched when it is wanted. */
  const search = document.querySelector(".search-button");
  if (search) {
    const add = (name) => new Promise((done, failed) => {
      const script = document.createElement("script");
      Object.assign(script, { src: search.dataset.scripts + name, onload: done, onerror: failed });
      document.head.append(script);
    });
    const start = async () => {
      try {
        if (!window.journeyOpenSearch) { if (!window.journeyFold) await add("fold.js"); await add("search.js"); }
        await window.journeyOpenSearch();
      } catch { alert(search.dataset.failed); }
    };
    search.hidden = false;
    search.addEventListener("click", start);
    document.addEventListener("keydown", (event) => { if (event.key === "k" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); start(); } });
  }

  /* A saved page says when the site has a newer text of what the reader saved. */
  const newer = document.querySelector(".newer");
  if (newer && navigator.serviceWorker?.controller) (async () => {
    const site = new URL(newer.dataset.root, location.href).href, cache = await caches.open(`journey ${new URL(site).pathname}`);
    const list = await cache.match(`${site}offline/saved.json`), now = await fetch(`${site}offline/versions.json`, { cache: "no-cache" });
    if (!list || !now.ok) return;
    const versions = await now.json();
    newer.hidden = !Object.entries(await list.json()).some(([id, set]) => versions[id] && versions[id] !== set.version);
    if (!newer.hidden) document.querySelector(".head").after(newer);
  })().catch(() => { /* no connection */ });

  const menu = document.querySelector(".menu-button"), panel = document.getElementById("navigation");
  const open = (yes) => {
    panel.classList.toggle("is-open", yes);
    menu.setAttribute("aria-expanded", yes);
    if (yes) panel.style.setProperty("--panel-top", `${document.querySelector(".head").offsetHeight}px`);
  };
  if (menu && panel) {
    menu.setAttribute("role", "button");
    open(false);
    const toggle = (event) => { event.preventDefault(); open(!panel.classList.contains("is-open")); if (panel.classList.contains("is-open")) panel.querySelector("a").focus(); };
    menu.addEventListener("click", toggle);
    menu.addEventListener("keydown", (event) => { if (event.key === " ") toggle(event); });
    panel.addEventListener("focusout", (event) => { if (event.relatedTarget && !panel.contains(event.relatedTarget) && event.relatedTarget !== menu) open(false); });
  }
  const languages = all("details.languages");
  document.addEventListener("click", (event) => {
    languages.forEach((one) => { if (!one.contains(event.target)) one.open = false; });
    if (panel && menu && !panel.contains(event.target) && !menu.contains(event.target)) open(false);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    languages.forEach((one) => { if (one.open) { one.open = false; one.querySelector("summary").focus(); } });
    if (panel && panel.classList.contains("is-open")) { open(false); menu.focus(); }
  });

  const entries = new Map();

  /* A report of a mistake names the section that the reader has reached. */
  const mistake = document.querySelector(".mistake");
  if (mistake) {
    const plain = mistake.href, page = encodeURIComponent(mistake.dataset.page);
    mistake.addEventListener("click", () => {
      const [heading] = [...entries.keys()].filter((one) => one.getBoundingClientRect().top < innerHeight * .5).slice(-1);
      mistake.href = heading ? plain.replace(page, page + encodeURIComponent("#" + heading.id)) : plain;
    });
  }
  all(".toc a").forEach((link) => { const heading = document.getElementById(decodeURIComponent(link.hash.slice(1))); if (heading) entries.set(heading, link); });
  if (entries.size && "IntersectionObserver" in window) {
    const mark = () => {
      let current = null;
      for (const heading of entries.keys()) if (heading.getBoundingClientRect().top < innerHeight * .3) current = heading;
      entries.forEach((link, heading) => heading === current ? link.setAttribute("aria-current", "location") : link.removeAttribute("aria-current"));
    };
    const observer = new IntersectionObserver(mark, { rootMargin: "0px 0px -70% 0px" });
    entries.forEach((_, heading) => observer.observe(heading));
  }
})();
