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
