import { platform } from 'node:process';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { keyPair, type KeyPair } from './frontends/certificates.ts';
import { missingPrograms } from './frontends/clients.ts';
import type { Frontend, Scene } from './frontends/frontend.ts';
import { FRONTENDS } from './frontends/frontends.ts';
import { manifests } from './frontends/manifests.ts';
import { page } from './frontends/page.ts';
import { PLACES } from './frontends/place.ts';
import { startPods } from './frontends/pods.ts';
import { serve } from './frontends/serve.ts';

const missing = missingPrograms();
const why =
  platform !== 'linux'
    ? 'only Linux has all of 127.0.0.0/8'
    : missing.length > 0
      ? `this machine has no ${missing.join(', ')}`
      : '';

const skipped = why === '' ? '' : ` (skipped: ${why})`;

describe.each(PLACES)(`portolan serve on $runtime${skipped}`, { skip: why !== '' }, (place) => {
  const stops: (() => Promise<unknown>)[] = [];
  let scene: Scene;

  beforeAll(async () => {
    const certificates: Readonly<Record<string, KeyPair>> = {
      secure: await keyPair('secure', ['secure.example']),
      wild: await keyPair('wild', ['*.wild.example']),
    };
    const pods = await startPods(place);
    stops.push(pods.stop);
    const serving = await serve(place, manifests(place, certificates));
    stops.push(serving.stop);
    scene = { place, serving, certificates };
  }, 60_000);
  afterAll(() => Promise.all(stops.map((stop) => stop())));

  const isKept = ({ limits }: Frontend): boolean => limits?.[place.runtime] === undefined;
  it.for(FRONTENDS.filter(isKept))('$name', { timeout: 40_000 }, async ({ check }) => {
    await expect(check(scene)).resolves.toBeUndefined();
  });

  it.for(FRONTENDS.filter((each) => !isKept(each)))(
    'does not keep: $name',
    { timeout: 40_000 },
    async ({ check }) => {
      await expect(check(scene)).rejects.toThrow(/./);
    },
  );

  it('ends with 0 when it is told to', async () => {
    expect(await scene.serving.stop()).toBe(0);
  });
});

describe('docs/reference/frontends.md', () => {
  it('says what the tests find (vitest run -u writes it)', async () => {
    await expect(page(FRONTENDS)).toMatchFileSnapshot('../../../docs/reference/frontends.md');
  });
});
