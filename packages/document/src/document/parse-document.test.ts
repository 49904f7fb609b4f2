import { formatDiagnostic } from '@portolan/manifests';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';

import { optional, text } from '../schema/fields.ts';
import { mapping } from '../schema/mapping.ts';
import { parseDocument } from './parse-document.ts';

const schema = mapping({
  name: text('must be a text'),
  ports: optional(v.array(v.number('must be a number'), 'must be a list'), 'Where it listens.'),
});

function faults(yaml: string): readonly string[] {
  const parsed = parseDocument(yaml, 'shop.yaml', schema);
  return parsed.value === undefined ? parsed.diagnostics.map(formatDiagnostic) : [];
}

describe('a document that is as its schema says', () => {
  it('is its value', () => {
    expect(parseDocument('name: shop\nports: [80]', 'shop.yaml', schema).value).toEqual({
      name: 'shop',
      ports: [80],
    });
  });
});

describe('a fault has its place, and says what was expected', () => {
  it.each([
    ['', ['1:1: error: must be a mapping']],
    ['- a\n- b', ['1:1: error: must be a mapping']],
    ['ports: [80]', ['1:1: error: name: is missing']],
    ['name: shop\nports: 80', ['2:1: error: ports: must be a list, not 80']],
    ['name: shop\nports:\n  - 80\n  - web', ['4:5: error: ports[1]: must be a number, not "web"']],
    ['name: shop\nport: [80]', ['2:1: error: port: is no field here; is ports meant?']],
    ['name: shop\n???: 1', ['2:1: error: [???]: is no field here; there are name, ports']],
    [
      'name: 1\nports: [a]',
      [
        '1:1: error: name: must be a text, not 1',
        '2:9: error: ports[0]: must be a number, not "a"',
      ],
    ],
  ])('%j', (yaml, expected) => {
    expect(faults(yaml)).toEqual(expected.map((each) => `shop.yaml:${each}`));
  });

  it('of syntax too', () => {
    expect(faults('name: [shop')).toEqual([expect.stringMatching(/^shop\.yaml:1:\d+: error: /)]);
    expect(faults('name: a\nname: b')).toEqual(['shop.yaml:2:1: error: Map keys must be unique']);
    expect(faults('name: *unknown')).toHaveLength(1);
  });
});
