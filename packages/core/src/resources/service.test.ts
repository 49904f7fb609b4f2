import { expect, it } from 'vitest';

import type { ServiceSpec } from './service.ts';
import { hasSelector } from './service.ts';

it.each<[ServiceSpec, boolean]>([
  [{ selector: { app: 'web' } }, true],
  [{ selector: {} }, false],
  [{}, false],
])('whether a Service with %j has a selector: %s', (spec, expected) => {
  const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec } as const;
  expect(hasSelector(service)).toBe(expected);
});
