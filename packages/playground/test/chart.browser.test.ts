import { HAS_CHROMIUM, axeViolations } from '@portolan/chromium';
import type { BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import type { Sent } from '../src/protocol/report.ts';
import type { ChartPage, Shown } from './harness/chart-page.tsx';
import {
  bundle,
  eventually,
  startHarness,
  type Harness,
  type OpenPage,
} from './harness/harness.ts';

declare const chartPage: ChartPage;

const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

describe.skipIf(!HAS_CHROMIUM)('the drawing in Chromium', () => {
  let harness: Harness;
  let open: OpenPage;

  beforeAll(async () => {
    const files = ['test/harness/chart-page.tsx', 'test/harness/chart-page.css'];
    harness = await startHarness(await bundle({ page: files }));
  });
  afterAll(() => harness.close());
  afterEach(async () => {
    const { page, faults } = open;
    await page.context().close();
    if (faults.length > 0) throw new Error(faults.join('\n'));
  });

  async function openWith(
    shown: Partial<Shown> = {},
    options: BrowserContextOptions = {},
  ): Promise<Page> {
    open = await harness.openPage({ viewport: WIDE, ...options });
    await open.page.getByRole('heading', { name: 'The way of the request' }).waitFor();
    await show(open.page, shown);
    return open.page;
  }

  describe.each([
    ['light', WIDE],
    ['dark', PHONE],
  ] as const)('in %s at %j', (colorScheme, viewport) => {
    test.each([
      'FORWARDED',
      'REDIRECTED',
      'NOT_FOUND',
      'NOBODY_READY',
      'NO_REQUEST',
      'MANY',
    ] as const)('axe finds nothing in %s, and nothing is wider than the page', async (view) => {
      const page = await openWith({ view }, { colorScheme, viewport });
      for (const summary of await page.locator('summary').all()) await summary.click();
      for (const change of await changes(page).all()) {
        if (view !== 'MANY') await change.click();
      }
      expect(await axeViolations(page)).toEqual([]);
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
      ).toBe(0);
    });
  });

  test('columns are lists with headings that say how many there are and how many are drawn', async () => {
    const page = await openWith({ view: 'MANY' });
    await page.getByRole('heading', { name: 'Endpoints 24 of 9,980' }).waitFor();
    const column = page.getByRole('region', { name: 'Endpoints 24 of 9,980' });
    expect(await column.getByRole('list').getByRole('listitem').count()).toBe(24);
  });

  test('the way is told in words, and so is why others lost', async () => {
    const page = await openWith();
    const rules = page.getByRole('region', { name: 'Rules' }).getByRole('listitem');
    expect(await rules.nth(0).innerText()).toContain('on the way');
    expect(await rules.nth(1).innerText()).not.toContain('on the way');
    expect(await rules.nth(1).innerText()).toContain('lost: PathPrefix /cart is longer');
    expect(await rules.nth(2).innerText()).toContain('never asked');
  });

  describe('by keyboard', () => {
    test('a card leads to its line', async () => {
      const page = await openWith();
      await page.getByRole('button', { name: 'PathPrefix /cart (line 10)' }).focus();
      await page.keyboard.press('Enter');
      expect(await calls(page)).toEqual([['onLine', 10]]);
    });

    test('a Pod is made to fail, to refuse, to drain, and is restored', async () => {
      const page = await openWith();
      await changes(page).first().focus();
      await page.keyboard.press('Enter');
      for (const name of ['Fail readiness of', 'Refuse connections of', 'Drain of', 'Restore']) {
        await page.keyboard.press('Tab');
        const button = page.getByRole('button', { name: `${name} shop/cart-7d9f`, exact: true });
        expect(await isFocused(button)).toBe(true);
        expect(await outlineOf(button)).toBe('solid 2px');
        await page.keyboard.press('Enter');
      }
      expect(await calls(page)).toEqual([
        ['onPod', 'shop/cart-7d9f', { state: 'failing' }],
        ['onPod', 'shop/cart-7d9f', { state: 'refusing' }],
        ['onPod', 'shop/cart-7d9f', { state: 'draining' }],
        ['onPod', 'shop/cart-7d9f', null],
      ]);
    });

    test('Escape closes what can be done, and leads back to its button', async () => {
      const page = await openWith();
      const change = changes(page).first();
      await change.focus();
      await page.keyboard.press('Enter');
      expect(await change.getAttribute('aria-expanded')).toBe('true');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Escape');
      expect(await change.getAttribute('aria-expanded')).toBe('false');
      expect(await isFocused(change)).toBe(true);
    });

    test('labels are written as lines; what is wrong with them is said', async () => {
      const page = await openWith();
      await changes(page).first().press('Enter');
      const labels = page.getByLabel('Labels of shop/cart-7d9f');
      expect(await labels.inputValue()).toBe('app=cart\ntier=web');
      await labels.fill('app=cart\ntier');
      await page.getByRole('button', { name: 'Apply labels to shop/cart-7d9f' }).press('Enter');
      expect(await page.getByRole('alert').innerText()).toBe('Line 2: tier has no =');
      expect(await labels.getAttribute('aria-invalid')).toBe('true');
      await labels.fill('app=spare');
      await page.getByRole('button', { name: 'Apply labels to shop/cart-7d9f' }).press('Enter');
      expect(await calls(page)).toEqual([
        ['onPod', 'shop/cart-7d9f', { labels: { app: 'spare' } }],
      ]);
    });

    test('a workload gets one Pod more or less, also from none, and never less than none', async () => {
      const page = await openWith();
      await changes(page).first().press('Enter');
      await page
        .getByRole('button', { name: 'One Pod more of Deployment shop/cart' })
        .press('Enter');
      await page
        .getByRole('button', { name: 'One Pod less of Deployment shop/cart' })
        .press('Enter');
      await page
        .getByRole('button', { name: 'One Pod less of Deployment shop/batch' })
        .press('Enter');
      await page
        .getByRole('button', { name: 'One Pod more of Deployment shop/batch' })
        .press('Enter');
      expect(await calls(page)).toEqual([
        ['onScale', 'Deployment shop/cart', 3],
        ['onScale', 'Deployment shop/cart', 1],
        ['onScale', 'Deployment shop/batch', 1],
      ]);
    });

    test('the place is kept where cards change their order, and goes to the heading where the card goes', async () => {
      const page = await openWith();
      const change = changes(page).first();
      await change.focus();
      await show(page, { reversed: true });
      expect(await isFocused(page.getByRole('button', { name: 'Change shop/cart-7d9f' }))).toBe(
        true,
      );
      await show(page, { without: ['pod cart-7d9f'] });
      expect(await isFocused(page.getByRole('heading', { name: 'Endpoints' }))).toBe(true);
    });
  });

  test('a change of the state keeps the labels that were changed before', async () => {
    const pods = { 'shop/cart-7d9f': { labels: { app: 'spare' } } };
    const page = await openWith({ changes: { pods, replicas: {} } });
    await changes(page).first().click();
    await page.getByRole('button', { name: 'Drain of shop/cart-7d9f' }).click();
    expect(await calls(page)).toEqual([
      ['onPod', 'shop/cart-7d9f', { state: 'draining', labels: { app: 'spare' } }],
    ]);
  });

  test('nothing is offered that can not be done', async () => {
    const page = await openWith({ readOnly: true });
    const offered = page.getByRole('region', { name: 'The way of the request' });
    expect(await offered.getByRole('button').count()).toBe(0);
  });

  test('the filter tells what is typed, and says what remains', async () => {
    const page = await openWith({ view: 'MANY' });
    await page.getByRole('searchbox', { name: 'Filter cards' }).fill('cart');
    expect(await calls(page)).toEqual([['onFilter', 'cart']]);
    await page.getByText('Drawn: Doors: 24 of 320; Rules: 24 of 9,980').waitFor({
      state: 'attached',
    });
  });

  describe('the links', () => {
    test('follow their cards when the page gets narrower and when a card grows', async () => {
      const page = await openWith();
      await eventually(() => misplacedLinks(page)).toEqual([]);
      const before = await pathsOf(page);
      await page.setViewportSize({ width: 1000, height: 900 });
      await eventually(() => misplacedLinks(page)).toEqual([]);
      const narrower = await pathsOf(page);
      expect(narrower).not.toEqual(before);
      await changes(page).first().click();
      await eventually(() => pathsOf(page)).not.toEqual(narrower);
      await eventually(() => misplacedLinks(page)).toEqual([]);
    });

    test('are only those on the way where columns are below one another', async () => {
      const page = await openWith({}, { viewport: PHONE });
      await eventually(() => page.locator('.pc-links .pc-link.pc-lit').count()).toBe(4);
      expect(await page.locator('.pc-links .pc-link:not(.pc-lit)').count()).toBe(0);
    });
  });

  describe('traffic', () => {
    const sent: readonly Sent[] = [
      { status: 200, tried: ['pod cart-8e1a', 'pod cart-7d9f'] },
      { status: 200, tried: ['pod cart-7d9f'] },
    ];

    test('moves as dots, and is counted on the cards', async () => {
      const page = await openWith();
      await tell(page, sent);
      await eventually(() => page.locator('.pc-dot').count()).toBe(2);
      const pods = page.getByRole('region', { name: 'Endpoints' }).getByRole('listitem');
      await pods.nth(0).getByText('2 answered').waitFor();
      expect(await pods.nth(0).innerText()).toMatch(/100 %\s+2 answered\s+0 failed/u);
      expect(await pods.nth(1).innerText()).toMatch(/0 %\s+0 answered\s+1 failed/u);
      expect(await pods.nth(2).innerText()).not.toContain('answered');
      await page.getByText('Last 10 s: 2 answered, 0 failed').first().waitFor();
      // They arrive, and nothing is left of them.
      await eventually(() => page.locator('.pc-dot').count()).toBe(0);
    });

    test('is only counted for those who want no motion', async () => {
      const page = await openWith({}, { reducedMotion: 'reduce' });
      await tell(page, sent);
      await page.getByText('2 answered').first().waitFor();
      expect(await page.locator('.pc-dot').count()).toBe(0);
    });

    test('stops moving as soon as no motion is wanted', async () => {
      const page = await openWith();
      await tell(page, sent);
      await eventually(() => page.locator('.pc-dot').count()).toBe(2);
      await page.emulateMedia({ reducedMotion: 'reduce' });
      await eventually(() => page.locator('.pc-dot').count()).toBe(0);
      // What was under way is counted all the same, and none of it is drawn again.
      await page.getByText('2 answered').first().waitFor();
      expect(await page.locator('.pc-dot').count()).toBe(0);
    });
  });

  describe('the answer', () => {
    test('is read out once it has settled', async () => {
      const page = await openWith({ view: 'NOBODY_READY' });
      const region = page.getByRole('region', { name: 'Answer' }).getByRole('status').last();
      await eventually(() => region.innerText()).toContain('no endpoint of shop/cart:80 is ready');
      expect(await region.getAttribute('aria-live')).toBe('polite');
    });

    test('can be copied as a whole', async () => {
      const page = await openWith({}, { permissions: ['clipboard-read', 'clipboard-write'] });
      await page.getByText('Full text', { exact: true }).first().click();
      await page.getByRole('button', { name: 'Copy the full text' }).click();
      await page.getByText('Copied').waitFor();
      const text = await page.evaluate(() => navigator.clipboard.readText());
      expect(text).toContain('→ Service shop/cart:80, 2 endpoints');
    });
  });
});

