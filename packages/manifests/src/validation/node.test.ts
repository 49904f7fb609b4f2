import { describe, expect, it } from 'vitest';

import { parseManifests } from '../parse/parse-manifests.ts';

function podCIDRs(text: string): readonly string[] {
  const head = 'apiVersion: v1\nkind: Node\nmetadata: {name: node-1.example.com}';
  const source = { name: 'a.yaml', text: `${head}\nspec: {podCIDRs: ${text}}` };
  return parseManifests([source]).diagnostics.map(({ message }) => message);
}

describe('a Node', () => {
  it.each(['[]', '[10.244.0.0/24]', '["fd00::/64", 10.244.0.0/24]'])(
    'is fine with the Pod CIDRs %s',
    (text) => {
      expect(podCIDRs(text)).toEqual([]);
    },
  );

  it.each([
    [
      '[10.244.0.0]',
      'spec.podCIDRs[0]: Invalid value: "10.244.0.0": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)',
    ],
    [
      '[10.244.0.0/24, 10.244.1.0/24]',
      'spec.podCIDRs: Invalid value: ["10.244.0.0/24","10.244.1.0/24"]: may specify no more than one CIDR for each IP family',
    ],
    [
      '[10.244.0.0/24, 10.244.0.0/24]',
      'spec.podCIDRs: Invalid value: ["10.244.0.0/24","10.244.0.0/24"]: may specify no more than one CIDR for each IP family',
      'spec.podCIDRs[1]: Duplicate value: "10.244.0.0/24"',
    ],
  ])('is refused with the Pod CIDRs %s', (text, ...messages) => {
    expect(podCIDRs(text)).toEqual(messages);
  });
});
