// The numbers of a dashboard as the screen has them, and held against numbers counted elsewhere.

/** Sums of whole minor units agree exactly; quotients and weighted sums to this share. */
const TOLERANCE = 1e-9;

/** Chooses a period of the dashboard that is open, and waits until its numbers are there. */
export async function choose(page, period, board) {
  await page.locator(".page-head select").selectOption(period);
  const of = board ? `[data-board="${board}"]` : ":not([data-board])";
  await page.locator(`.dashboard[data-period="${period}"][data-ready="true"]${of}`).waitFor();
}

/**
 * Reads every number of the screen as it is, not as it is written. Rows of charts go by their code,
 * in the charts named by their words.
 */
export function shown(page, byWords = []) {
  return page.evaluate((byWords) => {
    const number = (text) => (text === undefined || text === "" ? undefined : Number(text));
    const measures = [...document.querySelectorAll(".tile")].map(({ dataset }) => [
      dataset.measure,
      { value: number(dataset.exact), numerator: number(dataset.numerator), denominator: number(dataset.denominator) },
    ]);
    const charts = [...document.querySelectorAll("[data-chart]")].map((chart) => {
      const rows = [...chart.querySelectorAll("tbody tr")].map((row) => [
        byWords.includes(chart.dataset.chart) ? row.querySelector("th").textContent : row.dataset.code,
        [...row.querySelectorAll("td")].map((cell) => number(cell.dataset.exact)),
      ]);
      return [chart.dataset.chart, Object.fromEntries(rows)];
    });
    return { measures: Object.fromEntries(measures), charts: Object.fromEntries(charts) };
  }, byWords);
}

/** Notes in `found` how many numbers were looked at and which of them differ. */
export function compare(found, where, shown, counted) {
  for (const id of union(shown.measures, counted.measures)) {
    for (const part of ["value", "numerator", "denominator"]) {
      const told = counted.measures[id];
      if (part !== "value" && told?.[part] === undefined) continue;
      check(found, [...where, id, part], shown.measures[id]?.[part], told?.[part]);
    }
  }
  for (const chart of union(shown.charts, counted.charts)) {
    const [drawn, told] = [shown.charts[chart] ?? {}, counted.charts[chart] ?? {}];
    for (const name of union(drawn, told)) {
      const cells = Math.max(drawn[name]?.length ?? 0, told[name]?.length ?? 0);
      for (let cell = 0; cell < cells; cell += 1) {
        check(found, [...where, chart, name, cell], drawn[name]?.[cell], told[name]?.[cell]);
      }
    }
  }
}

function union(one, other) {
  return new Set([...Object.keys(one), ...Object.keys(other)]);
}

function check(found, where, shown, counted) {
  found.numbers += 1;
  const close = (a, b) => a === b || Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
  if (shown === counted || (shown !== undefined && counted !== undefined && close(shown, counted))) return;
  found.differ.push({ where: where.join(" "), shown: shown ?? null, counted: counted ?? null });
}
