import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { compileWithStandIns } from '@portolan/compile';
import { parseManifests, type ManifestSource } from '@portolan/manifests';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { faultsOf } from '../../test/sound.ts';
import type { Finding } from '../finding/finding.ts';
import type { CheckOptions } from '../subject/subject.ts';
import { check } from './check.ts';

const ROOT = join(import.meta.dirname, '../../../..');
const CORPUS = join(ROOT, '../shared/manifests');

function sourcesIn(folder: string): readonly ManifestSource[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(?:ya?ml|json)$/u.test(file))
    .toSorted()
    .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8'), discovered: true }));
}

function found(sources: readonly ManifestSource[], options?: CheckOptions): readonly Finding[] {
  return check(compileWithStandIns(parseManifests(sources)), options);
}

function textsOf(sources: readonly ManifestSource[]): ReadonlyMap<string, string> {
  return new Map(sources.map(({ name, text }) => [name, text]));
}

describe('the example manifests', () => {
  it('have no TLS, and a timeout that is not kept: nothing else is to be said of them', () => {
    const findings = found(sourcesIn(join(ROOT, 'apps/edge-worker/manifests')));
    expect(findings.map(({ file, code, field }) => `${file} ${code} ${field}`)).toEqual([
      '10-storefront.yaml FieldNotHonoured spec.sessionAffinityConfig.clientIP.timeoutSeconds',
      '40-ingress.yaml HostWithoutTLS spec.rules[0].host',
      '40-ingress.yaml HostWithoutTLS spec.rules[1].host',
    ]);
  });
});

const folders = existsSync(CORPUS)
  ? readdirSync(CORPUS).filter((name) => statSync(join(CORPUS, name)).isDirectory())
  : [];
const projects = folders.map((name) => ({ name, sources: sourcesIn(join(CORPUS, name)) }));

// They lie beside the repository where this project is built, and are no part of it.
describe.skipIf(projects.length === 0)(
  'manifests of other projects, if ../shared/manifests is there',
  () => {
    it.each(projects)('$name: every finding is sound, wherever it is to run', ({ sources }) => {
      for (const target of [undefined, 'workers', 'deno', 'bun', 'node'] as const) {
        expect(faultsOf(found(sources, { target }), textsOf(sources))).toEqual([]);
      }
    });

    it('never make it throw, whatever is missing of them', () => {
      const all = projects.flatMap(({ sources }) => sources);
      const line = fc.record({ file: fc.nat(all.length - 1), at: fc.nat(), count: fc.nat(3) });
      fc.assert(
        fc.property(fc.array(line, { minLength: 1, maxLength: 4 }), (cuts) => {
          const sources = cuts.flatMap(({ file, at, count }) => {
            const source = all[file];
            if (source === undefined) return [];
            const lines = source.text.split('\n');
            lines.splice(at % lines.length, count + 1);
            return { ...source, name: `${at}/${source.name}`, text: lines.join('\n') };
          });
          const findings = found(sources, { target: 'workers' });
          expect(faultsOf(findings, textsOf(sources))).toEqual([]);
        }),
        { numRuns: 200 },
      );
    });
  },
);
