import { describe, expect, it } from 'vitest';

import { harness, READER, REGISTRAR, SHOP_ADMIN } from '../../test/harness/harness.ts';
import type { Token } from '../access/access.ts';

const PATH = '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews';
const body = {
  apiVersion: 'authorization.k8s.io/v1',
  kind: 'SelfSubjectRulesReview',
  spec: { namespace: 'shop' },
};

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
}

async function rulesOf(token: Token): Promise<readonly Rule[]> {
  const { status } = await harness().json(`POST ${PATH}`, { body, token });
  return Object(status).resourceRules;
}

describe('a SelfSubjectRulesReview', () => {
  it('tells an admin that everything is allowed', async () => {
    const { json } = harness();
    expect(await json(`POST ${PATH}`, { body })).toEqual({
      httpCode: 201,
      kind: 'SelfSubjectRulesReview',
      apiVersion: 'authorization.k8s.io/v1',
      metadata: { creationTimestamp: null },
      spec: {},
      status: {
        resourceRules: [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }],
        nonResourceRules: [{ verbs: ['*'], nonResourceURLs: ['*'] }],
        incomplete: false,
      },
    });
  });

  it.each([
    ['a reader', READER, '', 'pods', { verbs: ['get', 'list', 'watch'] }],
    ['a reader', READER, 'apps', 'deployments/scale', { verbs: ['get'] }],
    [
      'a registrar',
      REGISTRAR,
      '',
      'pods',
      { verbs: ['create', 'delete', 'get', 'patch', 'update'] },
    ],
    ['an admin of some', SHOP_ADMIN, '', 'namespaces', { verbs: ['get'], resourceNames: ['shop'] }],
    ['anybody', REGISTRAR, 'authentication.k8s.io', 'selfsubjectreviews', { verbs: ['create'] }],
  ])('tells %s what may be done', async (_, token, group, resource, expected) => {
    const rules = await rulesOf(token);
    const rule = rules.find(
      ({ apiGroups, resources }) => apiGroups.includes(group) && resources.includes(resource),
    );
    expect(rule).toMatchObject(expected);
  });

  it.each([
    ['a reader', READER, 'secrets'],
    ['a registrar', REGISTRAR, 'services'],
    ['an admin of some', SHOP_ADMIN, 'nodes'],
  ])('does not name to %s what may not be', async (_, token, resource) => {
    const rules = await rulesOf(token);
    expect(rules.flatMap(({ resources }) => resources)).not.toContain(resource);
  });

  it('is about another namespace than a token is for', async () => {
    const { json } = harness();
    const asking = { body: { ...body, spec: { namespace: 'other' } }, token: SHOP_ADMIN };
    const { status } = await json(`POST ${PATH}`, asking);
    expect(JSON.stringify(status)).not.toContain('"pods"');
  });

  it('needs a namespace, and a POST', async () => {
    const { ask, json } = harness();
    expect(await json(`POST ${PATH}`, { body: { spec: {} } })).toMatchObject({
      httpCode: 400,
      message: 'no namespace on request',
    });
    expect((await ask(`GET ${PATH}`)).status).toBe(405);
  });
});
