import { NO_CHANGES } from '../scenario/scenario.ts';
import type { Example } from './example.ts';

const manifests = `# Services without an address of their own: a headless one, and one that is another name.
#
# Headless: cluster DNS answers with the Pods' addresses, and each Pod has a name. No proxy is between.
apiVersion: v1
kind: Service
metadata: { name: database, namespace: data }
spec:
  clusterIP: None
  selector: { app: database }
  ports: [{ name: api, port: 8086, targetPort: 8086 }]
---
# Its Pods are database-0, database-1 and database-2, and keep their names.
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: database, namespace: data }
spec:
  serviceName: database
  replicas: 3
  selector: { matchLabels: { app: database } }
  template:
    metadata: { labels: { app: database } }
    spec:
      containers:
        - name: database
          image: registry.example/database:1
          ports: [{ name: api, containerPort: 8086 }]
---
# An Ingress may name a headless Service: its Pods are asked at their own port.
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: data, namespace: data }
spec:
  tls: [{ hosts: [data.example] }]
  rules:
    - host: data.example
      http:
        paths:
          - path: /
            pathType: Prefix
            backend: { service: { name: database, port: { name: api } } }
          # A name that leads elsewhere is followed only where whoever runs the proxy allows it. Here nobody does: 503.
          - path: /backup
            pathType: Prefix
            backend: { service: { name: backup, port: { number: 443 } } }
---
apiVersion: v1
kind: Service
metadata: { name: backup, namespace: data }
spec:
  type: ExternalName
  externalName: backup.partner.example
  ports: [{ port: 443 }]
`;

export const NAMES: Example = {
  id: 'names',
  title: 'Headless and ExternalName',
  description:
    'Services that have no address: a StatefulSet whose Pods have names, and a Service that is another name in DNS.',
  scenario: { manifests, request: { url: 'http://data.example/' }, pods: NO_CHANGES },
};
