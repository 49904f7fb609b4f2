import { expect, it } from 'vitest';

import { formatDiagnostic, parseManifests } from './index.ts';

it('does what the README shows', () => {
  const text = `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  namespace: shop
spec:
  rules:
  - host: 10.0.0.1
    http:
      paths: []
`;
  const { manifests, diagnostics, passedOver } = parseManifests([{ name: 'shop.yaml', text }]);
  expect(diagnostics.map(formatDiagnostic)).toEqual([
    'shop.yaml:9:5: error: Ingress shop/web: spec.rules[0].host: Invalid value: "10.0.0.1": must be a DNS name, not an IP address',
    'shop.yaml:11:7: error: Ingress shop/web: spec.rules[0].http.paths: Required value',
  ]);
  expect({ manifests, passedOver }).toEqual({ manifests: [], passedOver: [] });
});
