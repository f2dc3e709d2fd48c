// Makes the workbench smoother; every page works without it.
// It drags the slider, swaps a page in place, marks what changed, follows the live stream, offers keys.
"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const months = ["January", "February", "March", "April", "May", "June", "July", "August",
    "September", "October", "November", "December"];
  const inWords = (day) => {
    const [year, month, date] = day.split("-").map(Number);
    return `${date} ${months[month - 1]} ${year}`;
  };

  // Swapping: the parts of a page that differ from one view to another.
  const PARTS = ["header.mast", "#view .who", "#view .when", "#view svg.line", "#view .set",
    "#cautions", "main", "footer.foot"];
  let asked = 0;

  const swap = async (address, keep) => {
    const mine = (asked += 1);
    let page;
    try {
      const response = await fetch(address, { headers: { Accept: "text/html" } });
      if (!response.ok) throw new Error(String(response.status));
      page = new DOMParser().parseFromString(await response.text(), "text/html");
    } catch {
      location.assign(address);
      return;
    }
    // A later wish has overtaken this one.
    if (mine !== asked) return;
    const before = texts();
    const focused = document.activeElement?.id;
    for (const part of PARTS) {
      const [now, then] = [document.querySelector(part), page.querySelector(part)];
      if (now && then) now.replaceWith(then);
    }
    document.title = page.title;
    document.body.dataset.live = page.body.dataset.live;
    const slide = byId("slide"), next = page.getElementById("slide");
    if (slide && next) {
      slide.max = next.max;
      slide.dataset.days = next.dataset.days;
      slide.dataset.places = next.dataset.places;
      if (document.activeElement !== slide) slide.value = next.value;
      valueText(slide);
    }
    if (focused && focused !== "slide") byId(focused)?.focus({ preventScroll: true });
    history[keep ? "replaceState" : "pushState"]({}, "", address);
    marked(before);
    wire();
    listen();
  };

  // What reads otherwise than before is marked for a moment.
  const texts = () =>
    new Map([...document.querySelectorAll(".treaty [id]")].map((one) => [one.id, one.textContent]));
  const marked = (before) => {
    if (before.size === 0) return;
    for (const one of document.querySelectorAll(".treaty .p[id]")) {
      if (before.get(one.id) !== one.textContent) one.classList.add("changed");
    }
    setTimeout(() => {
      for (const one of document.querySelectorAll(".changed")) one.classList.remove("changed");
    }, 1500);
  };

  // The slider.
  const places = (slide) =>
    slide.dataset.places.split("|").flatMap((run) => {
      const cut = run.indexOf("\u00d7");
      return Array(Number(run.slice(0, cut))).fill(run.slice(cut + 1));
    });
  const chosen = (slide) => slide.dataset.days.split(" ")[slide.valueAsNumber];
  const valueText = (slide) => {
    slide.setAttribute("aria-valuetext",
      `${inWords(chosen(slide))}, ${places(slide)[slide.valueAsNumber]}`);
  };
  const onDay = (day) => {
    const address = new URL(location.href);
    address.searchParams.set("as_of", day);
    return address.href;
  };
  let waiting;
  const slid = (slide) => {
    byId("day").textContent = inWords(chosen(slide));
    byId("place").textContent = places(slide)[slide.valueAsNumber];
    valueText(slide);
    clearTimeout(waiting);
    waiting = setTimeout(() => swap(onDay(chosen(slide)), true), 120);
  };

  const slide = byId("slide");
  if (slide && slide.dataset.days) {
    slide.hidden = false;
    slide.addEventListener("input", () => slid(slide));
  }

  // The form: choosing is enough, and links to other days stay on the page.
  const submit = (form) => {
    const fields = [...new FormData(form)].filter(([, value]) => value !== "");
    swap(`${form.getAttribute("action")}?${new URLSearchParams(fields)}`, false);
  };
  byId("view")?.addEventListener("submit", (event) => {
    event.preventDefault();
    submit(event.currentTarget);
  });
  byId("view")?.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    swap(link.href?.baseVal ?? link.href, false);
  });
  const wire = () => {
    byId("as")?.addEventListener("change", (event) => submit(event.target.form));
    byId("side")?.addEventListener("change", (event) => event.target.form.requestSubmit());
    const help = document.querySelector(".keys");
    if (help) {
      help.hidden = false;
      byId("keys").addEventListener("click", () => keysHelp.showModal());
    }
  };
  addEventListener("popstate", () => location.reload());
  document.addEventListener("click", (event) => {
    const jump = document.querySelector(".jump[open]");
    if (jump && !jump.contains(event.target)) jump.open = false;
  });

  // News from the record.
  let stream, heard, following;
  const listen = () => {
    if (heard === document.body.dataset.live) return;
    heard = document.body.dataset.live;
    stream?.close();
    stream = new EventSource(heard);
    const tell = (event) => {
      const day = event.type === "entry" ? JSON.parse(event.data).at : null;
      const now = new URL(location.href).searchParams.get("as_of") ?? byId("as_of").value;
      // The meeting follows by itself, unless somebody is in the middle of a line.
      const line = document.activeElement?.matches("input[name=line]") ? document.activeElement : null;
      const typed = line && line.value !== line.defaultValue;
      if (document.querySelector("[data-follows]") && !typed) {
        clearTimeout(following);
        following = setTimeout(() => swap(onDay(day && day > now ? day : now), true), 60);
        return;
      }
      const link = document.createElement("a");
      link.href = onDay(day && day > now ? day : now);
      link.textContent = "Show it";
      byId("news").replaceChildren("Something was recorded. ", link);
      byId("news").hidden = false;
    };
    stream.addEventListener("entry", tell);
    stream.addEventListener("again", tell);
  };

  // Keys; they can be turned off, for those who speak to their computer.
  const keysHelp = document.createElement("dialog");
  keysHelp.className = "keys-help";
  keysHelp.setAttribute("aria-label", "Keyboard shortcuts");
  const row = (key, what) => `<p><kbd>${key}</kbd> ${what}</p>`;
  keysHelp.innerHTML = "<h2>Keyboard shortcuts</h2>"
    + row("[", "the day before on which anything happened") + row("]", "the day behind")
    + row("j", "the next provision in brackets") + row("k", "the one before")
    + row("/", "find") + row("?", "this list")
    + "<p><label><input type='checkbox' id='keys-on'> shortcuts on</label></p>"
    + "<form method='dialog'><button>Close</button></form>";
  document.body.append(keysHelp);
  const keysOn = byId("keys-on");
  keysOn.checked = localStorage.getItem("keys") !== "off";
  keysOn.addEventListener("change", () =>
    localStorage.setItem("keys", keysOn.checked ? "on" : "off"));
  const bracketed = (step) => {
    const open = [...document.querySelectorAll(".treaty .open")];
    const middle = innerHeight / 3;
    const tops = open.map((one) => one.getBoundingClientRect().top - middle);
    const at = step > 0 ? tops.findIndex((top) => top > 4) : tops.findLastIndex((top) => top < -4);
    if (at >= 0) scrollTo({ top: scrollY + tops[at], behavior: "auto" });
  };
  const KEYS = {
    "[": () => document.querySelector(".step[rel=prev]")?.click(),
    "]": () => document.querySelector(".step[rel=next]")?.click(),
    "j": () => bracketed(1),
    "k": () => bracketed(-1),
    "/": () => byId("q")?.focus(),
    "?": () => keysHelp.showModal(),
  };
  document.addEventListener("keydown", (event) => {
    const jump = document.querySelector(".jump[open]");
    if (event.key === "Escape" && jump) jump.open = false;
    const typing = event.target.closest("input, select, textarea, dialog");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !keysOn.checked) return;
    if (KEYS[event.key]) {
      event.preventDefault();
      KEYS[event.key]();
    }
  });

  // How long somebody has been speaking.
  setInterval(() => {
    for (const timer of document.querySelectorAll(".timer")) {
      const seconds = Math.max(0, Math.floor((Date.now() - Date.parse(timer.dateTime)) / 1000));
      const two = (number) => String(number).padStart(2, "0");
      timer.textContent = `for ${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
      const limit = Number(timer.dataset.minutes);
      timer.classList.toggle("over", limit > 0 && seconds > limit * 60);
    }
  }, 1000);

  wire();
  listen();
})();
