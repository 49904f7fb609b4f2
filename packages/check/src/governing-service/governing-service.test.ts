import { describe, expect, it } from 'vitest';

import { documents, service, told } from '../../test/manifests.ts';

const STATEFUL_SET = `
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, namespace: shop}
spec:
  serviceName: database
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec: {containers: [{name: db, image: db}]}
`;

describe("the Service that names a StatefulSet's Pods", () => {
  it('is found missing where it is named', () => {
    const text = documents(STATEFUL_SET, service('database-svc', { selector: { app: 'db' } }));
    expect(told('GoverningServiceNotFound', text)).toEqual([
      {
        at: 'serviceName: database',
        severity: 'warning',
        field: 'spec.serviceName',
        message:
          'Service shop/database is not among these manifests: names of single Pods such as db-0.database.shop do not resolve',
        remedy: 'did you mean database-svc?',
        related: [expect.stringContaining('database-svc')],
      },
    ]);
  });

  it('is nothing to speak of where it is there, or where none is named', () => {
    const there = service('database', { clusterIP: 'None', selector: { app: 'db' } });
    expect(told('GoverningServiceNotFound', documents(STATEFUL_SET, there))).toEqual([]);
    const none = STATEFUL_SET.replace('serviceName: database', 'replicas: 1');
    expect(told('GoverningServiceNotFound', none)).toEqual([]);
  });
});
