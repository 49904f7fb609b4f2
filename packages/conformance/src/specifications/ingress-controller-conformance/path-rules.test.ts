import { describe, expect, it } from 'vitest';

import { decided, demanded, serving, titled } from './feature.ts';
import { pathRules } from './path-rules.ts';

describe('Ingress controller conformance: Path rules', () => {
  const app = serving(pathRules);

  it.each(titled(pathRules.scenarios))('%s', (_, scenario) => {
    expect(decided(app, scenario)).toEqual(demanded(scenario));
  });
});
