import { RESOURCE_TYPES } from '@portolan/store';
import { describe, expect, it } from 'vitest';

import { trim } from './trim.ts';

const type = (kind: string): (typeof RESOURCE_TYPES)[number] => {
  const found = RESOURCE_TYPES.find((each) => each.kind === kind);
  if (found === undefined) throw new Error(`no kind ${kind}`);
  return found;
};

describe('what a cluster sends of a Secret though only its metadata was asked for', () => {
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: 'shop-tls',
      namespace: 'shop',
      labels: { password: 'hunter2' },
      annotations: { 'kubectl.kubernetes.io/last-applied-configuration': 'hunter2' },
      managedFields: [{ manager: 'hunter2' }],
    },
    type: 'kubernetes.io/tls',
    data: { 'tls.crt': 'hunter2', 'tls.key': 'hunter2' },
    stringData: { a: 'hunter2' },
  };

  it('is dropped, but for its name', () => {
    expect(JSON.stringify(trim(type('Secret'), secret))).not.toContain('hunter2');
    expect(trim(type('Secret'), secret)).toMatchObject({
      kind: 'Secret',
      metadata: { name: 'shop-tls', namespace: 'shop' },
      data: { 'tls.crt': '', 'tls.key': '' },
    });
  });

  it('is dropped, too, where it calls itself something else, or stands where Nodes should', () => {
    for (const kind of ['EndpointSlice', 'Ingress', 'IngressClass', 'Node', 'Service']) {
      const { data: _, ...trimmed } = trim(type(kind), secret);
      expect(_).toBeUndefined();
      expect(trimmed.kind).toBe(kind);
      expect(trimmed['stringData']).toBeUndefined();
    }
  });
});
