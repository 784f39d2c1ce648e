/* Tools to fill in: empty cells, dotted lines and boxes become fields; what is typed stays on this device and can be
   printed, saved as a file and cleared. Without script the sheet is what it is on paper: empty lines. */
(() => {
  const source = document.getElementById("tool-words");
  if (!source) return;
  const words = JSON.parse(source.textContent), KEY = "journey-tools";
  const load = () => {
    try {
      const data = JSON.parse(localStorage.getItem(KEY));
      if (data && typeof data === "object" && !Array.isArray(data)) return data;
    } catch { /* damaged or forbidden: begin anew, the damaged text is replaced at the first word typed */ }
    return {};
  };
  const keep = (tool, key, value) => {
    const data = load(), sheet = data[tool] && typeof data[tool] === "object" ? data[tool] : {};
    if (value) sheet[key] = value; else delete sheet[key];
    data[tool] = sheet;
    if (!Object.keys(sheet).length) delete data[tool];
    try { localStorage.setItem(KEY, JSON.stringify(data)); return true; } catch { return false; }
  };
  const element = (tag, values = {}, ...children) => {
    const made = Object.assign(document.createElement(tag), values);
    made.append(...children);
    return made;
  };

  document.querySelectorAll(".block.tool").forEach((tool) => {
    const blanks = [...tool.querySelectorAll("[data-blank]")];
    if (!blanks.length) return;
    const stored = load()[tool.id] ?? {};
    const status = element("p", { className: "tool-said" });
    status.setAttribute("role", "status");
    let warned = false;
    const changed = (key, value) => {
      if (!keep(tool.id, key, value) && !warned) { warned = true; status.textContent = words.not_kept; }
    };
    const fields = blanks.map((blank) => {
      const key = blank.dataset.blank, value = typeof stored[key] === "string" ? stored[key] : "";
      let field;
      if (blank.dataset.kind === "tick") {
        field = element("input", { type: "checkbox", checked: value === "x" });
        field.addEventListener("change", () => changed(key, field.checked ? "x" : ""));
      } else {
        field = element("textarea", { rows: 1, value, dir: "auto" });
        const grow = () => { field.style.height = "auto"; field.style.height = `${field.scrollHeight + 2}px`; };
        field.addEventListener("input", () => { grow(); changed(key, field.value); });
        if (value) requestAnimationFrame(grow);
      }
      field.setAttribute("aria-label", blank.dataset.label);
      blank.replaceChildren(field);
      return field;
    });
    const button = (text, run) => {
      const made = element("button", { type: "button", className: "button", textContent: text });
      made.addEventListener("click", run);
      return made;
    };
    const print = () => {
      tool.classList.add("printing");
      document.body.classList.add("print-tool");
      addEventListener("afterprint", () => {
        tool.classList.remove("printing");
        document.body.classList.remove("print-tool");
      }, { once: true });
      window.print();
    };
    const download = () => {
      const copy = tool.cloneNode(true);
      copy.querySelectorAll(".tool-buttons, .tool-said, .block-label").forEach((one) => one.remove());
      copy.querySelectorAll("[data-blank]").forEach((blank, index) => {
        const field = fields[index];
        const text = field.type === "checkbox" ? (field.checked ? "☒" : "☐") : field.value;
        blank.replaceChildren(...(text || blank.tagName === "TD" ? text.split("\n").flatMap((line, n) => (n ? [element("br"), line] : [line])) : ["………"]));
      });
      const place = tool.closest("[lang]"), box = tool.closest("[dir]");
      const style = "body{font-family:sans-serif;max-width:60rem;margin:2rem auto;line-height:1.6}table{border-collapse:collapse;width:100%}th,td{border:1px solid #666;padding:.4rem;text-align:start;vertical-align:top;min-width:3rem}";
      const page = `<!doctype html><html lang="${place.lang}" dir="${box.dir}"><meta charset="utf-8"><title>${document.title.replace(/[<&]/g, "")}</title><style>${style}</style><body>${copy.innerHTML}<p><small>${location.origin === "null" ? "" : location.href.split("#")[0].replace(/[<&]/g, "")}</small></p></body></html>`;
      const link = element("a", { href: URL.createObjectURL(new Blob([page], { type: "text/html" })), download: `${tool.id}.html` });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
      status.textContent = words.saved.replace("{name}", link.download);
    };
    const clear = () => {
      const before = fields.map((field) => (field.type === "checkbox" ? field.checked : field.value));
      const put = (values) => fields.forEach((field, index) => {
        if (field.type === "checkbox") field.checked = values[index]; else field.value = values[index];
        field.dispatchEvent(new Event(field.type === "checkbox" ? "change" : "input"));
      });
      put(before.map((value) => (typeof value === "boolean" ? false : "")));
      const undo = button(words.undo, () => { put(before); status.textContent = words.undone; });
      status.replaceChildren(`${words.cleared} `, undo);
    };
    tool.append(
      element("p", { className: "tool-note", textContent: words.note }),
      element("div", { className: "tool-buttons" }, button(words.print, print), button(words.save, download), button(words.clear, clear)),
      status,
    );
  });
})();
