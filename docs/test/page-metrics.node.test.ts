import { readFileSync } from 'node:fs';
import { METHODS } from 'node:http';
import { join } from 'node:path';

import { socket } from '@portolan/node';
import type { Exchange } from '@portolan/proxy';
import { createMetrics, endpointGauges } from '@portolan/telemetry';
import { portolan } from 'portolan';
import { describe, expect, it } from 'vitest';

import { ROOT } from './session/session.ts';

const page = readFileSync(join(ROOT, 'docs/reference/metrics.md'), 'utf8');

/** A Service whose only endpoint refuses, which takes tries and makes an answer of our own. */
const MANIFESTS = `
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { selector: { app: cart }, ports: [{ port: 80, targetPort: 1 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: cart-0, namespace: shop, labels: { app: cart } }
spec: { containers: [{ name: cart, image: cart }] }
status: { podIP: 127.0.123.1 }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: shop, namespace: shop }
spec: { defaultBackend: { service: { name: cart, port: { number: 80 } } } }
`;

/** A metric as it is exposed. */
interface Family {
  readonly name: string;
  readonly type: string;
  readonly labels: readonly string[];
}

describe('docs/reference/metrics.md', () => {
  it('names every metric that there is, in order, with its type and its labels', async () => {
    const exposed = familiesOf(await textAfter(['GET']));
    expect(exposed.every(({ labels }) => labels.length > 0)).toBe(true);
    const shown = rowsOf('All of them').map(([name, type, , labels = '']) => ({
      name,
      type,
      labels: labels.split(', '),
    }));
    expect(shown).toEqual(exposed);
  });

  it('says what every label holds, and of no other', async () => {
    const labels = familiesOf(await textAfter(['GET'])).flatMap((family) => family.labels);
    const shown = rowsOf('Labels').map(([name = '']) => name);
    expect(shown).toEqual([...new Set(shown)]);
    expect(new Set(shown)).toEqual(new Set(labels));
  });

  it('names the methods that count by their names', async () => {
    const [, cell = ''] = rowsOf('Labels').find(([name]) => name === 'method') ?? [];
    const methods = Array.from(cell.matchAll(/\b[A-Z]+\b/g), ([method]) => method);
    const counted = valuesOf('method', await textAfter(METHODS));
    expect(new Set([...methods, 'other'])).toEqual(counted);
  });

  it('names the bounds of all buckets', async () => {
    const bounds = valuesOf('le', await textAfter(['GET']));
    const [, sentence = ''] = /The buckets end at ([^]*?)`\./.exec(page) ?? [];
    const shown = Array.from(sentence.matchAll(/[\d.]*\d|\+Inf/g), ([bound]) => bound);
    expect(new Set(shown)).toEqual(bounds);
  });

  it('names the media type', () => {
    expect(page).toContain(`\`${createMetrics().contentType}\``);
  });
});

/** What is exposed once a request has ended, and others of these methods that came to the same. */
async function textAfter(methods: readonly string[]): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<Exchange>();
  const app = portolan(MANIFESTS, { dialers: [socket()], observe: resolve });
  const metrics = createMetrics({
    snapshot: () => ({ version: app.snapshot().version, source: 'kv', checkedAt: 0 }),
    endpoints: () => endpointGauges(app.snapshot(), app.states),
  });
  const response = await app.fetch(new Request('http://shop.example/'));
  await response.arrayBuffer();
  const exchange = await promise;
  for (const method of methods) metrics.observe({ ...exchange, method });
  return metrics.text();
}

function familiesOf(text: string): readonly Family[] {
  return Array.from(text.matchAll(/^# TYPE (\S+) (\S+)\n(.*)$/gm), (found) => {
    const [, name = '', type = '', sample = ''] = found;
    const labels = Array.from(sample.matchAll(/(\w+)="/g), ([, label = '']) => label);
    return { name, type, labels: labels.filter((label) => label !== 'le') };
  });
}

function valuesOf(label: string, text: string): ReadonlySet<string> {
  const found = text.matchAll(new RegExp(String.raw`\b${label}="([^"]*)"`, 'g'));
  return new Set(Array.from(found, ([, value = '']) => value));
}

/** The cells of the first table below a heading that has names in its first column. */
function rowsOf(heading: string): readonly (readonly string[])[] {
  const [, rest = ''] = page.split(`\n## ${heading}\n`);
  return (rest.split(/^## /m)[0] ?? '')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll('`', '')),
    );
}
