import { describe, expect, it } from 'vitest';

import { harness, pod, PODS, READER, REGISTRAR } from '../../test/harness/harness.ts';

describe('the audit log', () => {
  it('has a line for each write', async () => {
    const { json, events, ask } = harness();
    const headers = { 'user-agent': 'test/1' };
    const response = await ask(`POST ${PODS}`, { body: pod('web'), headers });
    const { metadata } = await response.json();
    expect(events).toEqual([
      {
        time: '2026-11-23T12:00:00.000Z',
        user: 'root',
        role: 'admin',
        verb: 'create',
        resource: 'pods',
        namespace: 'shop',
        name: 'web',
        code: 201,
        resourceVersion: metadata.resourceVersion,
        userAgent: 'test/1',
        requestID: response.headers.get('audit-id'),
      },
    ]);
    await json(`PATCH ${PODS}/web/status?dryRun=All`, {
      headers: { 'content-type': 'application/merge-patch+json' },
      body: {},
    });
    await json(`DELETE ${PODS}/web`, { body: { dryRun: ['All'] } });
    await json(`DELETE ${PODS}`);
    expect(events.slice(1)).toMatchObject([
      { verb: 'patch', resource: 'pods', subresource: 'status', name: 'web', dryRun: true },
      { verb: 'delete', name: 'web', dryRun: true },
      { verb: 'deletecollection', name: '', code: 200 },
    ]);
  });

  it('has a line for each write that was refused', async () => {
    const { json, events } = harness();
    await json(`POST ${PODS}`, { token: null, body: pod('web') });
    await json(`POST ${PODS}`, { token: READER, body: pod('web') });
    await json(`POST ${PODS}`, { token: REGISTRAR, body: pod('web') });
    await json(`PUT ${PODS}/web`, { body: pod('web') });
    await json(`POST ${PODS}`, { body: '{' });
    await json('POST /bulk', { token: READER, body: '' });
    expect(events).toMatchObject([
      { user: '', code: 401, reason: 'Unauthorized' },
      { user: 'eve', role: 'read', code: 403, reason: 'Forbidden' },
      { user: 'shop-pods', role: 'register', code: 403, reason: 'Forbidden' },
      { user: 'root', verb: 'update', name: 'web', code: 404, reason: 'NotFound' },
      { user: 'root', verb: 'create', name: '', code: 400, reason: 'BadRequest' },
      { user: 'eve', resource: 'bulk', code: 403 },
    ]);
  });

  it('is told no more than it can take', async () => {
    const { ask, events } = harness();
    const headers = { 'user-agent': 'x'.repeat(5000) };
    await ask(`PUT ${PODS}/${'y'.repeat(5000)}`, { token: null, body: '{}', headers });
    expect(events).toMatchObject([{ userAgent: 'x'.repeat(1024), name: 'y'.repeat(253) }]);
  });

  it.each(['%0a{"user":"root"}', '%e2%80%a8x', '%1b[2J'])(
    'has one line for a request, whatever the name: %s',
    async (name) => {
      const { ask, events } = harness();
      await ask(`DELETE ${PODS}/${name}`, { token: null });
      expect(events.map((event) => JSON.stringify(event).split('\n'))).toEqual([
        [expect.stringContaining('"code":401')],
      ]);
      expect(JSON.stringify(events)).not.toContain('\u001b');
    },
  );

  it('that can not be written keeps no answer back', async () => {
    const thrown: unknown[] = [];
    const full = new Error('the disk is full');
    const { json } = harness({
      audit: () => {
        throw full;
      },
      onError: (error) => thrown.push(error),
    });
    expect(await json(`POST ${PODS}`, { body: pod('web') })).toMatchObject({ httpCode: 201 });
    expect(thrown).toEqual([full]);
  });

  it('has the names that were made', async () => {
    const { json, events } = harness();
    const created = await json(`POST ${PODS}`, { body: { metadata: { generateName: 'web-' } } });
    expect(events[0]?.name).toBe(Object(created['metadata']).name);
  });

  it('has no line for what only reads', async () => {
    const { json, ask, events } = harness();
    await json(`GET ${PODS}`);
    await json(`GET ${PODS}/web`);
    const watch = await ask(`GET ${PODS}?watch=1`);
    await watch.body?.cancel();
    await json('GET /api');
    expect(events).toEqual([]);
  });
});
