import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { axeViolations, HAS_CHROMIUM, launchChromium } from '@portolan/chromium';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { listen, start, type Running } from './running.ts';

/** A Pod that listens on this machine, and has every host that no other rule is for. */
const nosy = (port: number): string => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: nosy }
spec: { defaultBackend: { service: { name: nosy, port: { number: 80 } } } }
---
apiVersion: v1
kind: Service
metadata: { name: nosy }
spec: { selector: { app: nosy }, ports: [{ port: 80, targetPort: ${port} }] }
---
apiVersion: v1
kind: Pod
metadata: { name: nosy, labels: { app: nosy } }
spec: { containers: [{ name: web, image: none }] }
status: { phase: Running, podIP: 127.0.0.1, conditions: [{ type: Ready, status: 'True' }] }
`;

const manifests = (service: string): string => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: chart, namespace: sea }
spec:
  rules:
    - host: sea.example
      http:
        paths:
          - { path: /, pathType: Prefix, backend: { service: { name: ${service}, port: { number: 80 } } } }
---
apiVersion: v1
kind: Service
metadata: { name: ${service}, namespace: sea }
spec: { selector: { app: port }, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: port, namespace: sea }
spec:
  replicas: 2
  selector: { matchLabels: { app: port } }
  template:
    metadata: { labels: { app: port } }
    spec: { containers: [{ name: web, image: none, ports: [{ containerPort: 8080 }] }] }
`;

describe.skipIf(!HAS_CHROMIUM)('the map in a browser (skipped without Chromium)', () => {
  let folder: string;
  let file: string;
  let worker: Running;
  let browser: Browser;
  const seen: (string | undefined)[] = [];
  const pod = createServer(({ url, headers }, response) => {
    if (url === '/secrets') seen.push(headers.authorization);
    response.writeHead(401, { 'www-authenticate': 'Basic realm="portolan"' }).end('Who are you?');
  });
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'portolan-map-'));
    file = join(folder, 'manifests.yaml');
    await writeFile(file, manifests('harbour'));
    const pods = join(folder, 'pods.yaml');
    await writeFile(pods, nosy(await listen(pod)));
    worker = await start(`${file}:${pods}`);
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
    await worker.stop();
    pod.closeAllConnections();
    pod.close();
    await rm(folder, { recursive: true });
  });

  const address = (): string => `http://127.0.0.1:${worker.port}/.portolan/map`;

  /** A page of somebody who knows the token, and what goes wrong in it. */
  async function open(options: BrowserContextOptions = {}) {
    const context = await browser.newContext({
      httpCredentials: { username: 'operator', password: worker.token },
      ...options,
    });
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text());
    });
    await page.goto(address());
    return { page, faults };
  }

  /** The text of the page once it says so. */
  const shows = (page: Page, text: string): Promise<void> =>
    page.getByText(text).first().waitFor({ timeout: 30_000 });

  it('is not shown to somebody without the token', async () => {
    await expect(open({ httpCredentials: undefined })).rejects.toThrow(
      'ERR_INVALID_AUTH_CREDENTIALS',
    );
    const { page, faults } = await open({
      httpCredentials: { username: 'operator', password: 'a wrong password' },
    });
    expect(faults).toEqual([expect.stringContaining('401 (Unauthorized)')]);
    expect(await page.locator('#map').count()).toBe(0);
  });

  it('draws what is served and the way of a request, within its policy, and follows a change', async () => {
    const { page, faults } = await open();
    const statuses: number[] = [];
    page.on('response', (response) => {
      if (response.url().endsWith('/map/snapshot')) statuses.push(response.status());
    });
    await shows(page, 'sea/harbour');
    await shows(page, 'sea.example');
    await expect.poll(() => statuses.includes(304), { timeout: 20_000 }).toBe(true);
    await writeFile(file, manifests('lagoon'));
    await shows(page, 'sea/lagoon');
    await expect
      .poll(() => page.locator('#map').innerText(), { timeout: 20_000 })
      .not.toContain('sea/harbour');
    expect(faults).toEqual([]);
    await writeFile(file, manifests('harbour'));
    await shows(page, 'sea/harbour');
    await page.context().close();
  });

  it('has its password sent to a Pod that asks in its name, who gets none', async () => {
    const { page } = await open();
    const shown = await page.goto(new URL('/secrets', address()).href);
    expect(await shown?.text()).toBe('Who are you?');
    // The browser came back with what it was asked for, once or twice.
    expect(seen.length).toBeGreaterThan(1);
    expect(new Set(seen)).toEqual(new Set([undefined]));
    await page.context().close();
  });

  it('says so where the Worker is gone, and goes on drawing what was there', async () => {
    const { page } = await open();
    await shows(page, 'sea/harbour');
    await page.context().setOffline(true);
    await shows(page, 'The Snapshot can not be had');
    expect(await page.locator('#map').innerText()).toContain('sea/harbour');
    await page.context().close();
  });

  it.each([
    ['light', 1440],
    ['dark', 390],
  ] as const)('can be used by everybody: %s, %i pixels wide', async (colorScheme, width) => {
    const { page } = await open({ colorScheme, viewport: { width, height: 900 } });
    await shows(page, 'sea/harbour');
    expect(await axeViolations(page)).toEqual([]);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBeLessThanOrEqual(0);
    await page.context().close();
  });
});
