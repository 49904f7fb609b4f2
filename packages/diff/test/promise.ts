import type { CompiledWithStandIns } from '@portolan/compile';
import { normalizePath } from '@portolan/routing';
import * as fc from 'fast-check';
import { expect } from 'vitest';

import schema from '../schema/diff.schema.json' with { type: 'json' };
import type { Change, Diff, Witness } from '../src/diff/diff-result.ts';
import { diff } from '../src/diff/diff.ts';
import { observe } from '../src/observe/observe.ts';
import type { Probe } from '../src/probe/probe.ts';
import { sideOf } from '../src/side/side.ts';
import { numbering } from '../src/side/signatures.ts';
import { bruteForce, type Observed } from './brute-force.ts';
import { instantiate } from './instantiate.ts';
import { faults } from './schema.ts';

/** Every witness differs, and does on each side what the change says. */
function expectTrue(
  { changes }: Diff,
  before: CompiledWithStandIns,
  after: CompiledWithStandIns,
): void {
  for (const change of changes) {
    expect(change.kinds).not.toEqual([]);
    for (const witness of change.witnesses) {
      const probe = probeOf(witness);
      const observed = { before: bruteForce(before, probe), after: bruteForce(after, probe) };
      const isEqual = areEqual(observed.before, observed.after);
      expect({ witness, ...observed, isEqual }).toHaveProperty('isEqual', false);
      expect({ witness, ...observed }).toEqual({
        witness,
        before: instantiate(change.before, probe),
        after: instantiate(change.after, probe),
      });
    }
  }
}

/** If the two sides differ at a request, one of the changes covers it. */
function expectCovered(
  { changes, complete }: Diff,
  before: CompiledWithStandIns,
  after: CompiledWithStandIns,
  probe: Probe,
): void {
  if (areEqual(bruteForce(before, probe), bruteForce(after, probe))) return;
  if (!complete || isOurAffair([before, after], probe)) return;
  const number = numbering();
  const [was, is] = [before, after].map((each) => observe(sideOf(each, number), probe));
  const covers = (change: Change): boolean =>
    JSON.stringify([change.before, change.after]) === JSON.stringify([was?.outcome, is?.outcome]);
  // A path that can't be read, at an address that only one side has: covered by what else changes there.
  const isUnreadable = normalizePath(probe.path) === undefined;
  const isAt = ({ witnesses }: Change): boolean =>
    witnesses.map(probeOf).some(({ host, port }) => host === probe.host && port === probe.port);
  const isCovered = changes.some((change) => covers(change) || (isUnreadable && isAt(change)));
  expect({ probe, was, is, changes, isCovered }).toHaveProperty('isCovered', true);
}

function areEqual(a: Observed, b: Observed): boolean {
  return a.size === b.size && [...a].every(([text, count]) => b.get(text) === count);
}

/** As whoever replays the witness reads it. */
function probeOf({ url, from, ...witness }: Witness): Probe {
  const { protocol, hostname, port, pathname, search } = new URL(url);
  const scheme = protocol === 'https:' ? 'https' : 'http';
  return {
    ...witness,
    scheme,
    host: hostname.replaceAll(/[[\]]/g, ''),
    port: port === '' ? { http: 80, https: 443 }[scheme] : Number(port),
    path: pathname,
    query: search.slice(1),
    ...(from !== undefined && { clientAddress: from }),
  };
}

/** Whether nobody but Portolan itself says that there is somebody at the address. */
function isOurAffair(
  sides: readonly CompiledWithStandIns[],
  { entrance, host, port }: Probe,
): boolean {
  if (entrance === 'external') return false;
  const holders = sides.flatMap(({ compiled }) => {
    const frontend = compiled.snapshot.frontends[`internal TCP ${host}:${port}`];
    return frontend ? [{ compiled, service: frontend.service }] : [];
  });
  const isAllocated = holders.every(({ compiled, service }) => {
    const manifest = compiled.manifests.findLast(
      ({ resource: { kind, metadata } }) =>
        kind === 'Service' && service === `default/${metadata.name}`,
    );
    return /^(10\.|fd00:10:96:)/.test(host) && !JSON.stringify(manifest?.resource).includes(host);
  });
  return isAllocated && new Set(holders.map(({ service }) => service)).size + holders.length !== 3;
}

/** Puts many requests to the two sides, and holds the result to its schema. */
export function checkPromise(
  before: CompiledWithStandIns,
  after: CompiledWithStandIns,
  requests: fc.Arbitrary<Probe>,
  seed: number,
): Diff {
  const result = diff(before, after, { witnesses: Infinity });
  expect(faults(result, schema)).toEqual([]);
  expectTrue(result, before, after);
  for (const probe of fc.sample(requests, { numRuns: 40, seed })) {
    expectCovered(result, before, after, probe);
  }
  return result;
}
