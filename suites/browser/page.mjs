// Opens a report in headless Chromium: nothing is requested, nothing fails, the filters filter, axe-core finds
// nothing serious in light and dark, at the width of a desktop and of a phone.
//
//   node page.mjs report.html [FOLDER-FOR-SCREENSHOTS]
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

// The packages are installed where the script is run, not beside it.
const require = createRequire(pathToFileURL(resolve("package.json")));
const puppeteer = require("puppeteer-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const [file, shots] = process.argv.slice(2);
const url = pathToFileURL(resolve(file)).href;
const faults = [];
const expect = (holds, what) => {
  if (!holds) faults.push(what);
};

const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});

/** Opens the report, and notes whatever goes wrong from then on. */
async function open({ width, height = 900, scheme = "light", script = true }) {
  const page = await browser.newPage();
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`script: ${error.message}`));
  page.on("request", (request) => {
    if (request.url() !== url) faults.push(`request: ${request.url()}`);
  });
  await page.setJavaScriptEnabled(script);
  await page.setViewport({ width, height });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  if (script) {
    await page.evaluateOnNewDocument(() => {
      window.longest = 0;
      const observe = (list) => {
        for (const task of list.getEntries()) window.longest = Math.max(window.longest, task.duration);
      };
      new PerformanceObserver(observe).observe({ entryTypes: ["longtask"] });
    });
  }
  await page.goto(url, { waitUntil: "load" });
  return page;
}

for (const scheme of ["light", "dark"]) {
  for (const [name, width] of [["desktop", 1280], ["phone", 390]]) {
    const page = await open({ width, scheme });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow <= 0, `${name}: the page is ${overflow} px wider than its window`);
    // axe looks at what is rendered; what is far below the window is not until it is scrolled to.
    await page.addStyleTag({ content: "article, .topic { content-visibility: visible !important }" }).catch(() => {});
    await page.evaluate(axe);
    const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
    for (const { id, impact, help, nodes } of found.violations) {
      const text = `axe, ${scheme}, ${name}: ${impact} ${id}: ${help}: ${nodes[0].html.slice(0, 160)}`;
      if (["serious", "critical"].includes(impact)) faults.push(text);
      else console.log(text);
    }
    if (shots) await page.screenshot({ path: `${shots}/report-${name}-${scheme}.png` });
    await page.close();
  }
}

// A machine may be busy with something else: the best of several counts.
let longest = Infinity;
for (let time = 0; time < 3; time += 1) {
  const page = await open({ width: 1280 });
  await new Promise((done) => setTimeout(done, 500));
  longest = Math.min(longest, await page.evaluate(() => window.longest));
  await page.close();
}
console.log(`longest task while opening: ${Math.round(longest)} ms (at most 200 are wanted)`);

const page = await open({ width: 1280 });
const shown = (region, part) =>
  page.$$eval(`#${region} ${part}[data-state]:not([hidden])`, (parts) => parts.length);
const rules = await shown("rules", "tr");
const first = await page.$eval("form[data-for=rules] input[type=checkbox]", (box) => {
  box.click();
  return box.value;
});
const states = await page.$$eval("#rules tr[data-state]:not([hidden])", (rows) =>
  rows.map((row) => row.dataset.state),
);
expect(states.length < rules && !states.includes(first), "a state that is not ticked still shows");
await page.$eval("form[data-for=rules] input[type=checkbox]", (box) => box.click());
await page.type("form[data-for=rules] input[type=search]", "invitation/accepted-once");
expect((await shown("rules", "tr")) === 1, "the text does not filter the rules");
const articles = await shown("divergences", "article");
if (articles > 0) {
  await page.$$eval("form[data-for=divergences] input[type=checkbox]", (boxes) =>
    boxes.forEach((box) => box.click()),
  );
  expect((await shown("divergences", "article")) === 0, "divergences show that are not ticked");
}
const broken = await page.$$eval('a[href^="#"]', (links) =>
  links.map((link) => link.getAttribute("href").slice(1)).filter((id) => !document.getElementById(id)),
);
expect(broken.length === 0, `links lead nowhere: ${broken}`);
await page.close();

const fresh = await open({ width: 1280 });
await fresh.waitForFunction(() =>
  [...document.querySelectorAll("article, .topic")].every((part) => part.style.contentVisibility),
);
for (const link of await fresh.$$eval("nav a", (links) => links.map((link) => link.getAttribute("href")))) {
  await fresh.$eval(`nav a[href="${link}"]`, (it) => it.click());
  await new Promise((done) => setTimeout(done, 200));
  const top = await fresh.$eval(link, (section) => section.getBoundingClientRect().top);
  const end = await fresh.evaluate(() => scrollY + innerHeight >= document.documentElement.scrollHeight - 2);
  expect(end || (top >= 0 && top < 200), `${link} lands ${Math.round(top)} px below the top of the window`);
}
await fresh.close();

const plain = await open({ width: 1280, script: false });
const visible = await plain.evaluate(() => {
  const rows = [...document.querySelectorAll("#rules tbody tr")];
  const forms = [...document.querySelectorAll("form, [data-copy]")];
  return rows.length > 0 && rows.every((row) => !row.hidden) && forms.every((form) => form.hidden);
});
expect(visible, "without its script the page hides rules, or shows what does nothing");
await browser.close();

for (const fault of faults) console.error(fault);
process.exit(faults.length === 0 ? 0 : 1);
