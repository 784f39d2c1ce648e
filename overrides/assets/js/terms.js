/* Terms: a definition by hover, focus and tap; Escape or a tap elsewhere closes it. The definitions stand in the page. */
(() => {
  const links = [...document.querySelectorAll("a.term")];
  if (!links.length) return;
  let open = null, timer = 0;
  const tip = document.createElement("div");
  tip.className = "term-tip";
  tip.hidden = true;
  tip.setAttribute("role", "tooltip");
  links[0].closest("main").append(tip);
  const hide = () => { clearTimeout(timer); tip.hidden = true; open = null; };
  const show = (link) => {
    clearTimeout(timer);
    const source = document.getElementById(link.getAttribute("aria-describedby"));
    if (!source || open === link) return;
    const text = source.cloneNode(true), place = link.closest("[dir]");
    text.removeAttribute("id");
    tip.replaceChildren(text);
    tip.lang = link.closest("[lang]").lang;
    tip.dir = place.dir;
    if (touched) { // a finger opens the definition, a second tap here leads to the entry
      const more = document.createElement("a");
      more.href = link.href;
      more.textContent = link.textContent;
      more.className = "term-more";
      tip.append(more);
    }
    tip.hidden = false;
    open = link;
    const box = link.getClientRects()[0], width = tip.offsetWidth, height = tip.offsetHeight, view = document.documentElement.clientWidth;
    const left = Math.min(Math.max(8, box.left + box.width / 2 - width / 2), view - width - 8);
    const above = box.top - height - 8;
    tip.style.left = `${left + scrollX}px`;
    tip.style.top = `${(above > 8 ? above : box.bottom + 8) + scrollY}px`;
  };
  const later = () => { timer = setTimeout(hide, 250); };
  let touched = false;
  const listen = (link) => {
    link.addEventListener("pointerenter", (event) => { if (event.pointerType === "mouse") show(link); });
    link.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse") later(); });
    link.addEventListener("pointerdown", (event) => { touched = event.pointerType !== "mouse"; });
    link.addEventListener("focus", () => { if (!touched) show(link); });
    link.addEventListener("blur", later);
    link.addEventListener("click", (event) => { if (touched && open !== link) { event.preventDefault(); open = null; show(link); } });
  };
  links.forEach(listen);
  document.addEventListener("journey:patched", () => { // the preview has changed the text
    const known = new Set(links);
    document.querySelectorAll("a.term").forEach((link) => { if (!known.has(link)) { links.push(link); listen(link); } });
  });
  tip.addEventListener("pointerenter", () => clearTimeout(timer));
  tip.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse") later(); });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && open) hide(); });
  document.addEventListener("pointerdown", (event) => { if (open && !tip.contains(event.target) && event.target !== open) hide(); });
  addEventListener("resize", hide);
})();
