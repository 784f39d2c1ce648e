/* What benchmarks/search.py asks of each engine in a page: `first`, from nothing to the answer of a first search, in
   milliseconds; `each`, the milliseconds of every search after it, and what was found: [address, name]. */
(() => {
  const pause = () => new Promise((done) => setTimeout(done, 5));
  const load = (src) => new Promise((done) => document.head.append(Object.assign(document.createElement("script"), { src, onload: done })));
  const path = (address) => new URL(address, location).pathname;

  const ours = {
    async first(locale, typed) {
      const start = performance.now();
      let first = 0;
      document.querySelector(".search-button").click();
      while (!document.querySelector("dialog.search[open]")) await pause();
      const field = document.querySelector("#search-field"), status = document.querySelector(".search-status");
      field.value = typed;
      field.dispatchEvent(new Event("input"));
      while (!/[0-9]|[.۔។。]$/.test(status.textContent) || status.textContent.endsWith("…")) {
        await pause();
        if (!first && document.querySelector(".search-results li")) first = performance.now() - start;
      }
      const all = performance.now() - start;
      return { first: first || all, all };
    },
    async each(queries) {
      const field = document.querySelector("#search-field"), more = document.querySelector(".search-more .button"), later = window.setTimeout;
      return queries.map((typed) => {
        let ms = 0;
        window.setTimeout = (run) => { const start = performance.now(); run(); ms = performance.now() - start; };
        field.value = typed;
        field.dispatchEvent(new Event("input"));
        window.setTimeout = later;
        while (!more.hidden) more.click();
        const hits = [...document.querySelectorAll(".search-results a")].map((link) => [path(link.href), `${link.children[0].textContent} | ${link.children[1].textContent}`]);
        return { ms, hits };
      });
    },
  };

  /* Texts are made alike as ours are. Words with any ending; or strings of 3 letters, of 2 in Chinese. */
  const options = (kind) => {
    const words = (text) => window.journeyFold(text).split(/[^\p{L}\p{M}\p{N}]+/u).filter(Boolean);
    const grams = (word) => {
      const size = /[\u3400-\u9fff]/.test(word) ? 2 : 3, letters = [...word];
      return letters.length <= size ? [word] : letters.slice(size - 1).map((_, at) => letters.slice(at, at + size).join(""));
    };
    const tokenize = kind === "words" ? words : (text) => words(text).flatMap(grams);
    return { fields: ["page", "heading", "text"], storeFields: ["url", "page", "heading", "text"], tokenize, processTerm: (term) => term, searchOptions: { combineWith: "AND", prefix: true, boost: { page: 3, heading: 4 } } };
  };
  const minisearch = (kind) => ({
    async build(locale) {
      await Promise.all(["/assets/js/fold.js", "/packages/minisearch/dist/umd/index.js"].map(load));
      const engine = new window.MiniSearch(options(kind));
      engine.addAll(await (await fetch(`/made/${locale}.json`)).json());
      return JSON.stringify(engine);
    },
    async first(locale, typed) {
      const start = performance.now();
      const [text] = await Promise.all([fetch(`/made/${locale}.${kind}.json`).then((answer) => answer.text()), load("/assets/js/fold.js"), load("/packages/minisearch/dist/umd/index.js")]);
      this.engine = window.MiniSearch.loadJSON(text, options(kind));
      this.engine.search(typed);
      const all = performance.now() - start;
      return { first: all, all };
    },
    async each(queries) {
      return queries.map((typed) => {
        const start = performance.now(), found = this.engine.search(typed.replaceAll('"', " ")), ms = performance.now() - start;
        return { ms, hits: found.map((one) => [path(`/${one.url}`), `${one.heading} | ${one.page}`]) };
      });
    },
  });

  /* Without its worker, which the brake of the browser does not reach. A list shows what the first five files say. */
  const pagefind = {
    async first(locale, typed) {
      document.documentElement.lang = locale;
      const start = performance.now();
      this.engine = await import(`/made/pagefind-${locale}/pagefind.js`);
      await this.engine.options({ noWorker: true, baseUrl: "/" });
      await this.engine.init();
      const found = await this.engine.search(typed);
      await Promise.all(found.results.slice(0, 5).map((one) => one.data()));
      const all = performance.now() - start;
      return { first: all, all };
    },
    async each(queries) {
      const answers = [];
      for (const typed of queries) {
        await this.engine.preload(typed);
        const start = performance.now(), found = await this.engine.search(typed), ms = performance.now() - start, hits = [];
        for (const one of found.results) {
          const { url, meta, sub_results: parts = [] } = await one.data();
          const best = parts.toSorted((a, b) => b.locations.length - a.locations.length)[0];
          hits.push([path(url), `${meta.title} | ${best?.title ?? ""}`]);
        }
        answers.push({ ms, hits });
      }
      return answers;
    },
  };
  window.engines = { ours, words: minisearch("words"), grams: minisearch("grams"), pagefind };
})();
