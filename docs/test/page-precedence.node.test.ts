import { join } from 'node:path';

import { compileWithStandIns } from '@portolan/compile';
import { decide, type RequestFacts } from '@portolan/engine';
import { formatSVG, graphOf } from '@portolan/graph';
import { describe, expect, it } from 'vitest';

import { describeSession } from './session/describe-session.ts';
import { blocksOf, filesOf, ROOT } from './session/session.ts';

const page = 'docs/explanation/precedence.md';

describeSession(page);

describe(`the drawings of ${page}`, () => {
  const files = filesOf(blocksOf(page));

  it.each([
    ['addresses', 'http://192.0.2.10:30080/cart'],
    ['hosts', 'http://m.shop.example/cart'],
    ['paths', 'http://shop.example/cart/7'],
  ])('show the way of a request: %s', async (name, url) => {
    const subject = compileWithStandIns(`${files['services.yaml']}---\n${files[`${name}.yaml`]}`);
    const { snapshot } = subject.compiled;
    const request = decide(snapshot, factsOf(new URL(url)), { trace: true });
    expect(request.outcome).toBe('forward');
    const graph = graphOf(subject, { request });
    expect(graph.edges.filter(({ lit }) => lit).length).toBeGreaterThan(0);
    const file = join(ROOT, `docs/public/drawings/precedence-${name}.svg`);
    await expect(formatSVG(graph, { title: `GET ${url}` })).toMatchFileSnapshot(file);
  });
});

function factsOf(url: URL): RequestFacts {
  return {
    method: 'GET',
    scheme: 'http',
    host: url.hostname,
    port: Number(url.port === '' ? 80 : url.port),
    path: url.pathname,
    query: '',
    headers: new Headers(),
    entrance: 'external',
  };
}
