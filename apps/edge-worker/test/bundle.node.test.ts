import { gzipSync } from 'node:zlib';

import { describe, expect, it } from 'vitest';

import { bundle, bundleControlPlane } from './bundle.ts';

describe('the Worker as it is uploaded', () => {
  it('is at most 60 KB gzip, the manifests not counted', async () => {
    const code = await bundle('');
    expect(gzipSync(code).length).toBeLessThanOrEqual(60 * 1024);
    expect(code).toContain('NoMatchingRoute');
  });

  it('is at most 200 KB gzip with all of the control plane, which is a Worker of its own', async () => {
    const code = await bundleControlPlane();
    expect(gzipSync(code).length).toBeLessThanOrEqual(200 * 1024);
    expect(code).toContain('has been modified');
  });
});
