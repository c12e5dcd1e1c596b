"use strict";
/* Adds to pages that already work. Everything is delegated, so parts that htmx brings in take part. */
(() => {
  const byId = (id) => document.getElementById(id);

  const count = (box) => {
    const figure = byId(box.dataset.counts);
    if (!figure) return;
    const limit = Number(figure.dataset.limit);
    const typed = box.value.length;
    figure.textContent = `${typed} / ${limit}`;
    figure.classList.toggle("near", typed > limit * 0.9);
  };
  const countAll = (root) => root.querySelectorAll("[data-counts]").forEach((box) => box.value && count(box));

  const release = () =>
    document.querySelectorAll("form[data-busy]").forEach((form) => {
      delete form.dataset.busy;
      form.querySelectorAll("[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
    });

  const say = (near, words) => {
    const place = near.closest("form") || near;
    if (!words || place.querySelector(".trouble")) return;
    const line = document.createElement("p");
    line.className = "trouble mistake";
    line.setAttribute("role", "alert");
    line.textContent = words;
    place.append(line);
  };

  document.addEventListener("input", (event) => {
    if (event.target.dataset?.counts) count(event.target);
    const form = event.target.closest?.("form[data-leave]");
    if (form) form.dataset.leave = "typed";
  });

  /* what nobody keeps, not even the browser, is not lost by a slip */
  window.addEventListener("beforeunload", (event) => {
    if (document.querySelector("form[data-leave=typed]:not([data-busy])")) event.preventDefault();
  });

  /* pressing twice sends once */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || form.target) return;
    if (form.dataset.busy) return event.preventDefault();
    form.dataset.busy = "yes";
    form.querySelectorAll("[type=submit]").forEach((button) => button.setAttribute("aria-disabled", "true"));
    setTimeout(release, 8000);
  });
  window.addEventListener("pageshow", release);

  /* a refusal (409) or a form with something to mend (422) is a page to show */
  document.addEventListener("htmx:beforeSwap", (event) => {
    if ([409, 422].includes(event.detail.xhr.status)) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });
  document.addEventListener("htmx:afterRequest", release);
  document.addEventListener("htmx:afterSwap", (event) => {
    document.querySelectorAll(".trouble").forEach((line) => line.remove());
    countAll(event.target);
    event.target.querySelector(".summary[autofocus]")?.focus();
  });
  for (const kind of ["htmx:sendError", "htmx:responseError", "htmx:timeout"])
    document.addEventListener(kind, ({ detail }) => {
      const { signedOut, trouble } = document.body.dataset;
      say(detail.elt, detail.xhr?.status === 401 ? signedOut : trouble);
    });

  countAll(document);
  document.querySelector(".summary[autofocus]")?.focus();
})();
