import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

/** WCAG 2.2, levels A and AA, as far as a program sees: https://www.w3.org/TR/WCAG22/ */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * What axe-core finds in the page, a line each; empty where it finds nothing.
 *
 * @param within A selector; the whole page by default.
 */
export async function axeViolations(page: Page, within = 'html'): Promise<readonly string[]> {
  // Evaluated by the browser's debugger: the page's own policy lets no foreign script in.
  await page.evaluate(axe.source);
  const options = { runOnly: RULES };
  const { violations } = await page.evaluate<AxeResults>(
    `axe.run(${JSON.stringify(within)}, ${JSON.stringify(options)})`,
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary = '' }) => `${id}: ${html} ${failureSummary}`),
  );
}
