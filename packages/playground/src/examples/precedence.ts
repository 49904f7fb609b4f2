import { NO_CHANGES } from '../scenario/scenario.ts';
import type { Example } from './example.ts';

const manifests = `# Many rules could take a request for docs.example/guide/start. One does:
#   1. an exact host goes before a wildcard, and that before no host
#   2. an Exact path goes before any Prefix
#   3. the longer Prefix goes before the shorter
#   4. where all of that is equal, the older Ingress wins, and then the one whose name is first
# The order in which they are written makes no difference.
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: everything
  namespace: docs
spec:
  tls: [{ hosts: ['*.example', docs.example] }]
  rules:
    # No host: every one.
    - http:
        paths:
          - path: /guide/start
            pathType: Exact
            backend: { service: { name: any-host, port: { number: 80 } } }
    - host: '*.example'
      http:
        paths:
          - path: /guide/start
            pathType: Exact
            backend: { service: { name: wildcard, port: { number: 80 } } }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: docs
  namespace: docs
  creationTimestamp: '2026-03-01T00:00:00Z'
spec:
  rules:
    - host: docs.example
      http:
        paths:
          - path: /
            pathType: Prefix
            backend: { service: { name: pages, port: { number: 80 } } }
          - path: /guide
            pathType: Prefix
            backend: { service: { name: guide, port: { number: 80 } } }
          - path: /guide/start
            pathType: Exact
            backend: { service: { name: start, port: { number: 80 } } }
---
# The same path once more, in a younger Ingress: it never gets a request.
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: docs-again
  namespace: docs
  creationTimestamp: '2026-05-01T00:00:00Z'
spec:
  rules:
    - host: docs.example
      http:
        paths:
          - path: /guide
            pathType: Prefix
            backend: { service: { name: pages, port: { number: 80 } } }
---
apiVersion: v1
kind: Service
metadata: { name: any-host, namespace: docs }
spec: { selector: { app: docs }, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: v1
kind: Service
metadata: { name: wildcard, namespace: docs }
spec: { selector: { app: docs }, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: v1
kind: Service
metadata: { name: pages, namespace: docs }
spec: { selector: { app: docs }, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: v1
kind: Service
metadata: { name: guide, namespace: docs }
spec: { selector: { app: docs }, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: v1
kind: Service
metadata: { name: start, namespace: docs }
spec: { selector: { app: docs }, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: docs, namespace: docs }
spec:
  replicas: 2
  selector: { matchLabels: { app: docs } }
  template:
    metadata: { labels: { app: docs } }
    spec:
      containers:
        - name: web
          image: registry.example/docs:1
          ports: [{ containerPort: 8080 }]
`;

export const PRECEDENCE: Example = {
  id: 'precedence',
  title: 'Which rule wins',
  description:
    'Six rules that could take one request, and why five of them lose. Ask for /guide/start, then for /guide/start/ and /guide/end.',
  scenario: { manifests, request: { url: 'http://docs.example/guide/start' }, pods: NO_CHANGES },
};
