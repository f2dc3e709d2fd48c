// Looks at every page of a running workbench, at two widths, in both themes, with and without
// scripts. It is started by the Rust test beside it; what it finds wrong it prints, and exits with 1.
//
//   node look.mjs ADDRESS NEGOTIATION CHROMIUM [FOLDER FOR SCREENSHOTS]

import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";

const [, , address, negotiation, executablePath, screenshots] = process.argv;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

// What may be asked of a page: WCAG 2.2, levels A and AA, and axe's own good practice. A theme
// changes colours alone, so the second is asked about colours.
const RULES = {
  light: { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
  dark: { runOnly: { type: "rule", values: ["color-contrast", "link-in-text-block"] } },
};
const PAGE_BYTES_MAX = 200_000;
const WIDTHS = [390, 1440];
const THEMES = ["light", "dark"];

const found = [];
const wrong = (page, what) => {
  found.push(`${page}: ${what}`);
  console.log(`WRONG ${page}: ${what}`);
};

const browser = await chromium.launch({
  executablePath,
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});

const open = async (options) => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, bypassCSP: false, ...options });
  const page = await context.newPage();
  page.on("pageerror", (error) => wrong(page.url(), `script error: ${error.message}`));
  page.on("console", (message) => {
    // A refusal answers 404 or 400, and that is what it should do.
    if (message.type() === "error" && !message.text().includes("status of 40")) {
      wrong(page.url(), `console: ${message.text()}`);
    }
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(address)) wrong(page.url(), `asks ${request.url()}`);
  });
  return { context, page };
};

// The pages, by what they are called in the pictures.
const pages = {
  ahc: {
    overview: "/?as_of=2023-04-21",
    "overview-later": "/?as_of=2024-12-24",
    "overview-before": "/?as_of=2017-06-01",
    text: "/text?as_of=2023-04-21",
    side: "/text?as_of=2023-04-21&side=cnd-002",
    provision: "/provision/safeguards.chapeau?as_of=2023-04-21",
    clean: "/provision/preamble.opening?as_of=2023-04-21",
    references: "/references?as_of=2023-04-21",
    leaning: "/references?as_of=2023-04-21&on=safeguards",
    redline: "/redline?as_of=2024-06-01",
    "redline-side": "/redline?as_of=2023-04-21&old=base&new=cnd-002",
    coverage: "/coverage?as_of=2023-04-21",
    uncovered: "/coverage?as_of=2023-04-21&without=safeguards",
    terms: "/terms?as_of=2023-04-21",
    passage: "/forecast?as_of=2023-04-21",
    outcome: "/outcome?as_of=2023-04-21",
    packages: "/packages?as_of=2023-07-01",
    calendar: "/calendar?as_of=2023-04-21",
    "entry-into-force": "/entry-into-force?as_of=2026-06-01",
    participants: "/participants?as_of=2024-08-09",
    participant: "/participant/KEN?as_of=2024-08-09",
    group: "/participant/EU?as_of=2024-08-09",
    record: "/record?as_of=2023-04-21",
    sources: "/sources?as_of=2023-04-21",
    refusal: "/participant/Kenia?as_of=2023-04-21",
  },
  practice: {
    overview: "/",
    text: "/text",
    redline: "/redline",
    languages: "/provision/force",
    references: "/references",
    coverage: "/coverage",
    terms: "/terms",
    participants: "/participants",
    procedure: "/procedure?as_of=2026-02-02",
    projector: "/procedure?as_of=2026-02-02&show=projector",
    record: "/record",
  },
}[negotiation];

// An entry's page, and for the practice a provision, a State, and that State's own eyes.
const first = await open();
await first.page.goto(`${address}/record`);
pages.entry = await first.page.locator(".entries .ev a").first().getAttribute("href");
if (negotiation === "practice") {
  await first.page.goto(`${address}/`);
  pages.provision = await first.page.locator(".contested th a").first().getAttribute("href");
  await first.page.goto(`${address}/participants`);
  pages.participant = await first.page.locator("tbody th a").first().getAttribute("href");
  pages.own = `${pages.participant}&as=${pages.participant.match(/participant\/([^?]+)/)[1]}`;
}
await first.context.close();

const accessible = async (page, name, theme = "light") => {
  // Evaluated through the protocol, which the content policy does not bind.
  await page.evaluate(axe);
  const { violations } = await page.evaluate((rules) => axe.run(document, rules), RULES[theme]);
  for (const violation of violations) {
    const where = violation.nodes.slice(0, 3).map((node) => `${node.target} ${node.any[0]?.message ?? ""}`);
    wrong(name, `${violation.id} (${violation.impact}): ${violation.help}: ${where.join(" | ")}`);
  }
};

