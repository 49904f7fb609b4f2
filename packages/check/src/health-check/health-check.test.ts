import { describe, expect, it } from 'vitest';

import { deployment, documents, service, told } from '../../test/manifests.ts';

const CODE = 'HealthNotChecked';

function withHealthPath(path: string): string {
  const metadata = { annotations: { 'portolan.dev/health-path': path } };
  return documents(service('web', {}, { metadata }), deployment('web'));
}

describe('active health checks', () => {
  it('are not carried out on Workers', () => {
    expect(told(CODE, withHealthPath('/healthz'), { target: 'workers' })).toEqual([
      {
        at: expect.stringMatching(/^"portolan.dev\/health-path":/u),
        severity: 'notice',
        field: 'metadata.annotations[portolan.dev/health-path]',
        message: 'nobody asks for /healthz: a Worker only runs while it answers a request',
      },
    ]);
  });

  it('are elsewhere, and nothing is said where no target is given', () => {
    expect(told(CODE, withHealthPath('/healthz'))).toEqual([]);
    for (const target of ['node', 'deno', 'bun'] as const) {
      expect(told(CODE, withHealthPath('/healthz'), { target })).toEqual([]);
    }
  });

  it('are not spoken of where the path can not be read', () => {
    expect(told(CODE, withHealthPath('healthz'), { target: 'workers' })).toEqual([]);
  });
});
