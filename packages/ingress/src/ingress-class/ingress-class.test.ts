import type { Ingress, IngressClass } from '@portolan/core';
import { describe, expect, it } from 'vitest';

import { ingress } from '../ingress/ingress.ts';
import type { IngressOptions } from './ingress-class.ts';

interface Named {
  readonly ingressClassName?: string;
  readonly annotation?: string;
}

function shop({ ingressClassName, annotation }: Named): Ingress {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: {
      name: 'shop',
      namespace: 'default',
      ...(annotation !== undefined && {
        annotations: { 'kubernetes.io/ingress.class': annotation },
      }),
    },
    spec: { defaultBackend: { service: { name: 'shop' } }, ingressClassName },
  };
}

function ingressClass(
  name: string,
  controller: string,
  more: { readonly isDefault?: string; readonly creationTimestamp?: string } = {},
): IngressClass {
  const { isDefault, creationTimestamp } = more;
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IngressClass',
    metadata: {
      name,
      creationTimestamp,
      ...(isDefault !== undefined && {
        annotations: { 'ingressclass.kubernetes.io/is-default-class': isDefault },
      }),
    },
    spec: { controller },
  };
}

/** Whether the Ingress becomes a route, and `[type, status, reason, field, message]` of its Conditions. */
function ownership(
  named: Named,
  classes: readonly IngressClass[],
  options?: IngressOptions,
): unknown {
  const { routes, conditions } = ingress(options).routes([shop(named), ...classes]);
  return [
    routes.length === 1,
    ...conditions.map(({ type, status, reason, field, message }) => [
      type,
      status,
      reason,
      field,
      message,
    ]),
  ];
}

const ours = { controllers: ['portolan.dev/ingress'] };
const chart = ingressClass('chart', 'portolan.dev/ingress');
const nginx = ingressClass('nginx', 'k8s.io/ingress-nginx');

describe('without options', () => {
  it('every Ingress is ours, whatever its class', () => {
    expect(ownership({}, [nginx])).toEqual([true]);
    expect(ownership({ ingressClassName: 'nginx' }, [nginx])).toEqual([true]);
    expect(ownership({ annotation: 'nginx' }, [])).toEqual([true]);
  });

  it('a class that does not exist is noted', () => {
    expect(ownership({ ingressClassName: 'gone' }, [nginx])).toEqual([
      true,
      [
        'ResolvedRefs',
        'False',
        'IngressClassNotFound',
        'spec.ingressClassName',
        'no IngressClass is called "gone"; the Ingress is served all the same',
      ],
    ]);
  });
});

describe('with controllers', () => {
  it('takes an Ingress whose class is theirs', () => {
    expect(ownership({ ingressClassName: 'chart' }, [chart, nginx], ours)).toEqual([true]);
    expect(ownership({ annotation: 'chart' }, [chart, nginx], ours)).toEqual([true]);
  });

  it.each<[string, Named, readonly IngressClass[], string | undefined, string]>([
    [
      'if its class is of another controller',
      { ingressClassName: 'nginx' },
      [chart, nginx],
      'spec.ingressClassName',
      'the controller of IngressClass nginx is "k8s.io/ingress-nginx"',
    ],
    [
      'if its class does not exist',
      { ingressClassName: 'gone' },
      [chart],
      'spec.ingressClassName',
      'no IngressClass is called "gone"',
    ],
    [
      'if its annotation names no class',
      { annotation: 'gone' },
      [chart],
      'metadata.annotations[kubernetes.io/ingress.class]',
      'no IngressClass is called "gone"',
    ],
    [
      'if it names none and there is no default',
      {},
      [chart],
      undefined,
      'it names no class, and no IngressClass is the default',
    ],
  ])('leaves an Ingress to others %s', (_, named, classes, field, why) => {
    expect(ownership(named, classes, ours)).toEqual([
      false,
      ['Accepted', 'Unknown', 'NoMatchingParent', field, `left to others: ${why}`],
    ]);
  });

  it('heeds the field more than the annotation', () => {
    const both = { ingressClassName: 'nginx', annotation: 'chart' };
    expect(ownership(both, [chart, nginx], ours)).toMatchObject([false, {}]);
  });
});

const isDefault = { isDefault: 'true' };

/** Two default classes: `a` of ours and `b` of another controller. */
function defaultClasses(
  first: string | undefined,
  second: string | undefined,
): readonly IngressClass[] {
  return [
    ingressClass('b', 'other', { ...isDefault, creationTimestamp: second }),
    ingressClass('a', 'portolan.dev/ingress', { ...isDefault, creationTimestamp: first }),
  ];
}

describe('the default class', () => {
  it('is that of an Ingress that names none', () => {
    expect(ownership({}, [ingressClass('a', ours.controllers[0] ?? '', isDefault)], ours)).toEqual([
      true,
    ]);
  });

  it('is not that of an Ingress that has the annotation, even an empty one', () => {
    const classes = [ingressClass('a', 'portolan.dev/ingress', isDefault)];
    expect(ownership({ annotation: '' }, classes, ours)).toMatchObject([false, {}]);
  });

  it('is marked by "true" and nothing else', () => {
    const classes = [ingressClass('a', 'portolan.dev/ingress', { isDefault: 'yes' })];
    expect(ownership({}, classes, ours)).toMatchObject([false, {}]);
  });

  it('is the newest of several, then the first by name', () => {
    const [old, young] = ['2024-01-01T00:00:00Z', '2025-01-01T00:00:00Z'];
    expect(ownership({}, defaultClasses(young, old), ours)).toMatchObject([true]);
    expect(ownership({}, defaultClasses(old, young), ours)).toMatchObject([false, {}]);
    expect(ownership({}, defaultClasses(old, old), ours)).toMatchObject([true]);
    expect(ownership({}, defaultClasses(undefined, young), ours)).toMatchObject([true]);
    expect(ownership({}, defaultClasses(old, undefined), ours)).toMatchObject([false, {}]);
  });
});

describe('with legacy classes', () => {
  const options = { ...ours, legacyClasses: ['harbour'] };

  it('an annotation of that value is enough', () => {
    expect(ownership({ annotation: 'harbour' }, [], options)).toEqual([true]);
    expect(ownership({ annotation: 'harbour' }, [], { legacyClasses: ['harbour'] })).toEqual([
      true,
    ]);
  });

  it('the field is not, and neither is the annotation where a class of that name is of another', () => {
    expect(ownership({ ingressClassName: 'harbour' }, [], options)).toMatchObject([false, {}]);
    const others = [ingressClass('harbour', 'k8s.io/ingress-nginx')];
    expect(ownership({ annotation: 'harbour' }, others, options)).toMatchObject([false, {}]);
  });
});
