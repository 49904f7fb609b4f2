import { gzipSync } from 'node:zlib';

import { axeViolations, HAS_CHROMIUM, launchChromium } from '@portolan/chromium';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { entryPoints } from '../../site/api/entry-points.ts';
import { pagesOf } from '../../site/content/pages.ts';
import { serveSite, type ServedSite } from './served-site.ts';

/** Bytes, gzip, of all that a page loads. */
const PAGE_BUDGET = 200 * 1024;
/** What the playground, with its engine, may take beside. */
const OWN_CODE: Readonly<Record<string, number>> = { 'playground/': 350 * 1024 };

const pages = [...pagesOf().values()].map((slug) => `${slug}/`);
// What is generated is not there before the site is built.
const api = entryPoints().map(({ path }) => `api/${path}/`);
const ALL = ['', 'playground/', ...new Set([...pages, ...api])];

describe.skipIf(!HAS_CHROMIUM)('the site in a browser (skipped without Chromium)', () => {
  let site: ServedSite;
  let browser: Browser;

  beforeAll(async () => {
    site = await serveSite('/docs/');
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
    await site.close();
  });

  interface Visit {
    readonly page: Page;
    /** What went wrong: errors of scripts, answers that failed, requests to elsewhere. */
    readonly faults: readonly string[];
    /** Bytes of what was loaded, gzip. */
    readonly bytes: () => Promise<number>;
  }

  async function visit(
    path: string,
    options: Parameters<Browser['newPage']>[0],
    use: (visit: Visit) => Promise<void>,
  ): Promise<void> {
    const page = await browser.newPage(options);
    const faults: string[] = [];
    const bodies: Promise<number>[] = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) faults.push(message.text());
    });
    page.on('pageerror', (error) => faults.push(String(error)));
    page.on('request', (request) => {
      if (!request.url().startsWith(site.url)) faults.push(`asked ${request.url()}`);
    });
    page.on('response', (response) => {
      if (response.status() >= 400) faults.push(`${response.status()} ${response.url()}`);
      bodies.push(
        response.body().then(
          (body) => gzipSync(body).length,
          () => 0,
        ),
      );
    });
    try {
      await page.goto(`${site.url}${path}`, { waitUntil: 'load' });
      // Scripts see to it that whatever scrolls can be reached by keyboard.
      await page.waitForFunction(() =>
        [
          ...document.querySelectorAll<HTMLElement>(
            '.sl-markdown-content :is(table, pre, p:has(> img))',
          ),
        ].every(
          ({ scrollWidth, clientWidth, tabIndex }) => scrollWidth <= clientWidth || tabIndex === 0,
        ),
      );
      const bytes = async (): Promise<number> =>
        (await Promise.all(bodies)).reduce((sum, each) => sum + each, 0);
      await use({ page, faults, bytes });
    } finally {
      await page.close();
    }
  }

  it.each(ALL)(
    '/%s loads without a fault, is accessible, and no wider than a phone',
    async (path) => {
      await visit(path, { colorScheme: 'light' }, async ({ page, faults, bytes }) => {
        expect(faults).toEqual([]);
        expect(await bytes()).toBeLessThanOrEqual(PAGE_BUDGET + (OWN_CODE[path] ?? 0));
        expect(await axeViolations(page)).toEqual([]);
        await page.evaluate(() => {
          document.documentElement.dataset['theme'] = 'dark';
        });
        expect(await axeViolations(page)).toEqual([]);
        await page.setViewportSize({ width: 360, height: 740 });
        // What scripts lay out, as the playground's editor, follows the window after it.
        await expect
          .poll(() =>
            page.evaluate(
              () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
            ),
          )
          .toBeLessThanOrEqual(0);
        expect(faults).toEqual([]);
      });
    },
  );

  it('finds a page by a word of its text, by keyboard alone', async () => {
    await visit('', {}, async ({ page, faults }) => {
      const field = page.locator('dialog input');
      // The shortcut works once its script has come.
      await expect
        .poll(async () => {
          await page.keyboard.press('Control+k');
          return field.isVisible();
        })
        .toBe(true);
      await field.focus();
      await page.keyboard.type('EndpointSlice');
      await page.locator('dialog .pagefind-ui__result-link').first().waitFor();
      // To the button that empties the field, then to the first result.
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.waitForURL((url) => url.pathname !== '/docs/');
      expect(await page.locator('main').innerText()).toContain('EndpointSlice');
      expect(faults).toEqual([]);
    });
  });

  it('says so where there is no page', async () => {
    await visit('no/such/page/', {}, async ({ page, faults }) => {
      expect(faults).toContain(`404 ${site.url}no/such/page/`);
      expect(await page.locator('main').innerText()).toContain('Page not found');
    });
  });

  it('begins with a way past the navigation', async () => {
    await visit('tutorials/services/', {}, async ({ page }) => {
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(
        'Skip to content',
      );
    });
  });

  it('keeps the theme that was chosen', async () => {
    await visit('', { colorScheme: 'light' }, async ({ page }) => {
      await page.locator('starlight-theme-select select').first().selectOption('dark');
      await page.goto(`${site.url}reference/cli/`);
      expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark');
    });
  });
});
