import { describe, expect, it } from 'vitest';

import { NO_CHANGES, type Scenario } from '../../scenario/scenario.ts';
import { fragmentOf, linkedBy, LONGEST_LINK } from './link.ts';

const scenario: Scenario = {
  manifests: 'kind: Service\nmetadata: { name: 漢字 }\n',
  request: { url: 'http://shop.example/?a=b#c', headers: { 'X-Version': 'blue' } },
  pods: { pods: { 'shop/cart-1': { state: 'failing', labels: { app: 'x' } } }, replicas: {} },
};
const nowhere = (): boolean => false;

describe('a fragment', () => {
  it('holds all of a scenario', async () => {
    const fragment = await fragmentOf(scenario);
    expect(fragment).toMatch(/^#[\w.-]+$/);
    expect(await linkedBy(fragment ?? '', nowhere)).toEqual({ kind: 'scenario', scenario });
  });

  it('is none where the scenario is too large for a link, however it is packed', async () => {
    // What can't be packed: digits of a sequence that doesn't repeat.
    const noise = Array.from({ length: 20_000 }, (_, index) =>
      Math.sin(index).toString(36).slice(3, 9),
    );
    const large = { manifests: noise.join(' '), request: scenario.request, pods: NO_CHANGES };
    expect(await fragmentOf(large)).toBeUndefined();
    const larger = { ...large, manifests: 'a'.repeat(LONGEST_LINK * 41) };
    expect(await fragmentOf(larger)).toBeUndefined();
  });

  it.each(['', '#'])('asks for nothing where it is %j', async (fragment) => {
    expect(await linkedBy(fragment, nowhere)).toEqual({ kind: 'none' });
  });

  it('asks for nothing where it is a place in the page', async () => {
    expect(await linkedBy('#_top', (id) => id === '_top')).toEqual({ kind: 'none' });
  });

  it.each(['#1.AAAA', '#1.%', '#nothing', '#1.'])(
    'that is broken, %s, says so',
    async (fragment) => {
      expect(await linkedBy(fragment, nowhere)).toMatchObject({
        kind: 'fault',
        message: expect.stringMatching(/link/),
      });
    },
  );
});
