import { describe, expect, it } from 'vitest';

import { decided, demanded, serving, titled } from './feature.ts';
import { hostRules } from './host-rules.ts';

describe('Ingress controller conformance: Host rules', () => {
  const app = serving(hostRules);

  it.each(titled(hostRules.scenarios))('%s', (_, scenario) => {
    expect(decided(app, scenario)).toEqual(demanded(scenario));
  });
});
