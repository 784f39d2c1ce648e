/* The profile of a self-assessment: a wheel with one spoke for each section that the table of the tool leads to. Its
   rings are the mean of the statements answered there. Without script the wheel is filled in by hand. */
(() => {
  const source = document.getElementById("profile-words");
  if (!source) return;
  const words = JSON.parse(source.textContent), WIDTH = 560, HEIGHT = 390, X = WIDTH / 2, Y = HEIGHT / 2, RINGS = 5, RING = 27;
  const say = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const drawn = (tag, values, text) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
    Object.entries(values).forEach(([name, value]) => made.setAttribute(name, value));
    if (text) made.textContent = text;
    return made;
  };
  const stored = (id) => {
    try { return JSON.parse(localStorage.getItem("journey-progress")).items[id]; } catch { return undefined; }
  };
  /* The items between a heading and the next one of its rank. */
  const itemsOf = (heading) => {
    const found = [];
    for (let next = heading.nextElementSibling; next && next.tagName !== heading.tagName; next = next.nextElementSibling) {
      if (next.matches(".item")) found.push(next);
      found.push(...next.querySelectorAll(".item"));
    }
    return found;
  };

  document.querySelectorAll("[data-profile]").forEach((tool) => {
    const sections = [...tool.querySelectorAll("tbody tr")].map((row) => {
      const link = row.cells[0].querySelector('a[href^="#"]'), heading = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
      return heading && { name: link.textContent, items: itemsOf(heading), next: row.cells[row.cells.length - 1] };
    }).filter(Boolean);
    if (sections.length < 3) return;
    const frame = document.createElement("div"), wheel = drawn("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "figure", role: "img" });
    const list = document.createElement("ul"), advice = document.createElement("div"), said = document.createElement("p");
    frame.className = "profile";
    said.setAttribute("role", "status");
    frame.append(Object.assign(document.createElement("p"), { className: "profile-title", textContent: say("title") }), wheel, list, advice, said);
    (tool.querySelector(".table-frame") ?? tool.querySelector("table")).after(frame);

    const at = (place, ring) => {
      const turn = (2 * Math.PI * place) / sections.length - Math.PI / 2;
      return [X + Math.cos(turn) * ring * RING, Y + Math.sin(turn) * ring * RING].map((one) => Math.round(one * 10) / 10);
    };
    const read = ({ items }) => {
      const values = items.filter((one) => one.dataset.kind === "scale").map((one) => Number(one.querySelector("input:checked")?.value)).filter(Boolean);
      const marked = items.filter((one) => "key" in one.dataset).map((one) => stored(one.id)).filter(Boolean);
      return {
        ring: values.length ? values.reduce((sum, one) => sum + one, 0) / values.length : 0,
        solved: marked.length ? marked.every((one) => one.score === 1 && one.tries === 1) : null,
      };
    };
    const draw = () => {
      const rings = sections.map(read), answered = rings.filter(({ ring }) => ring);
      wheel.replaceChildren(
        ...Array.from({ length: RINGS }, (_, ring) => drawn("circle", { class: ring ? "f-thin" : "f-box", cx: X, cy: Y, r: (RINGS - ring) * RING })),
        ...sections.map((_, place) => drawn("path", { class: "f-line", d: `M${X} ${Y}L${at(place, RINGS).join(" ")}` })),
        ...(answered.length > 2 ? [drawn("polygon", { class: "profile-shape", points: rings.map(({ ring }, place) => at(place, ring).join(",")).join(" ") })] : []),
        ...rings.flatMap(({ ring }, place) => (ring ? [drawn("circle", { class: "profile-point", cx: at(place, ring)[0], cy: at(place, ring)[1], r: 6 })] : [])),
        ...sections.map(({ name }, place) => {
          const [x, y] = at(place, RINGS + 0.7), side = Math.abs(x - X) < 2 ? "middle" : (x > X) === (getComputedStyle(frame).direction !== "rtl") ? "start" : "end";
          return drawn("text", { class: "f-strong", x, y: y + 7, "text-anchor": side, "font-size": 20 }, name);
        }),
      );
      list.replaceChildren(...sections.map(({ name }, place) => {
        const { ring, solved } = rings[place];
        const text = [ring ? say("ring", { section: name, ring: ring.toFixed(1) }) : say("none", { section: name }), solved === null ? "" : say(solved ? "solved" : "missed")];
        return Object.assign(document.createElement("li"), { textContent: text.filter(Boolean).join(" ") });
      }));
      wheel.setAttribute("aria-label", [...list.children].map((one) => one.textContent).join(" "));
      said.textContent = say("answered", { answered: answered.length, count: sections.length });
      /* Two sections are read first, the lowest; a missed case decides between equals. */
      const lowest = sections.map((section, place) => ({ ...section, ...rings[place] })).filter(({ ring }) => ring && ring < 4)
        .sort((a, b) => a.ring - b.ring || Number(a.solved ?? 1) - Number(b.solved ?? 1)).slice(0, 2);
      advice.replaceChildren();
      if (!lowest.length) return;
      const first = document.createElement("ul");
      lowest.forEach(({ name, next }) => {
        const line = document.createElement("li");
        line.append(`${name}: `, ...[...next.cloneNode(true).childNodes]);
        first.append(line);
      });
      advice.append(Object.assign(document.createElement("p"), { textContent: say("first") }), first);
    };
    document.addEventListener("change", (event) => { if (event.target.closest(".item")) draw(); });
    document.addEventListener("journey:checked", draw);
    draw();
  });
})();
