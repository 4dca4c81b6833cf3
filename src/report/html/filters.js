"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  for (const form of all("form.filters")) {
    const region = document.getElementById(form.dataset.for);
    const parts = all("tr[data-state], article[data-state]", region);
    const groups = all(".topic, .rule", region);
    const rows = parts.filter((part) => part.matches("tr"));
    const search = form.querySelector("input[type=search]");
    const output = form.querySelector("output");
    const text = (part) => (part.dataset.text || part.textContent).toLowerCase();
    const apply = () => {
      const states = new Set(all("input:checked", form).map((box) => box.value));
      const wanted = search.value.trim().toLowerCase();
      for (const part of parts) {
        part.hidden = !states.has(part.dataset.state) || !text(part).includes(wanted);
      }
      for (const group of groups) {
        group.hidden = all("[data-state]", group).every((part) => !part.matches("tr, article") || part.hidden);
      }
      output.textContent = `${rows.filter((row) => !row.hidden).length} of ${rows.length}`;
    };
    form.hidden = false;
    form.addEventListener("input", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
  }

  // What is far below is not laid out while the page opens, only once there is time: links then land exactly.
  const parts = all("article, .topic");
  const layOut = () => {
    const part = parts.shift();
    if (!part) return;
    part.style.contentVisibility = "visible";
    (window.requestIdleCallback ?? setTimeout)(layOut);
  };
  layOut();

  for (const button of all("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const code = button.parentElement.querySelector("code");
      try {
        await navigator.clipboard.writeText(code.textContent);
        button.textContent = "Copied";
      } catch {
        getSelection().selectAllChildren(code);
        button.textContent = "Selected";
      }
      setTimeout(() => { button.textContent = "Copy"; }, 2000);
    });
  }
})();
