import { NO_CHANGES } from '../scenario/scenario.ts';
import type { Example } from './example.ts';

const manifests = `# Seven mistakes that are made often. Each is marked at its line. Ask for /, /comments, /search and /feeds/all.
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: blog
  namespace: blog
spec:
  tls: [{ hosts: [blog.example] }]
  rules:
    - host: blog.example
      http:
        paths:
          - path: /
            pathType: Prefix
            backend: { service: { name: pages, port: { number: 80 } } }
          # 1. There is no Service of this name.
          - path: /comments
            pathType: Prefix
            backend: { service: { name: coments, port: { number: 80 } } }
          # 2. The port is that of the Pods, not that of the Service.
          - path: /search
            pathType: Prefix
            backend: { service: { name: search, port: { number: 8080 } } }
          # 3. Prefix goes by whole elements of the path: the asterisk is an asterisk.
          - path: /feeds/*
            pathType: Prefix
            backend: { service: { name: search, port: { number: 80 } } }
---
# 4. The Pods say app: page.
apiVersion: v1
kind: Service
metadata: { name: pages, namespace: blog }
spec:
  selector: { app: pages }
  ports: [{ port: 80, targetPort: 8080 }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: pages, namespace: blog }
spec:
  replicas: 2
  selector: { matchLabels: { app: page } }
  template:
    metadata: { labels: { app: page } }
    spec:
      containers:
        - name: web
          image: registry.example/pages:1
          ports: [{ name: http, containerPort: 8080 }]
---
# 5. The Pods call no port of theirs web.
apiVersion: v1
kind: Service
metadata: { name: comments, namespace: blog }
spec:
  selector: { app: comments }
  ports: [{ port: 80, targetPort: web }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: comments, namespace: blog }
spec:
  selector: { matchLabels: { app: comments } }
  template:
    metadata: { labels: { app: comments } }
    spec:
      containers:
        - name: web
          image: registry.example/comments:1
          ports: [{ name: http, containerPort: 8080 }]
---
# 6. The annotation is called portolan.dev/retries.
apiVersion: v1
kind: Service
metadata:
  name: search
  namespace: blog
  annotations:
    portolan.dev/retry: '3'
spec:
  selector: { app: search }
  ports: [{ port: 80, targetPort: 8080 }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: search, namespace: blog }
spec:
  selector: { matchLabels: { app: search } }
  template:
    metadata: { labels: { app: search } }
    spec:
      containers:
        - name: web
          image: registry.example/search:1
          ports: [{ containerPort: 8080 }]
---
# 7. A field that there is not: the API server refuses the whole Service.
apiVersion: v1
kind: Service
metadata: { name: archive, namespace: blog }
spec:
  selectors: { app: search }
  ports: [{ port: 80, targetPort: 8080 }]
`;

export const MISTAKES: Example = {
  id: 'mistakes',
  title: 'Seven mistakes',
  description:
    'A set that a cluster would mostly take, and that does not work. Each mistake is found at its line; mend one after the other.',
  scenario: { manifests, request: { url: 'http://blog.example/' }, pods: NO_CHANGES },
};
