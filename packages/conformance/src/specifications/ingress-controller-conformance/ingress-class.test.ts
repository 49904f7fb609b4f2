import { describe, expect, it } from 'vitest';

import { decided, demanded, serving, titled } from './feature.ts';
import { ingressClass } from './ingress-class.ts';

describe('Ingress controller conformance: Ingress class', () => {
  const app = serving(ingressClass);

  it.each(titled(ingressClass.scenarios))('%s', (_, scenario) => {
    expect(decided(app, scenario)).toEqual(demanded(scenario));
  });
});