async function show(page: Page, shown: Partial<Shown>): Promise<void> {
  await page.evaluate((more) => {
    chartPage.show(more);
  }, shown);
}

async function tell(page: Page, sent: readonly Sent[]): Promise<void> {
  await page.evaluate(
    (report) => {
      chartPage.tell(report);
    },
    { sent },
  );
}

/** As plain JSON: nothing is null. */
async function calls(page: Page): Promise<unknown> {
  const json = await page.evaluate(() =>
    JSON.stringify(chartPage.calls, (_, value: unknown) => value ?? null),
  );
  return JSON.parse(json);
}

function changes(page: Page): Locator {
  return page.getByRole('button', { name: /^Change / });
}

async function isFocused(element: Locator): Promise<boolean> {
  return element.evaluate((node) => node === document.activeElement);
}

async function outlineOf(element: Locator): Promise<string> {
  return element.evaluate((node) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(node);
    return `${outlineStyle} ${outlineWidth}`;
  });
}

async function pathsOf(page: Page): Promise<readonly (string | null)[]> {
  return page
    .locator('.pc-link > path:first-child')
    .evaluateAll((paths) => paths.map((path) => path.getAttribute('d')));
}

/** Links that don't end at the left side of a card. */
async function misplacedLinks(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const stage = document.querySelector('.pc-stage')?.getBoundingClientRect();
    const cards = [...document.querySelectorAll('[data-card]')].map((card) =>
      card.getBoundingClientRect(),
    );
    return [...document.querySelectorAll<SVGPathElement>('.pc-link > path:first-child')]
      .filter((path) => {
        const end = path.getPointAtLength(path.getTotalLength());
        const x = end.x + (stage?.left ?? 0);
        const y = end.y + (stage?.top ?? 0);
        return !cards.some(
          ({ left, top, bottom }) => Math.abs(left - x) < 1 && top < y && y < bottom,
        );
      })
      .map((path) => path.getAttribute('d') ?? '');
  });
}
