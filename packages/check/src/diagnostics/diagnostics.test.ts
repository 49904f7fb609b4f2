import { describe, expect, it } from 'vitest';

import {
  codesOf,
  deployment,
  documents,
  findingsOf,
  ingress,
  path,
  rule,
  service,
  told,
  WEB,
} from '../../test/manifests.ts';

describe('what reading and compiling had to say', () => {
  it('is an error where an object is left out', () => {
    const text = `
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  ports: [{port: 80}]
  selektor: {app: web}
`;
    expect(told('UnknownField', text)).toMatchObject([
      { at: 'selektor: {app: web}', severity: 'error', field: 'spec.selektor' },
    ]);
  });

  it('is a notice where the manifests are right and something is to be known', () => {
    expect(told('TLSNotTerminated', documents(WEB, ingress('web')))).toMatchObject([
      {
        severity: 'notice',
        field: 'spec.tls',
        message: 'TLS is to end in front of this router, for shop.example',
        remedy:
          'portolan serve --https ends it with the Secrets named; elsewhere have a certificate where TLS ends',
      },
    ]);
    const classy = documents(WEB, ingress('web', { ingressClassName: 'nginx' }));
    expect(told('IngressClassNotFound', classy)).toMatchObject([{ severity: 'notice' }]);
    const others = { ingress: { controllers: ['example.com/ours'] } };
    expect(told('NoMatchingParent', documents(WEB, ingress('web')), {}, others)).toMatchObject([
      { severity: 'notice' },
    ]);
  });

  it('is an error where a rule is dropped, a warning where an annotation of ours is not understood', () => {
    const annotation = { 'portolan.dev/implementation-specific': 'RegularExpression' };
    const broken = path('/(a', {}, 'ImplementationSpecific');
    const dropped = ingress('web', { rules: [rule('shop.example', broken)] }, annotation);
    expect(told('UnsupportedValue', documents(WEB, dropped))).toMatchObject([
      { severity: 'error', field: 'spec.rules[0].http.paths[0]' },
    ]);
    const odd = ingress('web', {}, { 'portolan.dev/implementation-specific': 'Glob' });
    expect(told('UnsupportedValue', documents(WEB, odd))).toMatchObject([{ severity: 'warning' }]);
  });

  it('is a warning in all other cases', () => {
    const text = documents(WEB, ingress('web', { rules: [rule('shop.example', path('/a*'))] }));
    expect(told('LiteralAsterisk', text)).toMatchObject([{ severity: 'warning' }]);
  });

  it('has the place of the object that counts, where it stands twice', () => {
    const text = documents(WEB, service('web'));
    expect(findingsOf(text)).toMatchObject([
      {
        code: 'DuplicateObject',
        severity: 'warning',
        line: 1,
        related: [{ message: 'this one counts', line: 5, column: 1 }],
      },
    ]);
  });

  it('is said of annotations one by one, and not all at once', () => {
    const text = documents(WEB, ingress('web', {}, { 'example.com/a': '1', 'example.com/b': '2' }));
    expect(codesOf(text)).toEqual(['AnnotationNotHonoured', 'TLSNotTerminated']);
  });
});

describe('annotations of our own', () => {
  it('that can not be read are found at their place, with what was expected', () => {
    const text = `
apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: shop
  annotations:
    portolan.dev/retries: many
    portolan.dev/body-limit: 8Mi
spec: {selector: {app: web}, ports: [{port: 80}]}
`;
    expect(told('InvalidAnnotation', text)).toEqual([
      {
        at: 'portolan.dev/retries: many',
        severity: 'warning',
        field: 'metadata.annotations[portolan.dev/retries]',
        message: 'portolan.dev/retries must be a whole number from 0 to 5, such as "1", not "many"',
      },
    ]);
  });

  it.each([
    ['retires', 'retries'],
    ['loadBalancing', 'load-balancing'],
    ['body-limits', 'body-limit'],
    ['magic', undefined],
  ])('that there are not have the one that was perhaps meant: %s', (written, meant) => {
    const text = documents(WEB, ingress('web', {}, { [`portolan.dev/${written}`]: '1' }));
    expect(told('UnknownAnnotation', text).map(({ remedy }) => remedy)).toEqual([
      meant && `did you mean portolan.dev/${meant}?`,
    ]);
    expect(told('AnnotationNotHonoured', text)).toEqual([]);
  });

  it('are found where they belong on another object, once for all Pods of a template', () => {
    const template = (annotations: object): object => ({
      ...WORKLOAD,
      spec: {
        ...WORKLOAD.spec,
        replicas: 3,
        template: {
          ...WORKLOAD.spec.template,
          metadata: { ...WORKLOAD.spec.template.metadata, annotations },
        },
      },
    });
    const misplaced = documents(service('web'), template({ 'portolan.dev/retries': '1' }));
    expect(told('MisplacedAnnotation', misplaced)).toMatchObject([
      {
        at: expect.stringMatching(/^"portolan.dev\/retries":"1"/u),
        field: 'spec.template.metadata.annotations[portolan.dev/retries]',
        message: 'portolan.dev/retries stands on an Ingress or a Service, not on a Pod',
      },
    ]);
    const heavy = documents(service('web'), template({ 'portolan.dev/weight': 'heavy' }));
    expect(codesOf(heavy)).toEqual(['InvalidAnnotation']);
    expect(codesOf(documents(service('web'), template({ 'portolan.dev/weight': '3' })))).toEqual(
      [],
    );
  });

  it('that change nothing beside the others are found', () => {
    const metadata = { annotations: { 'portolan.dev/hash-key': 'header:x-user' } };
    const text = documents(service('web', {}, { metadata }), deployment('web'));
    expect(told('IneffectiveAnnotation', text)).toMatchObject([
      {
        severity: 'warning',
        message:
          'portolan.dev/hash-key has no effect: only RendezvousHash and Maglev, in portolan.dev/load-balancing, go by it',
      },
    ]);
  });

  it('of an Ingress that is left to others are left to them', () => {
    const text = documents(WEB, ingress('web', {}, { 'portolan.dev/retires': '1' }));
    const options = { ingress: { controllers: ['example.com/ours'] } };
    expect(told('UnknownAnnotation', text, {}, options)).toEqual([]);
  });
});

const WORKLOAD = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop' },
  spec: {
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: {
        containers: [{ name: 'server', image: 'server', ports: [{ containerPort: 8080 }] }],
      },
    },
  },
};
