import type { Example } from './example.ts';

const manifests = `# How requests are spread, tried again, and kept from Pods that fail. Turn the traffic on.
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: tea
  namespace: tea
spec:
  tls: [{ hosts: [tea.example] }]
  rules:
    - host: tea.example
      http:
        paths:
          - path: /
            pathType: Prefix
            backend: { service: { name: leaves, port: { number: 80 } } }
          - path: /cups
            pathType: Prefix
            backend: { service: { name: cups, port: { number: 80 } } }
---
apiVersion: v1
kind: Service
metadata:
  name: leaves
  namespace: tea
  annotations:
    # Where a Pod refuses the connection, up to two others are asked.
    portolan.dev/retries: '2'
    # After three failures in a row a Pod is left alone for five seconds.
    portolan.dev/ejection-failures: '3'
    portolan.dev/ejection-time: 5s
spec:
  selector: { app: leaves }
  ports: [{ port: 80, targetPort: 8080 }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: leaves, namespace: tea }
spec:
  replicas: 4
  selector: { matchLabels: { app: leaves } }
  template:
    metadata:
      labels: { app: leaves }
      annotations: { portolan.dev/weight: '5' }
    spec:
      containers:
        - name: web
          image: registry.example/leaves:1
          ports: [{ containerPort: 8080 }]
---
# The next version, on trial: each Pod of the other gets five times as many requests.
apiVersion: v1
kind: Pod
metadata:
  name: leaves-next
  namespace: tea
  labels: { app: leaves, version: next }
  annotations:
    portolan.dev/weight: '1'
spec:
  containers:
    - name: web
      image: registry.example/leaves:2
      ports: [{ containerPort: 8080 }]
---
# A client that has been to one of the Pods comes back to it, by its address.
apiVersion: v1
kind: Service
metadata: { name: cups, namespace: tea }
spec:
  selector: { app: cups }
  sessionAffinity: ClientIP
  ports: [{ port: 80, targetPort: 8080 }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cups, namespace: tea }
spec:
  replicas: 3
  selector: { matchLabels: { app: cups } }
  template:
    metadata: { labels: { app: cups } }
    spec:
      containers:
        - name: web
          image: registry.example/cups:1
          ports: [{ containerPort: 8080 }]
`;

export const TRAFFIC: Example = {
  id: 'traffic',
  title: 'Retries, ejection, weights, affinity',
  description:
    'Two Pods refuse connections and one is not ready. Turn the traffic on: every request is answered all the same, and the proxy soon leaves the two alone. /cups keeps each client with one Pod.',
  scenario: {
    manifests,
    request: { url: 'http://tea.example/' },
    pods: {
      pods: {
        'tea/leaves-56cc9977-5qh69': { state: 'refusing' },
        'tea/leaves-56cc9977-7fqcx': { state: 'refusing' },
        'tea/leaves-56cc9977-bk4sn': { state: 'failing' },
      },
      replicas: {},
    },
  },
};
