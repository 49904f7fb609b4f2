import {
  compileWithStandIns,
  defaultRouteProviders,
  type CompiledWithStandIns,
  type CompileOptions,
} from '@portolan/compile';

/** The manifests that the tests of this package are about: a small shop. */
export const SHOP = `
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec:
  selector: { app: cart }
  ports:
    - { name: http, port: 80, targetPort: 8080 }
    - { name: metrics, port: 9090 }
---
apiVersion: v1
kind: Pod
metadata: { name: cart-0, namespace: shop, labels: { app: cart } }
spec: { containers: [{ name: server, image: server }] }
status: { podIP: 10.0.0.1 }
---
apiVersion: v1
kind: Pod
metadata: { name: cart-1, namespace: shop, labels: { app: cart } }
spec: { containers: [{ name: server, image: server }] }
status: { podIP: 10.0.0.2 }
---
apiVersion: v1
kind: Service
metadata: { name: storefront, namespace: shop }
spec: { selector: { app: storefront }, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: storefront, namespace: shop }
spec:
  replicas: 3
  selector: { matchLabels: { app: storefront } }
  template:
    metadata: { labels: { app: storefront } }
    spec: { containers: [{ name: server, image: server, ports: [{ containerPort: 8080 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: asleep, namespace: shop }
spec: { selector: { app: asleep }, ports: [{ port: 80 }] }
---
apiVersion: v1
kind: Service
metadata: { name: partners, namespace: shop }
spec:
  type: LoadBalancer
  loadBalancerSourceRanges: [198.51.100.0/24]
  selector: { app: cart }
  ports: [{ port: 80, targetPort: 8080 }]
status: { loadBalancer: { ingress: [{ ip: 203.0.113.10 }] } }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: shop, namespace: shop }
spec:
  rules:
    - host: shop.example
      http:
        paths:
          - path: /
            pathType: Prefix
            backend: { service: { name: storefront, port: { number: 80 } } }
          - path: /cart
            pathType: Prefix
            backend: { service: { name: cart, port: { name: http } } }
          - path: /cart/metrics
            pathType: Exact
            backend: { service: { name: cart, port: { name: metrics } } }
          - path: /asleep
            pathType: Prefix
            backend: { service: { name: asleep, port: { number: 80 } } }
          - path: /gone
            pathType: Prefix
            backend: { service: { name: gone, port: { name: http } } }
`;

type RouteProvider = NonNullable<CompileOptions['routeProviders']>[number];
type Rule = ReturnType<RouteProvider['routes']>['routes'][number]['rules'][number];

/** What Ingress can't say: a redirect, another path, other headers. */
const filters: RouteProvider = {
  routes: () => ({
    conditions: [],
    routes: [
      {
        source: { kind: 'HTTPRoute', namespace: 'shop', name: 'filters' },
        rules: [
          rule('/old', {
            type: 'RequestRedirect',
            path: { type: 'ReplaceFullPath', replaceFullPath: '/new' },
            statusCode: 301,
          }),
          rule('/api', {
            type: 'URLRewrite',
            path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/' },
          }),
          rule('/tagged', {
            type: 'RequestHeaderModifier',
            set: [{ name: 'X-Tag', value: 'blue' }],
            remove: ['X-Secret'],
          }),
        ],
      },
    ],
  }),
};

function rule(value: string, filter: NonNullable<Rule['filters']>[number]): Rule {
  return {
    field: `spec.rules ${value}`,
    host: 'shop.example',
    matches: [{ path: { type: 'PathPrefix', value } }],
    filters: [filter],
    backends: [
      { group: '', kind: 'Service', namespace: 'shop', name: 'cart', port: 80, weight: 1 },
    ],
  };
}

/** The shop, with the routes that Ingress can't say. */
export function shop(): CompiledWithStandIns {
  return compileWithStandIns(SHOP, { routeProviders: [...defaultRouteProviders(), filters] });
}
