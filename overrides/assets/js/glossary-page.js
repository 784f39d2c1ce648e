/* The glossary's filter: compares as the generator does (case, marks, Urdu letters, Khmer ta and da), in any language. */
(() => {
  const field = document.getElementById("glossary-filter");
  if (!field) return;
  const concepts = [...document.querySelectorAll(".concept")], found = document.getElementById("glossary-found");
  const sections = [...document.querySelectorAll(".glossary > section")], letters = document.querySelector(".glossary-letters");
  const fold = (text) => text.normalize("NFC").toLowerCase().replace(/[\u064b-\u0652\u0670\u0640\u200b-\u200f\u2060]/g, "")
    .replace(/[\u064a\u0649]/g, "\u06cc").replace(/\u0643/g, "\u06a9").replace(/[\u0647\u0629\u06c2\u06c3]/g, "\u06c1").replace(/\u17d2\u178a/g, "\u17d2\u178f").replace(/\s+/g, " ").trim();
  const bare = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, ""); // é is found by e
  const forms = concepts.map((one) => one.dataset.forms + " " + bare(one.dataset.forms));
  const filter = () => {
    const words = fold(field.value).split(" ").filter(Boolean);
    let count = 0;
    concepts.forEach((one, index) => { one.hidden = !words.every((word) => forms[index].includes(word)); count += !one.hidden; });
    sections.forEach((one) => { one.hidden = ![...one.querySelectorAll(".concept")].some((concept) => !concept.hidden); });
    letters.hidden = words.length > 0;
    found.textContent = !words.length ? "" : count ? field.dataset.found.replace("{count}", count) : field.dataset.none;
  };
  field.closest("p").hidden = false;
  field.addEventListener("input", filter);
  field.addEventListener("keydown", (event) => { if (event.key === "Escape" && field.value) { event.preventDefault(); field.value = ""; filter(); } });
  if (field.value) filter(); // the browser kept it when the reader came back
})();
