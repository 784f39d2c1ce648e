/* "Cite this page": buttons that copy. Where the browser refuses, the text is marked for copying by hand. */
document.querySelectorAll("[data-copy]").forEach((button) => {
  const text = document.getElementById(button.dataset.copy), said = document.querySelector(".cite [role=status]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text.textContent);
      said.textContent = said.dataset.copied;
    } catch {
      getSelection().selectAllChildren(text);
      said.textContent = said.dataset.failed;
    }
  });
});
