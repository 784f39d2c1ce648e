/* My progress: adds up what quiz.js has stored on this device, saves it as a file, reads one in, erases it, prints a
   record. Looking at the page changes nothing that is stored. */
(() => {
  const app = document.getElementById("progress");
  if (!app) return;
  const $ = (name) => document.getElementById(`progress-${name}`);
  const words = JSON.parse($("words").textContent), { modules } = JSON.parse($("data").textContent);
  const KEY = "journey-progress", COURSES = "journey-courses", ASIDE = `${KEY}-unreadable`, ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, LIMIT = 5e6;
  const say = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const number = new Intl.NumberFormat(`${document.documentElement.lang}-u-nu-latn`, { maximumFractionDigits: 1 });
  const colon = { fr: "\u00a0: ", km: "៖ ", zh: "：" }[document.documentElement.lang] ?? ": ";
  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => { if (value) element.setAttribute(name, value); });
    element.append(...children);
    return element;
  };

  /* --- what is stored: { version: 1, items: { id: { score, tries, answer, first? } } } --- */
  const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
  const isText = (value) => typeof value === "string";
  const isAnswer = (value) => isText(value) || (Array.isArray(value) ? value.every(isText) : isObject(value) && Object.values(value).every(isText));
  const isScore = (value) => value === null || (typeof value === "number" && value >= 0 && value <= 1);
  const isEntry = (value) => isObject(value) && isScore(value.score) && Number.isInteger(value.tries) && value.tries >= 0 && isAnswer(value.answer) && isScore(value.first ?? null);
  const parse = (text) => { try { return JSON.parse(text); } catch { return undefined; } };
  /* raw: the text as stored; all: every entry, read or not; entries: those that can be read */
  const load = () => {
    let raw = null, aside = null, blocked = false;
    try { raw = localStorage.getItem(KEY); aside = localStorage.getItem(ASIDE); } catch { blocked = true; }
    const data = raw === null ? { version: 1, items: {} } : parse(raw);
    const readable = isObject(data) && data.version === 1 && isObject(data.items);
    const all = new Map(readable ? Object.entries(data.items) : []);
    const entries = new Map([...all].filter(([, entry]) => isEntry(entry)));
    return { raw, aside, blocked, all, entries, damaged: !readable || entries.size < all.size };
  };
  const write = (items) => JSON.stringify({ version: 1, items: Object.fromEntries(items) });
  const unreadable = ({ raw, aside, damaged }) => [aside, damaged && raw !== aside ? raw : null].filter((text) => text !== null).join("\n");
  const save = (items, before) => {
    try {
      if (before.damaged) localStorage.setItem(ASIDE, unreadable(before));
      localStorage.setItem(KEY, write(items));
      return true;
    } catch { return false; }
  };

  /* Dates and ticks of courses, { version: 1, courses: { id: { start?, … } } }: they travel with the file, and what stands
     here stays. course.js examines every value before it uses it. */
  const isCourses = (value) => isObject(value) && Object.entries(value).every(([id, one]) => ID.test(id) && isObject(one));
  const courses = () => {
    let data;
    try { data = parse(localStorage.getItem(COURSES) ?? ""); } catch { /* forbidden */ }
    return isObject(data) && data.version === 1 && isCourses(data.courses) ? data.courses : {};
  };
  const bringCoursesIn = (found) => {
    const merged = { ...found, ...courses() };
    if (Object.keys(merged).length) try { localStorage.setItem(COURSES, JSON.stringify({ version: 1, courses: merged })); } catch { /* said with the items */ }
  };

  /* --- adding up --- */
  const sum = (module, ids, entries, scoreOf = (entry) => entry.score) => {
    const total = { count: ids.length, answered: 0, points: 0, of: 0 };
    ids.forEach((id) => {
      const { points } = module.items[id], entry = entries.get(id);
      total.of += points;
      if (entry) { total.answered += 1; total.points += points * (scoreOf(entry) || 0); }
    });
    total.percent = total.of ? Math.round((100 * total.points) / total.of) : 0;
    total.complete = total.count > 0 && total.answered === total.count;
    return total;
  };
  const idsOf = (module, kind) => [...new Set(module.assessments.filter((one) => one.kind === kind).flatMap((one) => one.items))];
  /* A pre-test shows what was known before, so it counts by itself and not in the score. */
  const learnt = (module) => {
    const before = new Set(idsOf(module, "pre-test"));
    module.assessments.filter((one) => one.kind !== "pre-test").forEach((one) => one.items.forEach((id) => before.delete(id)));
    return Object.keys(module.items).filter((id) => !before.has(id));
  };
  const facts = (module, entries, keep = () => true, withGain = false) => {
    const part = (ids, scoreOf) => sum(module, ids.filter(keep), entries, scoreOf);
    const all = part(learnt(module)), pre = part(idsOf(module, "pre-test"), (entry) => entry.first ?? entry.score), post = part(idsOf(module, "post-test"));
    const rows = [];
    const result = (total) => (total.complete ? say("percent", total) : `${words.answered}${colon}${say("of", total)}`);
    if (all.count) rows.push([words.answered, say("of", all)], [words.score, say("percent", all)]);
    if (pre.count) rows.push([words["pre-test"], result(pre)]);
    if (post.count) rows.push([words["post-test"], result(post)]);
    if (withGain && pre.count && post.count) {
      const gain = post.percent - pre.percent, points = Math.abs(gain);
      rows.push([words.gain, !(pre.complete && post.complete) ? words.gain_open : gain > 0 ? say("gain_up", { points }) : gain < 0 ? say("gain_down", { points }) : words.gain_same]);
    }
    const list = make("dl", { class: "facts" });
    rows.forEach(([name, value]) => list.append(make("div", {}, make("dt", {}, name), make("dd", {}, value))));
    return list;
  };
  const objectivesOf = (module, ids = Object.keys(module.items)) => {
    const used = new Set(ids.map((id) => module.items[id].objective));
    const named = module.objectives.filter((one) => used.delete(one.id));
    return used.size ? [...named, { id: null, text: words.other_objective, of: used }] : named;
  };
  const serves = (module, objective) => (id) => (objective.id === null ? objective.of.has(module.items[id].objective) : module.items[id].objective === objective.id);
  const link = (place, text = place.text) => {
    if (!place.url) return make("span", { lang: place.lang, dir: place.dir }, text);
    return make("a", { href: `${app.dataset.base}/${place.url}`, lang: place.lang, dir: place.dir }, text);
  };

  /* --- thresholds: which objectives, the fewest, would bring the points that are missing --- */
  const enough = (module, ids, entries, missing) => {
    const open = objectivesOf(module, ids).map((objective) => {
      const total = sum(module, ids.filter(serves(module, objective)), entries);
      return { objective, lost: total.of - total.points };
    }).sort((a, b) => b.lost - a.lost);
    const chosen = [];
    for (let won = 0; won < missing - 1e-9 && open.length;) { const next = open.shift(); chosen.push(next.objective); won += next.lost; }
    return chosen;
  };
  const threshold = (module, assessment, entries) => {
    const total = sum(module, assessment.items, entries), { attendance, achievement } = assessment;
    const missing = (percent) => (percent * total.of) / 100 - total.points;
    const steps = [["reached_none", attendance], ["reached_attendance", achievement]].filter(([, percent]) => percent !== undefined);
    const next = steps.find(([, percent]) => missing(percent) > 1e-9);
    const box = make("div", { class: "threshold" });
    const test = link({ url: assessment.url }, words[assessment.kind]);
    if (!next) { box.append(make("p", {}, test, colon, say("reached_all", { percent: number.format(steps[steps.length - 1][1]) }))); return box; }
    const [key, percent] = next, points = Math.ceil(missing(percent) * 10 - 1e-6) / 10;
    box.append(make("p", {}, test, colon, say(key, { percent: number.format(percent), points: number.format(points) })));
    box.append(make("ul", {}, ...enough(module, assessment.items, entries, missing(percent)).map((one) => make("li", {}, link(one)))));
    return box;
  };

  /* Tests of courses ask items of modules: a course has begun when one of its tests is done, a module with any item. */
  const owners = new Map([...modules].reverse().flatMap((module) => Object.keys(module.items).map((id) => [id, module])));
  const isBegun = (module, entries) =>
    Object.keys(module.items).some((id) => entries.has(id) && (!module.optional || owners.get(id) === module)) ||
    module.assessments.some((one) => one.items.length && one.items.every((id) => entries.has(id)));

  /* --- the page --- */
  const bar = (total) => { const box = make("div", { class: "bar", "aria-hidden": "true" }, make("span")); box.firstChild.style.inlineSize = `${total.percent}%`; return box; };
  const show = (module, entries, place) => {
    const ids = Object.keys(module.items), begun = ids.some((id) => entries.has(id)), title = `progress-module-${place}`;
    const section = make("section", { "aria-labelledby": title }, make("h2", { id: title }, link(module, module.title)), facts(module, entries));
    if (!begun) return section;
    module.assessments.filter((one) => one.items.length && (one.attendance !== undefined || one.achievement !== undefined)).forEach((one) => section.append(threshold(module, one, entries)));
    const isBegun = (objective) => ids.some((id) => serves(module, objective)(id) && entries.has(id));
    const objectives = objectivesOf(module), list = make("ul", { class: "objective-list" });
    objectives.filter(isBegun).forEach((objective) => {
      const keep = serves(module, objective);
      list.append(make("li", {}, make("p", {}, link(objective)), bar(sum(module, learnt(module).filter(keep), entries)), facts(module, entries, keep, true)));
    });
    section.append(list);
    const open = objectives.filter((objective) => !isBegun(objective));
    if (open.length) section.append(make("details", {}, make("summary", {}, say("not_begun", { count: open.length })), make("ul", {}, ...open.map((one) => make("li", {}, link(one))))));
    return section;
  };
  /* The record names the objectives that were begun, the page all of them. */
  const record = (module, entries) => {
    const text = (place, words) => make("span", { lang: place.lang, dir: place.dir }, words), list = make("ul");
    const begun = Object.keys(module.items).filter((id) => entries.has(id));
    objectivesOf(module, begun).forEach((objective) => list.append(make("li", {}, text(objective, objective.text), facts(module, entries, serves(module, objective), true))));
    return make("section", {}, make("h3", {}, text(module, module.title)), facts(module, entries), list);
  };
  const today = () => { const now = new Date(); return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-"); };
  const render = () => {
    const state = load(), { entries } = state;
    const known = new Set(modules.flatMap((module) => Object.keys(module.items)));
    const begun = modules.filter((module) => isBegun(module, entries));
    const others = [...entries.keys()].filter((id) => !known.has(id)).length;
    $("no-storage").hidden = !state.blocked;
    $("damaged").hidden = unreadable(state) === "";
    $("empty").hidden = begun.length > 0;
    $("modules").replaceChildren(...(begun.length ? modules.filter((module) => !module.optional || begun.includes(module)).map((module, place) => show(module, entries, place)) : []));
    $("others").hidden = !others;
    $("others").textContent = say("others", { count: others });
    $("record").hidden = !begun.length;
    $("record-modules").replaceChildren(...begun.map((module) => record(module, entries)));
    $("date").textContent = today();
  };

  /* --- files --- */
  const tell = (key, values) => { $("said").textContent = ""; setTimeout(() => { $("said").textContent = say(key, values); }, 50); };
  const download = (text, name, type) => {
    const address = URL.createObjectURL(new Blob([text], { type })), anchor = make("a", { href: address, download: name });
    app.append(anchor);
    anchor.click();
    anchor.remove();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
    tell("said_exported", { name });
  };
  /* What a file holds, or the key of the sentence that refuses it. */
  const examine = (text) => {
    const data = parse(text);
    if (!isObject(data) || data.format !== KEY) return "said_foreign";
    if (data.version !== 1) return "said_version";
    if (!isObject(data.items) || !Object.entries(data.items).every(([id, entry]) => ID.test(id) && isEntry(entry))) return "said_damaged";
    if (!isCourses(data.courses ?? {})) return "said_damaged";
    return { items: new Map(Object.entries(data.items)), courses: data.courses ?? {} };
  };
  const isEmpty = (answer) => (isText(answer) ? !answer.trim() : !Object.values(answer).some((one) => one.trim()));
  /* The better score stays, of equal scores the one with more tries; entries carry no time, so "newer" can not be told.
     What is never scored (notes, scales) stays as it is on this device unless it is empty here. */
  const isBetter = (theirs, mine) => {
    if (mine === undefined) return true;
    if (theirs.score === null) return mine.score === null && isEmpty(mine.answer) && !isEmpty(theirs.answer);
    return mine.score === null || theirs.score > mine.score || (theirs.score === mine.score && theirs.tries > mine.tries);
  };
  const bringIn = (text) => {
    const found = examine(text);
    if (isText(found)) { tell(found); return; }
    const before = load(), merged = new Map(before.all);
    const better = [...found.items].filter(([id, entry]) => isBetter(entry, before.entries.get(id)));
    better.forEach(([id, entry]) => merged.set(id, entry));
    if (!save(merged, before)) { tell("said_not_stored"); return; }
    bringCoursesIn(found.courses);
    render();
    tell("said_imported", { count: better.length });
  };

  $("export").addEventListener("click", () => {
    const items = Object.fromEntries([...load().entries].filter(([id]) => ID.test(id)));
    const dates = courses();
    download(`${JSON.stringify({ format: KEY, version: 1, items, ...(Object.keys(dates).length ? { courses: dates } : {}) }, null, 1)}\n`, `journey-progress-${today()}.json`, "application/json");
  });
  $("save-damaged").addEventListener("click", () => download(unreadable(load()), `journey-progress-unreadable-${today()}.txt`, "text/plain"));
  $("import").addEventListener("click", () => $("file").click());
  $("file").addEventListener("change", () => {
    const [file] = $("file").files;
    if (!file) return;
    (file.size > LIMIT ? Promise.resolve("") : file.text()).then(bringIn, () => tell("said_damaged")).then(() => { $("file").value = ""; });
  });
  $("erase").addEventListener("click", () => { $("ask").returnValue = ""; $("ask").showModal(); });
  $("ask").addEventListener("close", () => {
    if ($("ask").returnValue !== "erase") return;
    try { localStorage.removeItem(KEY); localStorage.removeItem(ASIDE); localStorage.removeItem(COURSES); localStorage.removeItem("journey-tools"); } catch { tell("said_not_stored"); return; }
    render();
    tell("said_erased");
  });
  $("name").addEventListener("input", () => { $("shown-name").textContent = $("name").value; });
  $("print").addEventListener("click", () => print());
  addEventListener("storage", render);
  addEventListener("pageshow", (event) => { if (event.persisted) render(); });

  render();
  $("needs-script").hidden = true;
  app.hidden = false;
})();
