import { fileURLToPath } from 'node:url';

import { launchChromium } from '@portolan/chromium';
import { build } from 'esbuild';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';

import { serve } from './serve.ts';

const PACKAGE = fileURLToPath(new URL('../..', import.meta.url));

/** Until it is so: a machine may be slow. */
export const eventually = <Value>(
  get: () => Promise<Value>,
): ReturnType<typeof expect.poll<Value>> => expect.poll(get, { timeout: 60_000 });

/** What a browser is served, by its path: `/page.js`, `/page.css`. */
export type Files = ReadonlyMap<string, Uint8Array>;

/**
 * Bundles as a site would, into memory.
 *
 * @param entries Files by the name that they are served as: `{ page: ['page.tsx', 'page.css'], worker: ['worker.ts'] }` gives
 * `/page.js`, `/page.css` and `/worker.js`. Their paths begin at this package.
 */
export async function bundle(entries: Readonly<Record<string, readonly string[]>>): Promise<Files> {
  const { outputFiles } = await build({
    entryPoints: Object.entries(entries).flatMap(([out, files]) =>
      files.map((file) => ({ in: file, out })),
    ),
    absWorkingDir: PACKAGE,
    outdir: '/out',
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2024',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    logLevel: 'silent',
  });
  return new Map(outputFiles.map(({ path, contents }) => [path.slice('/out'.length), contents]));
}

export interface Harness {
  /** A page of its own, with `#root` in it and the bundle's `/page.js` and `/page.css` loaded. */
  readonly openPage: (options?: BrowserContextOptions, hash?: string) => Promise<OpenPage>;
  readonly close: () => Promise<void>;
}

export interface OpenPage {
  readonly page: Page;
  /** What went wrong in the page so far: exceptions, logged errors, and what its Content-Security-Policy refused. */
  readonly faults: readonly string[];
}

/** Chromium, and a server with a strict Content-Security-Policy before it: once per file of tests. */
export async function startHarness(files: Files): Promise<Harness> {
  const site = await serve(files);
  const browser = await launchChromium();
  return {
    openPage: async (options = {}, hash = '') => {
      const context = await browser.newContext(options);
      const page = await context.newPage();
      const faults: string[] = [];
      page.on('pageerror', (error) => faults.push(String(error)));
      page.on('console', (message) => {
        if (message.type() === 'error') faults.push(message.text());
      });
      await page.goto(`${site.origin}/${hash}`);
      return { page, faults };
    },
    close: async () => {
      await browser.close();
      await site.close();
    },
  };
}
