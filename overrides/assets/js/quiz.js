/* Self-checks: marks an answer, tells it in words, keeps it on this device. Without script the page shows the same
   questions with their answers in closed disclosures. Progress is stored by item id, so it survives another
   language, a moved page and an inserted question. */
(() => {
  const items = [...document.querySelectorAll(".item")];
  const source = document.getElementById("quiz-words");
  if (!items.length || !source) return;
  const words = JSON.parse(source.textContent), KEY = "journey-progress", ASIDE = `${KEY}-unreadable`;
  const say = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);

  /* --- progress: { version: 1, items: { id: { score, tries, answer, first? } } } --- */
  const load = () => {
    if (window.journeyProgress) return window.journeyProgress; // a learning platform keeps it (scorm.js)
    let text = null;
    try { text = localStorage.getItem(KEY); } catch { return { version: 1, items: {} }; }
    if (text === null) return { version: 1, items: {} };
    try {
      const data = JSON.parse(text);
      if (data && data.version === 1 && data.items && typeof data.items === "object" && !Array.isArray(data.items)) return data;
    } catch { /* handled below */ }
    putAside(text);
    return { version: 1, items: {} };
  };
  /* What can not be read is kept beside, whatever is kept there already: "My progress" offers it as a file. */
  const putAside = (text) => {
    try {
      const before = localStorage.getItem(ASIDE);
      if (!before?.includes(text)) localStorage.setItem(ASIDE, before ? `${before}\n${text}` : text);
    } catch { /* nothing more to save it with */ }
  };
  const isEntry = (entry) => entry && typeof entry === "object" && Number.isInteger(entry.tries) && "answer" in entry;
  const save = (id, entry) => {
    const data = load(), old = data.items[id];
    if (old !== undefined && !isEntry(old)) putAside(JSON.stringify({ [id]: old }));
    data.items[id] = entry;
    try { if (!window.journeyProgress) localStorage.setItem(KEY, JSON.stringify(data)); } catch { /* full or forbidden: the answer holds for this page */ }
    document.dispatchEvent(new CustomEvent("journey:checked", { detail: { id, ...entry } }));
  };

  /* --- reading what people type --- */
  const DIGITS = [[0x660, 0x669], [0x6f0, 0x6f9], [0x17e0, 0x17e9]];
  const number = (text) => { // every number that the typed text can mean
    const latin = [...text.trim()].map((c) => { const range = DIGITS.find(([a, b]) => c.codePointAt(0) >= a && c.codePointAt(0) <= b); return range ? c.codePointAt(0) - range[0] : c; }).join("");
    const bare = latin.replace(/\u066b/g, ".").replace(/\u2212/g, "-").replace(/[%\u066a\u066c\s]/g, ""), plain = bare.replace(/,/g, ".");
    const readings = /^-?\d+(\.\d+)?$|^-?\.\d+$/.test(plain) ? [Number(plain)] : [];
    if (/^-?\d{1,3}([.,]\d{3})+$/.test(bare)) readings.push(Number(bare.replace(/[.,]/g, ""))); // 605,000 may mean thousands
    return readings;
  };
  const fold = (text) => text.normalize("NFKC").toLowerCase().replace(/[\u064b-\u0652\u0670\u0640\u200b-\u200f\u2060]/g, "")
    .replace(/[\u064a\u0649]/g, "\u06cc").replace(/\u0643/g, "\u06a9").replace(/[\u0647\u06d5]/g, "\u06c1").replace(/\u17d2\u178a/g, "\u17d2\u178f")
    .replace(/[.,;:!?\u060c\u061b\u061f\u06d4\u17d4]+$/u, "").replace(/\s+/g, " ").trim();
  const same = (typed, accepted) => accepted.some((one) => fold(typed) === fold(one) || number(one).some((value) => number(typed).includes(value)));

  /* --- one item --- */
  const controls = (item) => [...item.querySelectorAll("fieldset input, fieldset select, fieldset textarea")];
  const read = (item) => {
    switch (item.dataset.kind) {
      case "single": case "true-false": case "scale": case "multiple": return [...item.querySelectorAll("input:checked")].map((one) => one.value).sort();
      case "matching": case "ordering": return Object.fromEntries([...item.querySelectorAll("[data-row]")].map((one) => [one.dataset.row, one.value]));
      case "gaps": return Object.fromEntries([...item.querySelectorAll("[data-gap]")].map((one) => [one.dataset.gap, one.value]));
      default: return item.querySelector("fieldset input, fieldset textarea").value;
    }
  };
  const write = (item, answer) => {
    try {
      controls(item).forEach((one) => {
        if (one.type === "radio" || one.type === "checkbox") one.checked = answer.includes(one.value);
        else if (one.dataset.row) one.value = answer[one.dataset.row] ?? "";
        else if (one.dataset.gap) one.value = answer[one.dataset.gap] ?? "";
        else one.value = typeof answer === "string" ? answer : "";
      });
    } catch { /* a stored answer of another shape: the form stays empty */ }
  };
  const isEmpty = (answer) => (typeof answer === "string" ? !answer.trim() : Array.isArray(answer) ? !answer.length : Object.values(answer).some((one) => !one.trim()));
  const mark = (item, answer) => {
    const key = JSON.parse(item.dataset.key || "null"), share = (right, all) => (all ? right / all : 0);
    switch (item.dataset.kind) {
      case "single": case "true-false": return key.includes(answer[0]) ? 1 : 0;
      case "multiple": { const right = answer.filter((one) => key.includes(one)).length; const least = Math.min(key.length, item.querySelectorAll(".option").length - key.length) || 1; return Math.max(0, share(right, key.length) - (answer.length - right) / least); } // ticking everything earns nothing, as in a Moodle
      case "number": return number(answer).some((typed) => typed >= Number(key[0]) && typed <= Number(key[1])) ? 1 : 0;
      case "text": return same(answer, key) ? 1 : 0;
      case "gaps": return share(Object.entries(key).filter(([name, right]) => (Array.isArray(right) ? same(answer[name], right) : answer[name] === String(right))).length, Object.keys(key).length);
      default: return share(Object.entries(key).filter(([row, right]) => answer[row] === right).length, Object.keys(key).length);
    }
  };
  const tell = (item, score) => {
    const result = item.querySelector(".item-result"), percent = Math.round(score * 100);
    const sentence = score === 1 ? say("said_right") : score > 0 ? say("said_partly", { percent }) : say("said_wrong");
    result.replaceChildren(Object.assign(document.createElement("p"), { className: score === 1 ? "said right" : "said wrong", textContent: sentence }));
    if (["single", "multiple", "true-false"].includes(item.dataset.kind)) {
      read(item).forEach((key) => {
        const verdict = item.querySelector(`[data-verdict="${key}"]`);
        if (verdict) { const copy = document.createElement("div"); copy.className = "feedback"; copy.append(...[...verdict.cloneNode(true).childNodes]); result.append(copy); }
      });
    }
    const why = item.querySelector(".answer .why");
    if (why && score === 1) { const copy = why.cloneNode(true); copy.className = "feedback"; result.append(copy); }
    item.querySelector(".item-check").textContent = say(score === 1 ? "check" : "again");
  };
  const check = (item) => {
    const answer = read(item);
    if (isEmpty(answer)) { item.querySelector(".item-result").replaceChildren(Object.assign(document.createElement("p"), { className: "said", textContent: say("said_empty") })); return; }
    const old = load().items[item.id], before = isEntry(old) ? old : undefined, score = mark(item, answer), limit = Number((item.closest(".quiz") || item).dataset.attempts || 0);
    if (limit && before && before.tries >= limit) { item.querySelector(".item-result").prepend(Object.assign(document.createElement("p"), { className: "said", textContent: say("said_no_more", { count: limit }) })); return; }
    const entry = { score, tries: ((before && before.tries) || 0) + 1, answer };
    if (item.closest('[data-quiz="pre-test"]') && !window.journeyProgress) entry.first = before ? before.first ?? before.score : score; // what was known before learning
    save(item.id, entry);
    tell(item, score);
    summarise(item.closest(".quiz"));
  };
  const summarise = (quiz) => {
    const place = quiz && quiz.querySelector(".quiz-summary");
    if (!place) return;
    const scored = [...quiz.querySelectorAll(".item[data-key]")], entries = load().items;
    const done = scored.filter((item) => entries[item.id]);
    const points = (list, of) => list.reduce((sum, item) => sum + Number(item.dataset.points) * of(item), 0);
    if (done.length) place.textContent = say("summary", { answered: done.length, count: scored.length, percent: Math.round(100 * points(done, (item) => Number(entries[item.id].score) || 0) / points(scored, () => 1)) });
  };

  items.forEach((item) => {
    const stored = load().items[item.id], scored = "key" in item.dataset;
    if (scored) {
      const row = document.createElement("div"), button = document.createElement("button"), result = document.createElement("div");
      row.className = "item-buttons";
      Object.assign(button, { type: "button", className: "button item-check", textContent: say("check") });
      result.className = "item-result";
      result.setAttribute("role", "status");
      button.addEventListener("click", () => check(item));
      row.append(button);
      item.querySelector("fieldset").append(row, result);
      item.addEventListener("keydown", (event) => { if (event.key === "Enter" && event.target.matches('input[type="text"], input[type="radio"], input[type="checkbox"]')) { event.preventDefault(); check(item); } });
    } else {
      item.addEventListener("change", () => save(item.id, { score: null, tries: 1, answer: read(item) }));
    }
    /* hints one by one: the next appears when the one before it was opened */
    const hints = [...item.querySelectorAll("details.hint")];
    hints.slice(1).forEach((hint) => { hint.hidden = true; });
    hints.forEach((hint, place) => hint.addEventListener("toggle", () => { if (hint.open && hints[place + 1]) hints[place + 1].hidden = false; }));
    if (stored && typeof stored === "object" && "answer" in stored) {
      write(item, stored.answer);
      if (scored && !isEmpty(read(item))) tell(item, mark(item, read(item)));
    }
  });
  document.querySelectorAll(".quiz").forEach(summarise);
})();
