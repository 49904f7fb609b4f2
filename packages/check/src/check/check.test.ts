import { compileWithStandIns } from '@portolan/compile';
import { describe, expect, it } from 'vitest';

import {
  codesOf,
  deployment,
  documents,
  findingsOf,
  ingress,
  path,
  rule,
  service,
  WEB,
} from '../../test/manifests.ts';
import { compareFindings } from '../finding/order.ts';
import { check } from './check.ts';

const BAD = documents(
  ingress('web', { tls: [], rules: [rule('a.example', path('/', { name: 'gone' }))] }),
  service('web', { selector: { app: 'wbe' } }),
  deployment('web'),
);

describe('checking', () => {
  it('finds nothing in manifests that nothing is wrong with', () => {
    expect(codesOf(WEB)).toEqual([]);
    expect(codesOf('')).toEqual([]);
  });

  it('gives findings by file, line, column and code', () => {
    const sources = [
      { name: 'b.yaml', text: BAD },
      { name: 'a.yaml', text: 'kind: [' },
    ];
    const findings = check(compileWithStandIns(sources));
    expect(findings.map(({ file, line, code }) => `${file}:${line} ${code}`)).toEqual([
      'a.yaml:1 InvalidSyntax',
      'b.yaml:1 HostWithoutTLS',
      'b.yaml:1 BackendNotFound',
      'b.yaml:3 ServiceSelectsNothing',
      'b.yaml:5 PodSelectedByNone',
    ]);
    expect(findings).toEqual(findings.toSorted(compareFindings));
  });

  it('gives the same for the same, and changes nothing that it is given', () => {
    const compiled = compileWithStandIns([{ name: 'shop.yaml', text: BAD }]);
    const before = structuredClone(compiled.compiled.snapshot);
    expect(check(compiled)).toEqual(check(compiled));
    expect(compiled.compiled.snapshot).toEqual(before);
  });

  it('gives plain data, which is the same after a trip through JSON', () => {
    const findings = findingsOf(BAD, { target: 'workers' });
    expect(JSON.parse(JSON.stringify(findings))).toEqual(findings);
  });

  it('says nothing of what an error has left out', () => {
    const faulty = service(
      'web',
      { ports: [{ port: 0 }] },
      { metadata: { annotations: { 'a/b': '' } } },
    );
    expect(codesOf(documents(faulty))).toEqual(['FieldValueInvalid']);
  });
});
