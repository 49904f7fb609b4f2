import { describe, expect, it } from 'vitest';

import { defaultBackend } from './default-backend.ts';
import { decided, demanded, serving, titled } from './feature.ts';

describe('Ingress controller conformance: Default backend', () => {
  const app = serving(defaultBackend);

  it.each(titled(defaultBackend.scenarios))('%s', (_, scenario) => {
    expect(decided(app, scenario)).toEqual(demanded(scenario));
  });
});
