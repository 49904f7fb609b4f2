import { resolve, type ResourceRecord } from '@portolan/dns';
import { compile } from 'portolan';
import { describe, expect, it } from 'vitest';

import { manifest, service } from '../../../test/objects/objects.ts';

const kubernetes = service('kubernetes', {
  clusterIP: '10.3.0.1',
  ports: [{ name: 'https', port: 443 }],
});

function answers(name: string, type: string): readonly ResourceRecord[] {
  const { snapshot } = compile(manifest([kubernetes]));
  return resolve(snapshot, { name, type, class: 'IN' }).answers;
}

describe('DNS-based service discovery: 2.1 Definitions', () => {
  it('a record has a time to live', () => {
    const [found] = answers('kubernetes.default.svc.cluster.local', 'A');
    expect(found?.ttl).toBeGreaterThan(0);
  });
});

describe('DNS-based service discovery: 2.2 Record for Schema Version', () => {
  it('dns-version.cluster.local has a TXT record with the version of this document', () => {
    expect(answers('dns-version.cluster.local', 'TXT')).toMatchObject([
      { data: { type: 'TXT', text: '1.1.0' } },
    ]);
  });
});

describe('DNS-based service discovery: 2.6 Deprecated Records', () => {
  it('10-3-0-1.default.pod.cluster.local has an A record with 10.3.0.1', () => {
    expect(answers('10-3-0-1.default.pod.cluster.local', 'A')).toMatchObject([
      { data: { type: 'A', address: '10.3.0.1' } },
    ]);
  });
});
