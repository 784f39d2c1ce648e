/* SCORM 1.2: tells a learning platform what quiz.js found, and brings answers back when a learner returns.
   Comes before quiz.js, which then keeps its progress here instead of on the device. Without a platform the page
   works as any other. The score is sent when all scored items are answered and not before: a platform that
   compares it with the mastery score would otherwise call every interrupted attempt failed. */
(() => {
  const LIMIT = 4096; // characters of cmi.suspend_data
  const quiz = document.querySelector(".quiz");
  /* the platform's object, in a window around this one or in the window that opened it */
  const find = () => {
    const seen = new Set();
    for (let place = window; place && !seen.has(place);) {
      seen.add(place);
      try { if (place.API) return place.API; } catch { /* of another origin: look further out */ }
      place = place.parent === place ? place.opener : place.parent;
    }
    return null;
  };
  const api = quiz && find();
  if (!api) return;
  const call = (name, ...values) => { try { return String(api[name](...values) ?? ""); } catch { return ""; } };
  const get = (name) => call("LMSGetValue", name), set = (name, value) => call("LMSSetValue", name, String(value)) === "true";
  const told = (saved) => { document.getElementById("lms-not-saved").hidden = saved; };
  const entries = {}; // by item id, in the order in which they were first answered
  /* even if the platform refuses: what this device keeps may be of another learner */
  window.journeyProgress = { version: 1, items: entries };
  if (call("LMSInitialize", "") !== "true") { told(false); return; }
  const begin = Date.now(), items = [...document.querySelectorAll(".item")], scored = items.filter((item) => "key" in item.dataset);
  document.querySelectorAll("[data-lms]").forEach((one) => { one.hidden = one.dataset.lms === "no"; });
  /* a link that left this frame would end the session */
  document.querySelectorAll('a[href^="http"]').forEach((link) => { Object.assign(link, { target: "_blank", rel: "noopener" }); });

  /* --- suspend_data: [1, [item, score, tries, answer]…], items by a hash of their id (FNV-1a, 32 bits) --- */
  const hash = (id) => { let sum = 0x811c9dc5; for (const sign of id) sum = Math.imul(sum ^ sign.codePointAt(0), 0x01000193) >>> 0; return sum.toString(36); };
  const isChoice = (item) => ["single", "multiple", "true-false", "scale"].includes(item.dataset.kind);
  const pack = () => {
    const rows = Object.entries(entries).map(([id, { score, tries, answer }]) => {
      const row = [hash(id), score === null ? null : Math.round(score * 1e5) / 1e5, tries];
      return answer === undefined ? row : [...row, Array.isArray(answer) ? answer.join(" ") : answer];
    });
    /* what does not fit: first words that are not scored, then answers, the newest first; scores stay */
    const spare = [rows.filter((row) => row[1] === null), rows.filter((row) => row[1] !== null)].flatMap((list) => list.reverse());
    let text = JSON.stringify([1, ...rows]);
    while (text.length > LIMIT && spare.length) { spare.shift().splice(3); text = JSON.stringify([1, ...rows]); }
    return text.length > LIMIT ? "" : text;
  };
  const unpack = (text) => {
    let rows = null;
    try { rows = JSON.parse(text); } catch { return; }
    if (!Array.isArray(rows) || rows[0] !== 1) return;
    rows.slice(1).filter(Array.isArray).forEach(([code, score, tries, answer]) => {
      const item = items.find((one) => hash(one.id) === code), inRange = typeof score === "number" && score >= 0 && score <= 1;
      if (!item || ("key" in item.dataset ? !inRange : score !== null)) return;
      entries[item.id] = { score, tries: Number(tries) || 1 };
      if (answer !== undefined) entries[item.id].answer = isChoice(item) ? String(answer).split(" ") : answer;
    });
  };

  const isRecorded = !["browse", "review"].includes(get("cmi.core.lesson_mode"));
  let status = get("cmi.core.lesson_status"), isOpen = true;
  unpack(get("cmi.suspend_data"));
  const theirs = parseFloat(get("cmi.student_data.mastery_score")), mastery = Number.isNaN(theirs) ? Number(quiz.dataset.attendance) : theirs;

  const report = () => {
    const asked = scored.length ? scored : items, worth = (item) => Number(item.dataset.points);
    let saved = set("cmi.suspend_data", pack());
    if (asked.every((item) => entries[item.id])) {
      if (scored.length) {
        const points = (of) => scored.reduce((sum, item) => sum + worth(item) * of(item), 0);
        const raw = Math.round(1e4 * points((item) => entries[item.id].score) / (points(() => 1) || 1)) / 100;
        set("cmi.core.score.min", 0);
        set("cmi.core.score.max", 100);
        saved = set("cmi.core.score.raw", raw) && saved;
        status = raw >= mastery ? "passed" : "failed";
      } else status = "completed";
    } else if (!["passed", "failed", "completed"].includes(status)) status = "incomplete";
    saved = set("cmi.core.lesson_status", status) && saved;
    told(call("LMSCommit", "") === "true" && saved);
  };
  if (isRecorded) {
    set("cmi.core.exit", "suspend");
    /* a page that says nothing counts as completed in SCORM 1.2 */
    if (["", "not attempted"].includes(status)) { status = "incomplete"; told(set("cmi.core.lesson_status", status) && call("LMSCommit", "") === "true"); }
    document.addEventListener("journey:checked", report);
  }
  window.addEventListener("pagehide", () => {
    if (!isOpen) return;
    isOpen = false;
    const seconds = Math.round((Date.now() - begin) / 1000), pad = (number, width) => String(Math.floor(number)).padStart(width, "0");
    if (isRecorded) set("cmi.core.session_time", `${pad(seconds / 3600, 4)}:${pad((seconds / 60) % 60, 2)}:${pad(seconds % 60, 2)}`);
    call("LMSFinish", "");
  });
  /* back from the browser's cache of pages: the session is over, a new one must begin */
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
})();
