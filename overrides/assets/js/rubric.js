/* Peer marking: adds up the mark and makes a text to paste. Nothing is stored and nothing is sent. */
(() => {
  const form = document.getElementById("rubric");
  if (!form) return;
  const $ = (name) => document.getElementById(`rubric-${name}`), words = JSON.parse($("words").textContent);
  const say = (key, values) => words[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const criteria = [...form.querySelectorAll("fieldset")], colon = { fr: "\u00a0: ", km: "៖ ", zh: "：" }[document.documentElement.lang] ?? ": ";
  const number = (value) => String(Math.round(value * 100) / 100);
  const show = () => {
    const marked = criteria.map((criterion) => ({ ...criterion.dataset, chosen: criterion.querySelector("input:checked"), count: criterion.querySelectorAll("input").length }));
    const open = marked.filter(({ chosen }) => !chosen).length;
    const mark = number(marked.reduce((sum, { chosen, weight, count }) => sum + (chosen ? (weight * chosen.value) / count : 0), 0));
    $("mark").textContent = open ? say("open", { count: open }) : say("mark", { mark });
    $("slip-mark").textContent = open ? "" : mark;
    const people = ["who", "marker"].map((name) => [words[name], $(name).value.trim()]), notes = ["evidence", "next"].map((name) => [words[name], $(name).value.trim()]);
    const lines = [
      document.querySelector("h1").textContent.trim(),
      ...people.filter(([, value]) => value).map(([name, value]) => name + colon + value),
      ...marked.filter(({ chosen }) => chosen).map(({ title, weight, chosen }) => `${title} (${say("weight", { weight })})${colon}${chosen.value} ${words.levels[chosen.value - 1]} – ${chosen.parentElement.querySelector(".rubric-words").textContent.trim()}`),
      $("mark").textContent,
      ...notes.filter(([, value]) => value).map(([name, value]) => name + colon + value),
    ];
    $("text").value = lines.join("\n");
  };
  const tell = (text) => { $("said").textContent = ""; setTimeout(() => { $("said").textContent = text; }, 50); };
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  $("copy").addEventListener("click", async () => {
    try { await navigator.clipboard.writeText($("text").value); tell(words.copied); } catch { $("text").focus(); $("text").select(); tell(words.not_copied); }
  });
  $("print").addEventListener("click", () => print());
  $("clear").addEventListener("click", () => { form.reset(); show(); tell(""); form.querySelector("input").focus(); });
  $("result").hidden = false;
  show();
})();
