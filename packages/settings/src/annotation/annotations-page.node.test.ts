import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { annotationsPage } from '../../test/annotations-page.ts';

describe('every annotation', () => {
  it('is in docs/reference/annotations.md', async () => {
    // Out of date? `vitest run --project node packages/settings -u` writes it anew.
    const page = join(import.meta.dirname, '../../../../docs/reference/annotations.md');
    await expect(annotationsPage()).toMatchFileSnapshot(page);
  });
});
