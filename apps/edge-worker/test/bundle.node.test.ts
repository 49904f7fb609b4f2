import { gzipSync } from 'node:zlib';

import { describe, expect, it } from 'vitest';

import { bundle } from './bundle.ts';

describe('the Worker as it is uploaded', () => {
  it('is at most 60 KB gzip, the manifests not counted', async () => {
    const code = await bundle('');
    expect(gzipSync(code).length).toBeLessThanOrEqual(60 * 1024);
    expect(code).toContain('NoMatchingRoute');
  });
});
