import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { storeContract } from '../contract/store-contract.ts';
import { openFolder } from './folder.ts';

describe('a store in a folder of manifests', () => {
  const place = async () => {
    const folder = await mkdtemp(join(tmpdir(), 'portolan-folder-'));
    return {
      open: (options: Parameters<typeof openFolder>[1]) => openFolder(folder, options),
      remove: () => rm(folder, { recursive: true }),
    };
  };
  it.each(storeContract({ place, keeps: true, many: 100 }))('$name', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined();
  });
});
