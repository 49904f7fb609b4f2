import { compile } from '@portolan/compile';
import { describe, expect, it } from 'vitest';

import type { Explanation } from '../explanation/explanation.ts';
import { formatExplanation } from '../format/format-explanation.ts';
import { explain } from './explain.ts';

/** Annotations without `portolan.dev/`, as YAML. */
interface Said {
  readonly service?: string;
  readonly ingress?: string;
  readonly spec?: string;
}

function explained(
  { service = '', ingress = '', spec = '' }: Said,
  url = 'http://shop.example/',
): Explanation {
  const ours = (annotations: string): string =>
    annotations.replaceAll(/[\w-]+(?=:\s)/gu, 'portolan.dev/$&');
  const { snapshot } = compile(`
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop, annotations: { ${ours(service)} } }
spec: { selector: { app: cart }, clusterIP: 10.96.0.10, ports: [{ port: 80 }], ${spec} }
---
apiVersion: v1
kind: Pod
metadata: { name: cart-0, namespace: shop, labels: { app: cart } }
spec: { containers: [{ name: server, image: server }] }
status: { podIP: 10.0.0.1 }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: shop, annotations: { ${ours(ingress)} } }
spec:
  rules:
    - host: shop.example
      http:
        paths: [{ path: /, pathType: Prefix, backend: { service: { name: cart, port: { number: 80 } } } }]
`);
  return explain(snapshot, {
    url,
    entrance: url.includes('10.96') ? 'internal' : 'external',
    from: '192.0.2.7',
  });
}

const CART = { kind: 'Service', namespace: 'shop', name: 'cart' };
const WEB = { kind: 'Ingress', namespace: 'shop', name: 'web' };

describe('what annotations say of a request', () => {
  it('is told with the object that says so, the rule before the Service', () => {
    const said = {
      service: "retries: '1', first-byte-timeout: 10s",
      ingress: "retries: '0', retry-on: '503'",
    };
    expect(explained(said).settings).toEqual([
      { name: 'firstByteTimeout', value: 10_000, by: CART },
      { name: 'retries', value: 0, by: WEB },
      { name: 'retryOn', value: [503], by: WEB },
    ]);
  });

  it('is what the Service says, where it is called at an address of its own', () => {
    const said = { service: "retries: '1'", ingress: "retries: '0'" };
    expect(explained(said, 'http://10.96.0.10/').settings).toEqual([
      { name: 'retries', value: 1, by: CART },
    ]);
  });

  it('is only what holds', () => {
    const said = { service: "load-balancing: RoundRobin, retries: '1'" };
    const names = (spec: string): readonly string[] | undefined =>
      explained({ ...said, spec }).settings?.map(({ name }) => name);
    expect(names('')).toEqual(['loadBalancing', 'retries']);
    expect(names('sessionAffinity: ClientIP')).toEqual(['retries']);
  });

  it('is nothing where nothing is said, or the request goes nowhere', () => {
    expect(explained({})).not.toHaveProperty('settings');
    const said = { service: "retries: '1'" };
    expect(explained(said, 'http://other.example/')).not.toHaveProperty('settings');
  });

  it('is put into words as it is written', () => {
    const said = {
      service: 'load-balancing: Maglev, hash-key: header:x-user',
      ingress: "first-byte-timeout: 10s, body-limit: 1Mi, retry-on: '502,503', retries: '1'",
    };
    expect(formatExplanation(explained(said))).toContain(`
Settings by annotations
  portolan.dev/body-limit          1Mi            Ingress shop/web
  portolan.dev/first-byte-timeout  10s            Ingress shop/web
  portolan.dev/hash-key            header:x-user  Service shop/cart
  portolan.dev/load-balancing      Maglev         Service shop/cart
  portolan.dev/retries             1              Ingress shop/web
  portolan.dev/retry-on            502, 503       Ingress shop/web

`);
  });
});
