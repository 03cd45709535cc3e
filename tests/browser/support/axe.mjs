// Whether a page can be used by everybody, as far as axe-core can tell: its rules for WCAG 2.0 to
// 2.2, levels A and AA.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const SOURCE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"];

/** Returns what is wrong with the page as it stands: the rule, where, and what is said of it. */
export async function findings(page) {
  // Told to the page by its debugger, so that the page's own policy on scripts stays as it is.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(SOURCE);
  return page.evaluate(async (tags) => {
    const results = await window.axe.run(document, {
      runOnly: { type: "tag", values: tags },
      resultTypes: ["violations"],
    });
    return results.violations.flatMap((rule) =>
      rule.nodes.map((node) => ({
        rule: rule.id,
        where: node.target.join(" "),
        what: node.failureSummary.split("\n").slice(1).join(" ").trim(),
      })),
    );
  }, TAGS);
}
