import { describe, expect, it } from 'vitest';

import { harness, pod, PODS } from '../../test/harness/harness.ts';

describe('a get', () => {
  it.each(['', '0', '1'])('of no state older than %j finds the object', async (version) => {
    const { ask, json } = harness();
    await ask(`POST ${PODS}`, { body: pod('web') });
    expect(await json(`GET ${PODS}/web?resourceVersion=${version}`)).toMatchObject({
      httpCode: 200,
      kind: 'Pod',
    });
  });

  it('of a state that lies ahead is told to come again', async () => {
    const { ask, store } = harness();
    await ask(`POST ${PODS}`, { body: pod('web') });
    const ahead = store.revision() + 1;
    const response = await ask(`GET ${PODS}/web?resourceVersion=${ahead}`);
    expect(response.headers.get('retry-after')).toBe('1');
    expect(await response.json()).toMatchObject({
      code: 504,
      reason: 'Timeout',
      message: `Too large resource version: ${ahead}, current: ${ahead - 1}`,
      details: { causes: [{ reason: 'ResourceVersionTooLarge' }] },
    });
  });

  it('of a version that is none is refused', async () => {
    const { json } = harness();
    expect(await json(`GET ${PODS}/web?resourceVersion=new`)).toMatchObject({
      httpCode: 422,
      message: expect.stringMatching(/^GetOptions\.meta\.k8s\.io "" is invalid: resourceVersion: /),
    });
  });
});
