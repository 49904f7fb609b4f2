import { compileWithStandIns } from '@portolan/compile';
import { decide, type Decision, type Snapshot } from '@portolan/engine';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { deployment, documents, ingress, path, pod, rule, service } from '../../test/manifests.ts';
import type { Finding } from '../finding/finding.ts';
import { check } from './check.ts';

const NAMES = fc.constantFrom('web', 'api', 'gone');
const PORTS = fc.constantFrom<object>({ number: 80 }, { number: 81 }, { name: 'http' });
const PATHS = fc.constantFrom('/', '/a', '/a/b');

const SERVICE = fc.record({
  name: NAMES,
  spec: fc.oneof(
    fc.record({
      selector: fc.constantFrom<object | undefined>({ app: 'web' }, { app: 'api' }, undefined),
      ports: fc.constantFrom<readonly object[]>(
        [{ name: 'http', port: 80, targetPort: 'http' }],
        [{ port: 80, targetPort: 8080 }],
        [{ name: 'http', port: 80, protocol: 'UDP' }],
        [
          { name: 'http', port: 80, targetPort: 'http' },
          { name: 'more', port: 81, targetPort: 8080 },
        ],
      ),
    }),
    fc.constant({ type: 'ExternalName', externalName: 'a.example', selector: undefined }),
  ),
});

const PODS = fc.oneof(
  fc.record({
    kind: fc.constant('Deployment' as const),
    app: fc.constantFrom('web', 'api'),
    ports: fc.constantFrom<readonly object[]>([], [{ name: 'http', containerPort: 8080 }]),
    replicas: fc.constantFrom(0, 1),
  }),
  fc.record({
    kind: fc.constant('Pod' as const),
    app: fc.constantFrom('web', 'api'),
    status: fc.constantFrom<object>(
      { podIP: '10.0.0.1', phase: 'Running' },
      { podIP: '10.0.0.1', phase: 'Failed' },
      { podIP: '10.0.0.1', conditions: [{ type: 'Ready', status: 'False' }] },
      { podIP: 'fd00::1', phase: 'Running' },
    ),
  }),
);

const SHOP = fc.record({
  services: fc.array(SERVICE, { maxLength: 3 }),
  pods: fc.array(PODS, { maxLength: 3 }),
  paths: fc.array(fc.record({ path: PATHS, name: NAMES, port: PORTS }), {
    minLength: 1,
    maxLength: 4,
  }),
});

type Shop = typeof SHOP extends fc.Arbitrary<infer Value> ? Value : never;

function textOf({ services, pods, paths }: Shop): string {
  return documents(
    ...services.map(({ name, spec }) => service(name, spec)),
    ...pods.map((each, index) =>
      each.kind === 'Pod'
        ? pod(`pod-${index}`, each.status, { labels: { app: each.app } })
        : deployment(`pods-${index}`, { app: each.app }, each.ports, { replicas: each.replicas }),
    ),
    ingress('web', {
      rules: [rule('shop.example', ...paths.map(({ path: value, ...to }) => path(value, to)))],
    }),
  );
}

function answer(snapshot: Snapshot, at: string): Decision {
  return decide(snapshot, {
    method: 'GET',
    scheme: 'http',
    host: 'shop.example',
    port: 80,
    path: at,
    query: '',
    headers: new Headers(),
    entrance: 'external',
  });
}

/** Whether a finding tells why nobody answers for a rule: it is about its backend, or about the Service that it names. */
function explains({ field = '', message, object }: Finding, at: string, name: string): boolean {
  if (
    !message.includes('503') &&
    !message.includes('selects none') &&
    !message.includes('has the labels')
  ) {
    return false;
  }
  return object?.kind === 'Ingress' ? field.startsWith(`${at}.`) : object?.name === name;
}

describe('a rule for which nobody answers', () => {
  it('is always explained by a finding, and what a finding says of it is so', () => {
    fc.assert(
      fc.property(SHOP, (shop) => {
        const compiled = compileWithStandIns(textOf(shop));
        const findings = check(compiled);
        for (const [index, { path: value, name }] of shop.paths.entries()) {
          const at = `spec.rules[0].http.paths[${index}]`;
          const decision = answer(compiled.compiled.snapshot, value);
          if (decision.route?.rule !== at) continue;
          const isUnanswered = decision.outcome === 'respond';
          const own = findings.filter((finding) => explains(finding, at, name));
          expect(isUnanswered ? own.length > 0 : own.every(({ code }) => !isAboutRule(code))).toBe(
            true,
          );
        }
      }),
      { numRuns: 300 },
    );
  });
});

/** Codes of findings that say of a rule itself that its requests get a 503. */
function isAboutRule(code: string): boolean {
  return /^(?:BackendNotFound|ExternalNameNotAllowed|NoReadyEndpoints|UnsupportedProtocol)$/u.test(
    code,
  );
}
