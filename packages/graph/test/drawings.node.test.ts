import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { compileWithStandIns } from '@portolan/compile';
import { decide } from '@portolan/engine';
import { describe, expect, it } from 'vitest';

import { formatSVG, graphOf } from '../src/index.ts';
import { elementsOf, parseXML, textOf } from './xml.ts';

const root = join(import.meta.dirname, '../../..');
const shop = join(root, 'apps/edge-worker/manifests');
// They lie beside the repository where this project is built, and are no part of it.
const shared = join(root, '../shared/manifests');
const folders = existsSync(shared)
  ? readdirSync(shared, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => join(shared, name))
  : [];

function subject(folder: string): ReturnType<typeof compileWithStandIns> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:ya?ml|json)$/u.test(name))
    .toSorted();
  return compileWithStandIns(
    names.map((name) => ({
      name,
      text: readFileSync(join(folder, name), 'utf8'),
      discovered: true,
    })),
  );
}

const GET = {
  method: 'GET',
  scheme: 'http',
  port: 80,
  query: '',
  headers: { get: () => null },
  entrance: 'external',
} as const;

describe.each([shop, ...folders])('the drawing of %s', (folder) => {
  const given = subject(folder);
  const graph = graphOf(given);

  it('has every rule and every Service, and no edge that leads nowhere', () => {
    const { snapshot, services } = given.compiled;
    const count = (kind: string): number => graph.nodes.filter((node) => node.kind === kind).length;
    const { entries, defaultBackends } = snapshot.routes;
    expect(count('Rule')).toBe(entries.length + defaultBackends.length);
    const missing = graph.nodes.filter(
      ({ kind, status }) => kind === 'Service' && status === 'missing',
    );
    expect(count('Service') - missing.length).toBe(services.length);
    const ids = new Set(graph.nodes.map(({ id }) => id));
    expect(graph.edges.filter(({ from, to }) => !ids.has(from) || !ids.has(to))).toEqual([]);
  });

  it('calls a rule ready where a request for just its host and path is forwarded, and never asked where another takes it', () => {
    for (const node of graph.nodes) {
      if (node.kind !== 'Rule' || node.path === undefined) continue;
      if (node.pathType === 'RegularExpression') continue;
      const { outcome, route } = decide(given.compiled.snapshot, {
        ...GET,
        host: (node.host ?? 'nobody.example').replace('*', 'any'),
        path: node.path,
      });
      const isTaken = route?.name === node.source.name && route.rule === node.field;
      expect([node.id, isTaken]).toEqual([node.id, node.status !== 'shadowed']);
      const answers = node.status === 'ready' || node.status === 'partlyReady';
      expect([node.id, isTaken && outcome === 'forward']).toEqual([node.id, answers]);
    }
  });

  it('is well-formed, with every edge in it', () => {
    const all = elementsOf(parseXML(formatSVG(graph)));
    const edges = all.filter(({ attributes }) => attributes.get('class')?.startsWith('edge '));
    expect(edges).toHaveLength(graph.edges.length);
    const titles = all.filter(({ name }) => name === 'title').map(textOf);
    expect(titles).not.toContain('');
  });
});
