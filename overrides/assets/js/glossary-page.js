/* The glossary's filter: in any language. */
(() => {
  const field = document.getElementById("glossary-filter");
  if (!field) return;
  const concepts = [...document.querySelectorAll(".concept")], found = document.getElementById("glossary-found");
  const sections = [...document.querySelectorAll(".glossary > section")], letters = document.querySelector(".glossary-letters");
  const fold = window.journeyFold, forms = concepts.map((one) => fold(one.dataset.forms));
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
