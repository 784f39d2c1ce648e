/* The lens on countries: boxes to tick hide rows, bars and themes; the choice is in the address, so it can be sent on. */
(() => {
  const form = document.querySelector(".lens-choice");
  if (!form) return;
  const boxes = [...form.querySelectorAll("input")], said = form.querySelector("[role=status]");
  const hide = (element, hidden) => { element.hidden = hidden; };
  const ticked = (name) => boxes.filter((box) => box.name === name && box.checked).map((box) => box.value);
  const show = (speak) => {
    const countries = ticked("country"), themes = ticked("theme");
    document.querySelectorAll(".lens [data-country]").forEach((one) => hide(one, !countries.includes(one.dataset.country)));
    document.querySelectorAll(".lens [data-theme]").forEach((theme) => {
      hide(theme, !themes.includes(theme.dataset.theme));
      const empty = !theme.querySelector("tr[data-country]:not([hidden])");
      hide(theme.querySelector(".table-frame"), empty);
      hide(theme.querySelector(".lens-nobody"), !empty);
      theme.querySelectorAll(".lens-panel").forEach((panel) => hide(panel, !panel.querySelector("li:not([hidden])")));
    });
    if (!speak) return;
    const all = boxes.every((box) => box.checked), encode = (values) => values.map(encodeURIComponent).join(",");
    history.replaceState(null, "", all ? location.pathname + location.search : `#lens=${encode(themes)};${encode(countries)}`);
    said.textContent = countries.length && themes.length
      ? form.dataset.shown.replace("{countries}", countries.length).replace("{themes}", themes.length) : form.dataset.nothing;
  };
  const read = () => {
    const found = /^#lens=([^;]*);(.*)$/.exec(location.hash);
    if (!found) return;
    const [themes, countries] = found.slice(1).map((list) => list.split(",").map(decodeURIComponent));
    boxes.forEach((box) => { box.checked = (box.name === "theme" ? themes : countries).includes(box.value); });
    form.querySelector("details").open = true;
    show();
  };
  form.hidden = false;
  form.addEventListener("change", () => show(true));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.querySelector("button").addEventListener("click", () => { boxes.forEach((box) => { box.checked = true; }); show(true); });
  addEventListener("hashchange", read);
  read();
  if (!location.hash) show(); // the browser kept ticks when the reader came back
})();