for (const width of WIDTHS) {
  for (const colorScheme of THEMES) {
    const { context, page } = await open({ viewport: { width, height: width < 600 ? 844 : 900 }, colorScheme });
    for (const [name, path] of Object.entries(pages)) {
      const label = `${name} ${width} ${colorScheme}`;
      const response = await page.goto(address + path, { waitUntil: "load" });
      const bytes = (await response.body()).length;
      if (bytes >= PAGE_BYTES_MAX) wrong(label, `${bytes} bytes`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      if (wide > width) wrong(label, `scrolls sideways: ${wide} pixels`);
      await accessible(page, label, colorScheme);
      if (screenshots) {
        await page.screenshot({ path: `${screenshots}/${negotiation}-${name}-${width}-${colorScheme}.png`, fullPage: true });
      }
    }
    await context.close();
  }
}

const check = async (name, is, options = {}) => {
  const { context, page } = await open(options);
  try {
    await is(page, context);
  } catch (error) {
    wrong(name, error.message.split("\n")[0]);
  }
  await context.close();
};
const expect = (holds, what) => {
  if (!holds) throw new Error(what);
};
const day = (page) => page.locator("#day").textContent();

await check("without scripts the form goes to another day and viewer", async (page) => {
  await page.goto(`${address}/text`);
  expect(await page.locator("#slide").isHidden(), "the slider shows without its script");
  await page.fill("#as_of", "2024-12-24");
  await page.locator("#view button:has-text('Go')").first().click();
  expect(page.url().includes("as_of=2024-12-24"), `went to ${page.url()}`);
  expect((await day(page)) === "24 December 2024", `shows ${await day(page)}`);
  await page.locator(".step[rel=prev]").click();
  expect(!page.url().includes("as_of=2024-12-24"), "the step back stays");
  await page.locator(".jump summary").click();
  await page.locator(".jump li a").first().click();
  expect(page.url().includes("/text?"), "a jump leaves the page");
}, { javaScriptEnabled: false });

await check("without scripts every page can be reached and read", async (page) => {
  for (const path of Object.values(pages)) {
    await page.goto(address + path);
    expect(await page.locator("main").isVisible(), `${path} shows nothing`);
    expect(await page.locator("nav.sections a").count() >= 4, `${path} leads nowhere`);
  }
}, { javaScriptEnabled: false });

await check("the navigation says where one is, and leads to every page of every section", async (page) => {
  await page.goto(`${address}/`);
  const addresses = (locator) => locator.evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  const reached = new Set();
  for (const section of await addresses(page.locator("nav.sections a"))) {
    await page.goto(address + section);
    expect(await page.locator("nav.sections a[aria-current]").count() === 1, `${section} is in no section`);
    for (const one of [section, ...await addresses(page.locator("nav.pages a"))]) {
      await page.goto(address + one);
      expect(await page.locator(".mast a[aria-current=page]").getAttribute("href") === one, `${one} is not marked`);
      reached.add(new URL(address + one).pathname);
    }
  }
  for (const path of ["/", "/text", "/counts", "/references", "/coverage", "/terms", "/forecast", "/outcome", "/packages", "/calendar", "/entry-into-force", "/participants", "/record", "/sources"]) {
    expect(reached.has(path), `nothing leads to ${path}`);
  }
});

await check("the slider changes the text, and the address with it", async (page) => {
  await page.goto(`${address}/text`);
  const before = { text: await page.locator("main").textContent(), url: page.url() };
  await page.locator("#slide").focus();
  await page.keyboard.press("End");
  await page.waitForFunction((text) => document.querySelector("main").textContent !== text, before.text);
  expect(page.url() !== before.url && page.url().includes("as_of="), "the address stayed");
  const moved = await day(page);
  const fresh = await page.context().newPage();
  await fresh.goto(page.url());
  expect((await fresh.locator("main").textContent()) === (await page.locator("main").textContent()),
    "the address does not reproduce the view");
  expect((await day(fresh)) === moved, "the day differs");
  await accessible(page, "after the slider");
});

await check("keys step through time, and can be turned off", async (page) => {
  await page.goto(`${address}/`);
  const start = await day(page);
  await page.keyboard.press("[");
  await page.waitForFunction((day) => document.getElementById("day").textContent !== day, start);
  await page.keyboard.press("?");
  expect(await page.locator(".keys-help").isVisible(), "no help");
  await accessible(page, "the help of keys");
  await page.uncheck("#keys-on");
  await page.keyboard.press("Escape");
  const off = await day(page);
  await page.keyboard.press("[");
  await page.waitForTimeout(400);
  expect((await day(page)) === off, "the keys still work");
});

await check("the page is walked by keyboard, beginning with the way past the masthead", async (page) => {
  await page.goto(`${address}/text`);
  await page.keyboard.press("Tab");
  expect(await page.locator(".skip").evaluate((link) => link === document.activeElement), "no skip link first");
  await page.keyboard.press("Enter");
  // The address changes when the browser comes to it.
  await page.waitForURL((url) => url.hash === "#main", { waitUntil: "commit", timeout: 10_000 });
});

await check("print keeps text, brackets and attributions and leaves the instruments out", async (page) => {
  await page.goto(`${address}/text`);
  await page.emulateMedia({ media: "print" });
  expect(await page.locator(".track").isHidden(), "the slider is printed");
  expect(await page.locator("#day").isVisible(), "the day is not printed");
  expect(await page.locator(".m").first().isVisible(), "attributions are not printed");
});

if (negotiation === "practice") {
  await check("the viewer switch shows and hides what is restricted", async (page) => {
    const own = pages.own.match(/as=([^&]+)$/)[1];
    await page.goto(`${address}/record?as_of=2099-12-31`);
    const publicly = await page.locator(".standfirst strong").textContent();
    await page.selectOption("#as", own);
    await page.waitForFunction((count) =>
      document.querySelector(".standfirst strong").textContent !== count, publicly);
    expect(page.url().includes(`as=${own}`), `the address does not say who looks: ${page.url()}`);
    expect(await page.locator(".notice.eyes").isVisible(), "nothing says who looks");
    await page.selectOption("#as", "");
    await page.waitForFunction((count) =>
      document.querySelector(".standfirst strong").textContent === count, publicly);
    expect(await page.locator(".mark.restricted").count() === 0, "the public sees a restricted entry");
  });
}

await browser.close();
console.log(`${Object.keys(pages).length} pages of ${negotiation} looked at, ${found.length} things wrong`);
process.exit(found.length === 0 ? 0 : 1);
