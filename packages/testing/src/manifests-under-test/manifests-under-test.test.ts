import { compileWithStandIns } from '@portolan/compile';
import { describe, expect, it } from 'vitest';

import { SHOP } from '../../test/shop.ts';
import { FaultyManifests } from './faulty-manifests.ts';
import { compiledManifests } from './manifests-under-test.ts';

const namespace = (name: string) => `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${name} }`;

describe('manifests', () => {
  it('are compiled once, however often they are named', () => {
    expect(compiledManifests(SHOP)).toBe(compiledManifests(SHOP));
    const sources = [{ name: 'shop.yaml', text: SHOP }];
    expect(compiledManifests(sources)).toBe(compiledManifests(sources));
    expect(compiledManifests([...sources])).toBe(compiledManifests(sources));
  });

  it('are forgotten where many others follow, the longest unused first', () => {
    const first = compiledManifests(namespace('first'));
    const used = compiledManifests(namespace('used'));
    for (let index = 0; index < 15; index += 1) {
      compiledManifests(namespace(`n${index}`));
      compiledManifests(namespace('used'));
    }
    expect(compiledManifests(namespace('used'))).toBe(used);
    expect(compiledManifests(namespace('first'))).not.toBe(first);
  });

  it('may be compiled with options of their own', () => {
    const compiled = compileWithStandIns(SHOP, { clusterDomain: 'example.internal' });
    expect(compiledManifests(compiled)).toBe(compiled);
  });

  it('are refused where an object would be missing, with all that is wrong', () => {
    const text = `${SHOP}\n---\napiVersion: v1\nkind: Service\nmetadata: { name: Bad }\nspec: { ports: [{ port: 0 }] }`;
    const faulty = () => compiledManifests([{ name: 'shop.yaml', text }]);
    expect(faulty).toThrow(FaultyManifests);
    expect(faulty).toThrow(
      /shop\.yaml:\d+:\d+: error: Service default\/Bad: metadata\.name: Invalid value/,
    );
    expect(faulty).toThrow(
      /shop\.yaml:\d+:\d+: error: Service default\/Bad: spec\.ports\[0\]\.port: Invalid/,
    );
  });

  it('may have warnings', () => {
    expect(compiledManifests(SHOP).compiled.diagnostics).toContainEqual(
      expect.objectContaining({ severity: 'warning' }),
    );
  });

  it.each(['', '# nothing yet', 'apiVersion: example.org/v1\nkind: Other\nmetadata: { name: a }'])(
    'are refused where there is no object: %j',
    (text) => {
      expect(() => compiledManifests(text)).toThrow('there is no Kubernetes object');
    },
  );
});
