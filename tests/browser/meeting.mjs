// Runs a meeting with the keyboard alone, from its opening to a recorded vote on an amendment, while a
// second browser shows the projector view: it must show each act within a second.
// It is started by the Rust test beside it; what goes wrong it prints, and exits with 1.
//
//   node meeting.mjs ADDRESS CHROMIUM [FOLDER FOR SCREENSHOTS]

import { chromium } from "playwright-core";

const [, , address, executablePath, screenshots] = process.argv;
const SECOND = 1000;
const DAY = "as_of=2026-02-02";

// What is typed, and what the projector must then show.
const acts = [
  ["adjourn", "adjourned"],
  ["present 24", null],
  ['open "2nd preparatory meeting"', "2nd preparatory meeting"],
  ["TUA asks for the floor", "Next:"],
  ["floor to TUA", "has the floor"],
  ["deadline proposals 2099-01-01", null],
  ["deadline amendments 2099-01-01", null],
  ['VDM tables PM-1: notice.1 "Notice shall be given at once."', null],
  ['MIR tables PM-2 amending PM-1: notice.1 "Notice shall be given before breakfast."', null],
  ["chair permits PM-2", null],
  ["seek q2 on proposal PM-2", "Shall PM-2 be adopted?"],
  ['TKZ objects to q2 "Breakfast is a matter for each State."', null],
  ["bureau exhausts q2", null],
  ["chair informs q2", null],
  ["put q2 by record asked by MIR", "0 in favour"],
  ["yes q2 VDM OKH TSU", "3 in favour"],
  ["no q2 TKZ", "1 against"],
  ["result q2", "adopted by 3 votes to 1"],
];

const browser = await chromium.launch({
  executablePath,
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});
let failed = false;
const wrong = (what) => {
  failed = true;
  console.log(`WRONG ${what}`);
};
const open = async (path) => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  page.on("pageerror", (error) => wrong(`script error: ${error.message}`));
  await page.goto(address + path, { waitUntil: "load" });
  return page;
};
const chair = await open(`/procedure?as=SECR&${DAY}`);
const projector = await open(`/procedure?show=projector&${DAY}`);
let slowest = 0;
for (const [line, shown] of acts) {
  const focused = await chair.evaluate(() => document.activeElement?.id);
  if (focused !== "line") wrong(`before ${line}: the focus is on ${focused}, not on the line`);
  await chair.keyboard.type(line);
  const [, start] = await Promise.all([
    chair.waitForNavigation({ waitUntil: "load" }),
    (async () => {
      const now = Date.now();
      await chair.keyboard.press("Enter");
      return now;
    })(),
  ]);
  const judged = await chair.locator(".judged").allInnerTexts();
  if (judged.length) wrong(`${line}: ${judged.join(" ")}`);
  if (!shown) continue;
  try {
    await projector.waitForFunction((words) => document.querySelector("main").innerText
      .includes(words), shown, { timeout: 10 * SECOND, polling: 20 });
  } catch {
    wrong(`${line}: the projector never shows "${shown}"`);
    continue;
  }
  const took = Date.now() - start;
  slowest = Math.max(slowest, took);
  if (took > SECOND) wrong(`${line}: the projector shows it after ${took} ms`);
}
if (screenshots) {
  await chair.screenshot({ path: `${screenshots}/meeting-chair.png`, fullPage: true });
  await projector.screenshot({ path: `${screenshots}/meeting-projector.png`, fullPage: true });
}
console.log(`${acts.length} acts by keyboard; the slowest was on the projector after ${slowest} ms`);
await browser.close();
process.exit(failed ? 1 : 0);
