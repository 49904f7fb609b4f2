import { HAS_CHROMIUM, axeViolations } from '@portolan/chromium';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { EXAMPLES } from '../src/examples/examples.ts';
import {
  bundle,
  eventually,
  type Harness,
  type OpenPage,
  startHarness,
} from './harness/harness.ts';

const SHOP = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: shop, namespace: shop }
spec:
  rules:
    - host: shop.example
      http:
        paths:
          - path: /
            pathType: Prefix
            backend: { service: { name: web, port: { number: 80 } } }
          - path: /gone
            pathType: Prefix
            backend: { service: { name: nowhere, port: { number: 80 } } }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec:
  selector: { app: web }
  ports: [{ port: 80, targetPort: 8080 }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: web }] }
`;

/** As many objects as there are in a large cluster: a third of each kind. */
function manyObjects(count: number): string {
  const documents = Array.from({ length: Math.floor(count / 2) }, (_, index) => [
    `apiVersion: v1\nkind: Service\nmetadata: { name: s${index}, namespace: many }\nspec: { selector: { app: a${index} }, ports: [{ port: 80 }] }\n`,
    `apiVersion: v1\nkind: Pod\nmetadata: { name: p${index}, namespace: many, labels: { app: a${index} } }\nspec: { containers: [{ name: c, image: c }] }\n`,
  ]);
  const ingress = `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: i, namespace: many }\nspec: { rules: [{ host: many.example, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: s7, port: { number: 80 } } } }] } }] }\n`;
  return [ingress, ...documents.flat()].join('---\n');
}

describe.skipIf(!HAS_CHROMIUM)('the playground in a browser', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness(
      await bundle({
        page: ['test/pages/playground-page.ts', 'src/page/playground.css'],
        worker: ['src/engine/worker.ts'],
      }),
    );
  });
  afterAll(() => harness.close());

  /** Opens a page, does something with it, and asks that nothing went wrong in it. */
  async function inPage(
    use: (page: Page, opened: OpenPage) => Promise<void>,
    ...options: Parameters<Harness['openPage']>
  ): Promise<void> {
    const opened = await harness.openPage(...options);
    await opened.page.locator('.p-answer').waitFor();
    await use(opened.page, opened);
    expect(opened.faults).toEqual([]);
    await opened.page.context().close();
  }

  /** Pastes a text in place of what is there. */
  async function write(page: Page, text: string): Promise<void> {
    await page.locator('.cm-content').click();
    await page.keyboard.press('Control+A');
    await page.locator('.cm-content').evaluate((content, pasted) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', pasted);
      content.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
      );
    }, text);
  }

  const sentence = (page: Page): Promise<string> =>
    page.locator('.p-answer .pa-sentence').innerText();
  const counts = (page: Page): Promise<string> => page.locator('.p-counts').innerText();
  const editorText = (page: Page): Promise<string> =>
    page
      .locator('.cm-line')
      .evaluateAll((lines) => lines.map((line) => line.textContent).join('\n'));
  const litEndpoints = (page: Page): Promise<readonly string[]> =>
    page
      .locator('.p-chart .pc-lit[data-card] .pc-open')
      .evaluateAll((buttons) => buttons.map((button) => button.getAttribute('aria-label') ?? ''));
  /** Opens what can be done with the first Pod on the way, and answers its `namespace/name`. */
  async function changeFirstPod(page: Page): Promise<string> {
    const button = page.locator('.p-chart .pc-lit[data-card] .pc-open').first();
    const label = (await button.getAttribute('aria-label')) ?? '';
    await button.click();
    return label.replace('Change ', '');
  }
  async function ask(page: Page, url: string): Promise<void> {
    await page.getByLabel('URL').fill(url);
  }
  /** The shop, asked so that its two Pods are on the way. */
  async function openShop(page: Page): Promise<void> {
    await write(page, SHOP);
    await ask(page, 'http://shop.example/');
    // Those of this shop: the example that was there before has two on its way as well.
    const own: unknown = expect.stringContaining('shop/web-');
    await eventually(() => litEndpoints(page)).toEqual([own, own]);
  }

  it('reads what is typed, and says what is wrong at its line', () =>
    inPage(async (page) => {
      await write(page, SHOP);
      await eventually(() => counts(page)).toMatch(/^3 objects, 2 rules, 1 Service/);
      const line = SHOP.split('\n').findIndex((text) => text.includes('nowhere')) + 1;
      const finding = page.locator('.p-finding', { hasText: 'nowhere' }).first();
      expect(await finding.innerText()).toContain(`line ${line}`);
      await eventually(() =>
        page.locator('.cm-line:has(.cm-lintRange)').allInnerTexts(),
      ).toContainEqual(expect.stringContaining('nowhere'));

      await finding.click();
      await eventually(() => page.locator('.cm-activeLine').innerText()).toContain('nowhere');
      const link = page.locator('a.p-finding__code').first();
      expect(await link.getAttribute('href')).toMatch(/^https:\/\/docs\.example\/codes\/#[a-z]+$/);

      await write(page, SHOP.replace('name: nowhere', 'name: web'));
      await eventually(() => page.locator('.p-finding', { hasText: 'nowhere' }).count()).toBe(0);
    }));

  it('answers a URL as it is typed, and lights the way that it takes', () =>
    inPage(async (page) => {
      await openShop(page);
      expect(await sentence(page)).toContain('Service shop/web:80');
      await ask(page, 'http://shop.example/gone');
      await eventually(() => litEndpoints(page)).toEqual([]);
      await eventually(() =>
        page.locator('.p-chart .pc-lit[data-card]').first().innerText(),
      ).toContain('shop');
      await ask(page, 'http://elsewhere.example/');
      await eventually(() => sentence(page)).toContain('elsewhere.example');
    }));

  it('says at its field what is wrong with a request', () =>
    inPage(async (page) => {
      await page.getByText('Who asks').click();
      const address = page.getByLabel('Client address');
      await address.fill('localhost');
      await eventually(() => address.getAttribute('aria-invalid')).toBe('true');
      const described = (await address.getAttribute('aria-describedby')) ?? '';
      expect(await page.locator(`[id="${described}"]`).innerText()).toContain('IP address');
      await address.fill('198.51.100.7');
      await eventually(() => address.getAttribute('aria-invalid')).toBeNull();

      const headers = page.getByLabel('Headers');
      await headers.fill('X-Version');
      await eventually(() => page.locator('.p-field--headers .p-fault').innerText()).toContain(
        'Name: value',
      );
    }));

  it('sends traffic elsewhere as soon as a Pod fails', () =>
    inPage(async (page) => {
      await openShop(page);
      await page.getByRole('button', { name: 'Send traffic' }).click();
      await eventually(() => page.locator('.pc-summary').innerText()).toMatch(/[1-9]\d* answered/);
      const key = await changeFirstPod(page);
      await page.getByRole('button', { name: `Fail readiness of ${key}` }).click();
      await eventually(() => litEndpoints(page)).toHaveLength(1);
      expect(await litEndpoints(page)).not.toContain(`Change ${key}`);
      await page.getByRole('button', { name: 'Pause traffic' }).click();
      await page.getByRole('button', { name: 'Send traffic' }).waitFor();
    }));

  it('drains, relabels and scales Pods, and has them all as they were on demand', () =>
    inPage(async (page) => {
      await openShop(page);
      const drained = await changeFirstPod(page);
      await page.getByRole('button', { name: `Drain of ${drained}` }).click();
      await eventually(() => litEndpoints(page)).toHaveLength(1);

      const relabelled = await changeFirstPod(page);
      await page.getByLabel(`Labels of ${relabelled}`).fill('app=other');
      await page.getByRole('button', { name: `Apply labels to ${relabelled}` }).click();
      await eventually(() => litEndpoints(page)).not.toContain(`Change ${relabelled}`);

      const reset = page.getByRole('button', { name: 'Reset Pods' });
      await reset.click();
      await eventually(() => litEndpoints(page)).toHaveLength(2);
      expect(await reset.isDisabled()).toBe(true);

      await changeFirstPod(page);
      await page
        .getByRole('group', { name: 'Pods of Deployment shop/web' })
        .locator('button')
        .last()
        .click();
      await eventually(() => litEndpoints(page)).toHaveLength(3);
    }));

  it('is the same in another browser that opens its link', async () => {
    let fragment = '';
    await inPage(async (page) => {
      await openShop(page);
      const key = await changeFirstPod(page);
      await page.getByRole('button', { name: `Fail readiness of ${key}` }).click();
      await eventually(() => litEndpoints(page)).toHaveLength(1);
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await page.getByRole('button', { name: 'Copy link' }).click();
      await page.getByText('Link copied.').waitFor();
      fragment = new URL(await page.evaluate(() => navigator.clipboard.readText())).hash;
      await eventually(() => page.evaluate(() => location.hash)).toBe(fragment);
    });
    await inPage(
      async (page) => {
        expect(await page.getByLabel('URL').inputValue()).toBe('http://shop.example/');
        await eventually(() => editorText(page)).toContain('name: nowhere');
        await eventually(() => litEndpoints(page)).toHaveLength(1);
      },
      {},
      fragment,
    );
  });

  it('says of a broken link that it is one, and opens the first example', () =>
    inPage(
      async (page) => {
        expect(await page.locator('.p-notice--wrong').innerText()).toContain('link');
        const first = EXAMPLES[0]?.scenario.request.url;
        expect(await page.getByLabel('URL').inputValue()).toBe(first);
      },
      {},
      '#1.broken',
    ));

  it('goes to the scenario of another link, and back', () =>
    inPage(async (page) => {
      const before = await page.getByLabel('URL').inputValue();
      const hash = (): Promise<string> => page.evaluate(() => location.hash);
      await eventually(hash).not.toBe('');
      const first = await hash();
      await page.getByLabel('URL').fill('http://one.example/');
      await eventually(hash).not.toBe(first);
      const one = await hash();
      await page.getByLabel('URL').fill(before);
      await eventually(hash).toBe(first);
      await page.evaluate((other) => {
        location.hash = other;
      }, one);
      await eventually(() => page.getByLabel('URL').inputValue()).toBe('http://one.example/');
      await page.goBack();
      await eventually(() => page.getByLabel('URL').inputValue()).toBe(before);
      expect(await hash()).toBe(first);
    }));

  it('opens an example in place of what is typed, which can be had back', () =>
    inPage(async (page) => {
      await write(page, SHOP);
      await page.getByLabel('Example').selectOption({ index: 2 });
      const { title = '', scenario } = EXAMPLES[1] ?? {};
      await eventually(() => page.getByLabel('URL').inputValue()).toBe(scenario?.request.url);
      expect(await page.locator('.p-notice').innerText()).toContain(title);
      await eventually(() => editorText(page)).not.toContain('name: nowhere');
      await page.getByRole('button', { name: 'Undo' }).click();
      await eventually(() => editorText(page)).toContain('name: nowhere');
    }));

  it('takes files that are dropped, as documents of one text', () =>
    inPage(async (page) => {
      const [ingress = '', service = '', deployment = ''] = SHOP.split('---\n');
      const data = await page.evaluateHandle(
        (files) => {
          const transfer = new DataTransfer();
          for (const [name, text] of files) transfer.items.add(new File([text], name));
          return transfer;
        },
        [
          ['b.yaml', service],
          ['a.yaml', ingress],
          ['c.yaml', deployment],
        ] as const,
      );
      await page.locator('.cm-content').dispatchEvent('drop', { dataTransfer: data });
      await eventually(() => counts(page)).toMatch(/^3 objects, 2 rules/);
      await eventually(() => editorText(page)).toMatch(/^# a\.yaml\napiVersion: networking/);
      expect(await page.locator('.p-notice').innerText()).toContain('3 files');
    }));

  it('stays at hand while the engine reads 10,000 objects', () =>
    inPage(async (page) => {
      await page.evaluate(() => {
        const counter = Object.assign(globalThis, { framesDrawn: 0 });
        const count = (): void => {
          if (document.querySelector('.p-root')?.getAttribute('aria-busy') === 'true') {
            counter.framesDrawn += 1;
          }
          requestAnimationFrame(count);
        };
        requestAnimationFrame(count);
      });
      await page.locator('input[type=file]').setInputFiles({
        name: 'many.yaml',
        mimeType: 'application/yaml',
        buffer: Buffer.from(manyObjects(10_000)),
      });
      await ask(page, 'http://many.example/x');
      await eventually(() => counts(page)).toMatch(/^10,001 objects/);
      await eventually(() => sentence(page)).toContain('Service many/s7:80');
      // The page went on drawing while the engine read: had it read itself, there were hardly any.
      const frames = await page.evaluate(() => Number(Reflect.get(globalThis, 'framesDrawn')));
      expect(frames).toBeGreaterThan(5);

      await page.locator('.cm-content').click();
      await page.keyboard.type('# mine\n');
      await eventually(() => editorText(page)).toContain('# mine');
      await page.getByRole('button', { name: 'Copy link' }).click();
      await eventually(() => page.locator('.p-share').innerText()).toMatch(
        /Download the YAML|Link copied/,
      );
    }));

  it('offers a file where there is too much for a link', () =>
    inPage(async (page) => {
      const noise = Array.from({ length: 20_000 }, (_, at) => `# ${Math.sin(at)}\n`).join('');
      await page.locator('input[type=file]').setInputFiles({
        name: 'noise.yaml',
        mimeType: 'application/yaml',
        buffer: Buffer.from(noise + SHOP),
      });
      await eventually(() => counts(page)).toMatch(/^3 objects/);
      await page.getByRole('button', { name: 'Copy link' }).click();
      await page.getByText('Too large for a link').waitFor();
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Download the YAML' }).click();
      expect((await download).suggestedFilename()).toBe('manifests.yaml');
      await eventually(() => page.evaluate(() => location.hash)).toBe('');
    }));

  it('keeps what is typed when the engine ends, and starts another on demand', async () => {
    const { page } = await harness.openPage();
    await page.locator('.p-answer').waitFor();
    await page.route('**/worker.js', (route) => route.abort());
    await page.reload();
    await page.getByText('The engine has ended').waitFor();
    await write(page, SHOP);
    await page.unroute('**/worker.js');
    await page.getByRole('button', { name: 'Start it again' }).click();
    await eventually(() => counts(page)).toMatch(/^3 objects/);
    expect(await page.getByText('The engine has ended').count()).toBe(0);
    await page.context().close();
  });

  it.each([390, 1440])('is never wider than a window of %d pixels', (width) =>
    inPage(
      async (page) => {
        const tooWide: string[] = [];
        for (const { id } of EXAMPLES) {
          await page.getByLabel('Example').selectOption(id);
          await eventually(() => page.locator('.p-root').getAttribute('aria-busy')).toBe('false');
          await page.getByText('Who asks').focus();
          const fits = await page.evaluate(
            () => document.documentElement.scrollWidth <= window.innerWidth,
          );
          if (!fits) tooWide.push(id);
        }
        expect(tooWide).toEqual([]);
      },
      { viewport: { width, height: 844 } },
    ),
  );

  it('has the manifests below the drawing where there is no room beside it, for the keyboard too', () =>
    inPage(async (page) => {
      const inOrder = (): Promise<readonly (string | undefined)[]> =>
        page
          .locator('.p-pane')
          .evaluateAll((panes) => panes.map((pane) => pane.className.split('--')[1]));
      await write(page, SHOP);
      expect(await inOrder()).toEqual(['text', 'way']);
      await page.setViewportSize({ width: 800, height: 900 });
      await eventually(inOrder).toEqual(['way', 'text']);
      await eventually(() => editorText(page)).toContain('name: nowhere');
      await page.getByRole('button', { name: 'Edit manifests' }).press('Enter');
      await page.keyboard.type('# mine');
      await eventually(() => editorText(page)).toMatch(/^# mine/);
    }));

  it('can be used by keyboard alone, and does not hold it in the editor', () =>
    inPage(async (page) => {
      const focused = (): Promise<string> =>
        page.evaluate(() => {
          const outer = document.activeElement;
          const inner = outer?.shadowRoot?.activeElement ?? outer;
          const label = inner instanceof HTMLInputElement ? inner.labels?.[0]?.textContent : null;
          return inner?.getAttribute('aria-label') ?? label ?? inner?.textContent ?? '';
        });
      const visited: string[] = [];
      for (let step = 0; step < 30 && visited.at(-1) !== 'URL'; step += 1) {
        await page.keyboard.press('Tab');
        visited.push(await focused());
      }
      expect(visited).toContain('Manifests, YAML. Tab leaves the editor.');
      expect(visited.at(-1)).toBe('URL');
      await page.keyboard.press('Control+A');
      await page.keyboard.type('http://tea.shop.example/');
      await page.keyboard.press('Enter');
      await eventually(() => sentence(page)).toContain('tea.shop.example');
    }));

  it.each(['light', 'dark'] as const)('has nothing that axe finds fault with, %s', (colorScheme) =>
    inPage(
      async (page) => {
        await openShop(page);
        await page.getByText('Who asks').click();
        await page.getByLabel('Client address').fill('nobody');
        await page.locator('.p-field--from .p-fault:not(:empty)').waitFor();
        expect(await axeViolations(page)).toEqual([]);
        await page.getByLabel('Client address').fill('');
        await changeFirstPod(page);
        await page.getByLabel('Example').selectOption({ index: 1 });
        await page.locator('.p-notice').waitFor();
        expect(await axeViolations(page)).toEqual([]);
      },
      { colorScheme },
    ),
  );
});
