/* The planner of a course: the first day turns days into dates, the hour of sessions into moments; what is done is
   ticked; the plan becomes a calendar file. Everything is read from the page, kept on this device and sent nowhere.
   Days are counted in UTC, where every day has 24 hours; only sessions with an hour know time zones. */
(() => {
  const root = document.getElementById("course");
  if (!root) return;
  const $ = (name) => document.getElementById(`planner-${name}`), all = (selector, from = root) => [...from.querySelectorAll(selector)];
  const words = JSON.parse(document.getElementById("course-words").textContent), id = root.dataset.course;
  const say = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const tag = `${document.documentElement.lang.replace(/^en$/, "en-GB")}-u-ca-gregory-nu-latn`, here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const DAY = 864e5, MINUTE = 6e4, KEY = "journey-courses", PROGRESS = "journey-progress";

  /* --- what is stored: { version: 1, courses: { id: { start?, time?, zone?, changes?, done? } } } --- */
  const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
  const read = (key) => { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } };
  const days = (text) => Date.parse(`${text}T00:00:00Z`);
  const isDay = (text) => /^[12]\d{3}-\d\d-\d\d$/.test(text) && !Number.isNaN(days(text)) && new Date(days(text)).toISOString().startsWith(text);
  const isTime = (text) => /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
  const isZone = (text) => { try { return Boolean(text && Intl.DateTimeFormat("en", { timeZone: text })); } catch { return false; } };
  const clean = ({ start, time, zone, changes, done }) => {
    const state = { done: Array.isArray(done) ? done.filter((one) => typeof one === "string") : [], changes: Number.isInteger(changes) ? changes : 0 };
    if (isDay(start)) state.start = start;
    if (state.start && isTime(time) && isZone(zone)) Object.assign(state, { time, zone });
    return state;
  };
  const stored = () => { const data = read(KEY); return isObject(data) && data.version === 1 && isObject(data.courses) ? data.courses : {}; };
  const keep = () => {
    const courses = stored();
    if (state.start || state.done.length) courses[id] = state; else delete courses[id];
    try {
      if (Object.keys(courses).length) localStorage.setItem(KEY, JSON.stringify({ version: 1, courses })); else localStorage.removeItem(KEY);
      return true;
    } catch { return false; }
  };
  let state = clean(isObject(stored()[id]) ? stored()[id] : {});

  /* --- dates --- */
  const dayOf = (number) => new Date(days(state.start) + (number - 1) * DAY);
  const offset = (moment, zone) => {
    const format = new Intl.DateTimeFormat("en-u-ca-gregory-nu-latn", { timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric" });
    const part = Object.fromEntries(format.formatToParts(moment).map(({ type, value }) => [type, Number(value)]));
    return Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute) - moment;
  };
  /* The moment at which clocks of a zone show an hour; asked twice, because the offset may change in between. */
  const momentOf = (number) => {
    const [hour, minute] = state.time.split(":").map(Number), wall = dayOf(number).getTime() + (60 * hour + minute) * MINUTE;
    return new Date(wall - offset(wall - offset(wall, state.zone), state.zone));
  };
  /* Browsers lack the words of some languages, Chromium those of Khmer: then the names come with the page, in plain order. */
  const isKnown = Intl.DateTimeFormat.supportedLocalesOf([document.documentElement.lang]).length > 0;
  const formatter = (options) => {
    if (isKnown) return new Intl.DateTimeFormat(tag, options);
    const parts = new Intl.DateTimeFormat("en-u-ca-gregory-nu-latn", { ...options, ...(options.hour && { hourCycle: "h23", hour: "2-digit" }), month: "numeric" });
    const weekday = new Intl.DateTimeFormat("en", { timeZone: options.timeZone, weekday: "short" });
    const format = (date) => {
      const part = Object.fromEntries(parts.formatToParts(date).map(({ type, value }) => [type, value]));
      const day = words.weekdays[["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"].indexOf(weekday.format(date))];
      return [options.weekday && day, part.day, words.months[part.month - 1], part.year, part.hour && `${part.hour}:${part.minute}`].filter(Boolean).join(" ");
    };
    return { format };
  };
  const long = formatter({ timeZone: "UTC", day: "numeric", month: "long", year: "numeric" });
  const short = formatter({ timeZone: "UTC", weekday: "short", day: "numeric", month: "long" });
  const timed = formatter({ weekday: "short", day: "numeric", month: "long", hour: "numeric", minute: "2-digit" });
  /* Only these languages shorten "7 December to 13 December" well: numbers with a dash between them change places in text
     that runs from right to left, and Chinese would lose its characters for year, month and day. */
  const range = (first, last) => (/^(en|fr|es)$/.test(document.documentElement.lang) ? long.formatRange(first, last) : `${long.format(first)} – ${long.format(last)}`);
  const showDates = () => {
    all(".course-week").forEach((week) => {
      const { first, last } = week.dataset;
      week.querySelector(".course-days").textContent = state.start ? range(dayOf(first), dayOf(last)) : say("days", { first, last });
    });
    all(".course-date").forEach((place) => {
      const { day, session } = place.dataset, isSession = session !== undefined;
      const date = !state.start ? say("day", { day }) : isSession && state.time ? timed.format(momentOf(Number(day))) : short.format(dayOf(day));
      place.textContent = isSession ? date : say("by", { date });
    });
  };
  const localTime = () => { const { hour, minute } = Object.fromEntries(new Intl.DateTimeFormat("en-u-nu-latn", { hourCycle: "h23", hour: "2-digit", minute: "2-digit" }).formatToParts(momentOf(1)).map(({ type, value }) => [type, value])); return `${hour}:${minute}`; };
  const tell = (text) => { $("said").textContent = ""; setTimeout(() => { $("said").textContent = text; }, 50); };
  const show = () => {
    showDates();
    $("start").value = state.start ?? "";
    $("time").value = state.time ? localTime() : "";
    $("time").disabled = !state.start;
    $("zone").hidden = !state.time;
    $("zone").textContent = say("zone", { zone: here });
    ["calendar", "share", "erase"].forEach((name) => { $(name).hidden = !state.start; });
  };
  const span = () => ({ first: long.format(dayOf(1)), last: long.format(dayOf(Math.max(...all(".course-week").map((week) => week.dataset.last)))) });
  /* said: what was done, when it is not the setting of dates */
  const change = (next, said) => {
    state = { ...clean(next), done: state.done, changes: state.changes + 1 };
    if (location.hash.startsWith("#start=")) history.replaceState(null, "", location.pathname + location.search);
    const kept = keep();
    show();
    const text = [said, state.start && say("said_dates", span())].filter(Boolean).join(" ");
    tell(kept ? text : `${text} ${words.said_not_kept}`);
  };
  const readLink = () => {
    if (!location.hash.startsWith("#start=")) return;
    const link = clean(Object.fromEntries(new URLSearchParams(location.hash.slice(1))));
    if (!link.start) return;
    const isNew = ["start", "time", "zone"].some((name) => link[name] !== state[name]);
    if (isNew) change(link, words.said_link);
  };

  /* --- what is done --- */
  const plain = (element) => { const copy = element.cloneNode(true); all(".course-answered", copy).forEach((one) => one.remove()); all("br", copy).forEach((one) => one.replaceWith(" ")); return copy.textContent.replace(/\s+/g, " ").trim(); };
  const undated = (what) => { const copy = what.cloneNode(true); copy.querySelector(".course-date")?.remove(); return plain(copy); };
  const ticks = all(".course-tick").map((tick) => ({ tick, id: tick.dataset.id, what: tick.nextElementSibling, items: tick.dataset.items?.split(" ") }));
  ticks.filter(({ items }) => !items).forEach((one) => {
    one.box = Object.assign(document.createElement("input"), { type: "checkbox" });
    one.box.setAttribute("aria-label", say("tick", { text: undated(one.what) }));
    one.tick.removeAttribute("aria-hidden");
    one.tick.replaceChildren(one.box);
    one.box.addEventListener("change", () => {
      state.done = state.done.filter((other) => other !== one.id).concat(one.box.checked ? [one.id] : []);
      if (!keep()) tell(words.said_not_kept);
      showDone();
    });
  });
  ticks.filter(({ items }) => items).forEach((one) => {
    one.said = Object.assign(document.createElement("span"), { className: "course-answered" });
    one.what.append(one.said);
  });
  const showDone = () => {
    const data = read(PROGRESS), entries = isObject(data) && data.version === 1 && isObject(data.items) ? data.items : {};
    ticks.forEach(({ tick, id: name, box, items, said }) => {
      if (box) { box.checked = state.done.includes(name); return; }
      const answered = items.filter((item) => Object.hasOwn(entries, item)).length;
      tick.textContent = answered === items.length ? "☑" : "☐";
      said.textContent = answered ? say("answered", { answered, count: items.length }) : "";
    });
  };

  /* --- the calendar file, RFC 5545 --- */
  const escaped = (text) => text.replace(/[\\;,]/g, "\\$&").replace(/\r?\n/g, "\\n");
  /* Lines of at most 75 octets, never parted within a character (section 3.1). */
  const folded = (line) => {
    const encoder = new TextEncoder();
    let out = "", length = 0;
    for (const character of line) {
      const size = encoder.encode(character).length;
      if (length + size > 75) { out += "\r\n "; length = 1; }
      out += character;
      length += size;
    }
    return out;
  };
  const compact = (date) => date.toISOString().replace(/[-:]|\.\d+/g, "");
  const dateOnly = (date) => compact(date).slice(0, 8);
  const calendar = () => {
    const { address, revised, title } = root.dataset, language = document.documentElement.lang;
    const site = URL.canParse?.(address) ? new URL(address).host : "learning-journey.invalid";
    const event = (name, when, summary, description, isBusy) => [
      "BEGIN:VEVENT", `UID:${id}-${name}@${site}`, `DTSTAMP:${revised.replaceAll("-", "")}T000000Z`, `SEQUENCE:${state.changes}`, ...when,
      `SUMMARY;LANGUAGE=${language}:${escaped(summary)}`, `DESCRIPTION;LANGUAGE=${language}:${escaped(description)}`,
      ...(address ? [`URL:${address}`] : []), `TRANSP:${isBusy ? "OPAQUE" : "TRANSPARENT"}`, "END:VEVENT",
    ];
    const wholeDays = (first, count) => [`DTSTART;VALUE=DATE:${dateOnly(dayOf(first))}`, `DTEND;VALUE=DATE:${dateOnly(dayOf(first + count))}`];
    const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Learning Journey//Course planner//EN", "CALSCALE:GREGORIAN", `X-WR-CALNAME:${escaped(title)}`];
    all(".course-week").forEach((week, place) => {
      const first = Number(week.dataset.first), heading = plain(week.querySelector("h2"));
      const description = all("h3", week).map((one) => [plain(one), ...all(".course-what", one.nextElementSibling).map((what) => `– ${plain(what)}`)].join("\n"));
      lines.push(...event(`week-${place + 1}`, wholeDays(first, Number(week.dataset.last) - first + 1), `${title} – ${heading}`, [...description, words.model].join("\n\n"), false));
      all("[data-session]", week).forEach((session) => {
        const day = Number(session.dataset.day), name = session.closest("li").querySelector(".course-tick").dataset.id;
        const begin = state.time && momentOf(day), end = state.time && new Date(begin.getTime() + session.dataset.minutes * MINUTE);
        const when = state.time ? [`DTSTART:${compact(begin)}`, `DTEND:${compact(end)}`] : wholeDays(day, 1);
        lines.push(...event(name, when, `${title} – ${undated(session.parentElement)}`, heading, Boolean(state.time)));
      });
    });
    return [...lines, "END:VCALENDAR", ""].map(folded).join("\r\n");
  };

  /* --- buttons --- */
  $("start").addEventListener("change", () => { const start = $("start").value; if (isDay(start)) change({ ...state, start }); else if (!start && state.start) change({}, words.said_erased); });
  $("time").addEventListener("change", () => change({ start: state.start, time: $("time").value, zone: here }));
  $("erase").addEventListener("click", () => { change({}, words.said_erased); $("start").focus(); });
  $("print").addEventListener("click", () => print());
  $("calendar").addEventListener("click", () => {
    const name = `${id}-${state.start}.ics`, address = URL.createObjectURL(new Blob([calendar()], { type: "text/calendar;charset=utf-8" }));
    const anchor = Object.assign(document.createElement("a"), { href: address, download: name });
    root.append(anchor);
    anchor.click();
    anchor.remove();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
    tell(say("said_calendar", { name }));
  });
  $("share").addEventListener("click", async () => {
    const query = new URLSearchParams({ start: state.start, ...(state.time ? { time: state.time, zone: state.zone } : {}) });
    const link = `${location.href.split("#")[0]}#${query.toString().replaceAll("%3A", ":").replaceAll("%2F", "/")}`;
    try { await navigator.clipboard.writeText(link); tell(words.said_copied); } catch { tell(say("said_not_copied", { link })); }
  });
  const refresh = () => { state = clean(isObject(stored()[id]) ? stored()[id] : {}); show(); showDone(); };
  addEventListener("storage", refresh);
  addEventListener("pageshow", (event) => { if (event.persisted) refresh(); });
  addEventListener("hashchange", readLink);

  show();
  showDone();
  document.getElementById("planner").hidden = false;
  readLink();
})();
